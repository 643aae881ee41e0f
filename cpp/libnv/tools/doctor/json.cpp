#include "json.hpp"

#include <cstdio>
#include <ostream>

#include "problems.hpp"

namespace doctor {
namespace {

std::string quoted(const std::string &text) {
    std::string out = "\"";
    for (const char c : text) {
        if (c == '"' || c == '\\') {
            out += '\\';
            out += c;
        } else if (static_cast<unsigned char>(c) < 0x20) {
            char escape[8];
            std::snprintf(escape, sizeof escape, "\\u%04x", c);
            out += escape;
        } else {
            out += c;
        }
    }
    return out + '"';
}

std::string quoted_or_null(const std::string &text) {
    return text.empty() ? "null" : quoted(text);
}

const char *boolean(bool value) {
    return value ? "true" : "false";
}

template <typename Items, typename Write>
void write_list(std::ostream &out, const Items &items, Write write) {
    out << '[';
    const char *separator = "";
    for (const auto &item : items) {
        out << separator;
        write(item);
        separator = ",";
    }
    out << ']';
}

void write_texts(std::ostream &out, const std::vector<std::string> &texts) {
    write_list(out, texts, [&](const std::string &text) { out << quoted(text); });
}

void write_statistics(std::ostream &out, const Statistics &counts) {
    out << "{\"is_hosted\":" << boolean(counts.is_hosted)
        << ",\"host_language\":" << quoted_or_null(counts.host_language)
        << ",\"host_backend\":" << quoted_or_null(counts.host_backend)
        << ",\"service_name\":" << quoted_or_null(counts.service_name)
        << ",\"series\":" << counts.series << ",\"detached\":" << counts.detached
        << ",\"unbound\":" << counts.unbound << ",\"refusals\":" << counts.refusals
        << ",\"slabs\":" << counts.slabs << ",\"leased\":" << counts.leased
        << ",\"leases\":" << counts.leases << ",\"fallback_records\":" << counts.fallback_records
        << '}';
}

} // namespace

void write_json(std::ostream &out, const Findings &findings) {
    out << "{\"copies\":";
    write_list(out, findings.copies, [&](const Copy &copy) {
        out << "{\"path\":" << quoted(copy.path) << ",\"abi\":" << copy.abi
            << ",\"is_owner\":" << boolean(copy.is_owner)
            << ",\"is_refused\":" << boolean(copy.is_refused) << '}';
    });
    out << ",\"version\":" << quoted_or_null(findings.version)
        << ",\"cells_language\":" << quoted_or_null(findings.cells_language)
        << ",\"cells_path\":" << quoted_or_null(findings.cells_path) << ",\"statistics\":";
    if (findings.statistics) {
        write_statistics(out, *findings.statistics);
    } else {
        out << "null";
    }
    out << ",\"latest_refusals\":";
    write_list(out, findings.latest_refusals, [&](const Refusal &refusal) {
        out << "{\"name\":" << quoted(refusal.name) << ",\"message\":" << quoted(refusal.message)
            << '}';
    });
    out << ",\"problems\":";
    write_texts(out, problems_of(findings));
    out << "}\n";
}

void write_json(std::ostream &out, const Explanation &explanation) {
    out << "{\"name\":" << quoted(explanation.name)
        << ",\"is_present\":" << boolean(explanation.is_present) << ",\"reasons\":";
    write_texts(out, explanation.reasons);
    out << "}\n";
}

} // namespace doctor
