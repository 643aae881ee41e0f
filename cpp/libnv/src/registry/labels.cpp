#include "registry/labels.hpp"

#include <algorithm>

#include "registry/error.hpp"
#include "registry/quoted.hpp"
#include "registry/sanitize.hpp"

namespace libnv::registry {
namespace {

void append_escaped(std::string &text, std::string_view value) {
    for (std::size_t at = value.find_first_of("\\\"\n"); at != std::string_view::npos;
         at = value.find_first_of("\\\"\n")) {
        text.append(value.substr(0, at));
        text += '\\';
        text += value[at] == '\n' ? 'n' : value[at];
        value.remove_prefix(at + 1);
    }
    text.append(value);
}

/// Takes an escaped value and the quote behind it off the front of `rest`.
std::string take_value(std::string_view &rest) {
    std::string value;
    std::size_t at = 0;
    while (at < rest.size() && rest[at] != '"') {
        if (rest[at] == '\\' && at + 1 < rest.size()) {
            ++at;
            value += rest[at] == 'n' ? '\n' : rest[at];
        } else {
            value += rest[at];
        }
        ++at;
    }
    rest.remove_prefix(std::min(at + 1, rest.size()));
    return value;
}

} // namespace

std::string check_label_name(std::string_view name) {
    std::string clean = sanitize_prometheus_label(name);
    if (name.substr(0, 2) == "__" || clean == "le" || clean == "quantile") {
        throw Error(LIBNV_RESERVED_LABEL,
                    "label " + quoted(name) +
                        " is reserved: \"le\", \"quantile\" and names beginning with \"__\" "
                        "belong to the exposition formats");
    }
    return clean;
}

void add_label(std::vector<Label> &labels, std::string_view name, std::string_view value) {
    std::string clean = check_label_name(name);
    const bool is_there = std::any_of(labels.begin(), labels.end(),
                                      [&](const Label &known) { return known.first == clean; });
    if (is_there) {
        throw Error(LIBNV_DUPLICATE_LABEL, "label " + quoted(name) + " is given twice, " +
                                               quoted(clean) + " is there already");
    }
    labels.emplace_back(std::move(clean), value);
}

std::string label_text(std::vector<std::pair<std::string_view, std::string_view>> labels) {
    std::sort(labels.begin(), labels.end());
    std::size_t bytes = 3;
    for (const auto &[name, value] : labels) {
        bytes += name.size() + value.size() + 4;
    }
    std::string text;
    text.reserve(bytes);
    for (const auto &[name, value] : labels) {
        text += text.empty() ? '{' : ',';
        text.append(name).append("=\"");
        append_escaped(text, value);
        text += '"';
    }
    return text.append(text.empty() ? " " : "} ");
}

std::vector<Label> labels_of(std::string_view text) {
    std::vector<Label> labels;
    std::string_view rest = pairs_of(text);
    while (!rest.empty()) {
        const std::size_t equals = rest.find("=\"");
        if (equals == std::string_view::npos) {
            break;
        }
        std::string name(rest.substr(0, equals));
        rest.remove_prefix(equals + 2);
        labels.emplace_back(std::move(name), take_value(rest));
        if (!rest.empty() && rest[0] == ',') {
            rest.remove_prefix(1);
        }
    }
    return labels;
}

std::string_view pairs_of(std::string_view text) noexcept {
    return text.size() < 3 ? std::string_view() : text.substr(1, text.size() - 3);
}

} // namespace libnv::registry
