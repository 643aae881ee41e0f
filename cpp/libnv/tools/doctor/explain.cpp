#include "explain.hpp"

#include <algorithm>
#include <sstream>

#include "problems.hpp"

namespace doctor {
namespace {

// The names of the families of a page.
std::vector<std::string> families_of(const std::string &page) {
    std::vector<std::string> names;
    std::istringstream lines(page);
    for (std::string line; std::getline(lines, line);) {
        std::istringstream words(line);
        std::string hash, keyword, name;
        if (words >> hash >> keyword >> name && hash == "#" && keyword == "TYPE") {
            names.push_back(name);
        }
    }
    return names;
}

// As a name stands on a page: what may not be in it is an underscore.
std::string as_exposed(std::string name) {
    for (char &c : name) {
        const bool is_letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
        if (!is_letter && !(c >= '0' && c <= '9') && c != '_' && c != ':') c = '_';
    }
    return name;
}

// True for `llm_requests_total` where `requests` was asked for: prefixes and units
// are parts of a name.
bool is_longer_name(const std::string &longer, const std::string &name) {
    const std::string words = "_" + as_exposed(name) + "_";
    return ("_" + longer + "_").find(words) != std::string::npos;
}

} // namespace

Explanation explain_by(const std::string &name, const std::string &page,
                       const std::vector<Refusal> &refusals, const Findings &findings) {
    Explanation out{name, false, {}};
    const std::vector<std::string> families = families_of(page);
    out.is_present = std::find(families.begin(), families.end(), name) != families.end();
    if (out.is_present) {
        out.reasons.push_back("it is on the page");
    }
    for (const Refusal &refusal : refusals) {
        out.reasons.push_back("a declaration was refused: " + refusal.message);
    }
    if (out.is_present) return out;

    for (const std::string &family : families) {
        if (is_longer_name(family, name)) {
            out.reasons.push_back("it may be the one that stands there as " + family);
        }
    }
    for (const std::string &problem : problems_of(findings)) {
        out.reasons.push_back(problem);
    }
    if (out.reasons.empty()) {
        out.reasons.push_back("nobody declared it: loading a library runs its initialisers only, "
                              "and a metric is there once the code that declares it has run");
    }
    return out;
}

} // namespace doctor
