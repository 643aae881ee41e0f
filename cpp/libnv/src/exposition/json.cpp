#include <cmath>
#include <string_view>

#include "exposition/formats.hpp"
#include "exposition/number.hpp"
#include "registry/exponential_value.hpp"
#include "registry/labels.hpp"

namespace libnv::exposition {
namespace {

using registry::FamilySnapshot;

void write_text(std::string &page, std::string_view text) {
    constexpr char kHex[] = "0123456789abcdef";
    page += '"';
    for (const char byte : text) {
        if (byte == '"' || byte == '\\') {
            page.append("\\") += byte;
        } else if (byte == '\n') {
            page.append("\\n");
        } else if (static_cast<unsigned char>(byte) < 0x20) {
            page.append("\\u00") += kHex[byte >> 4 & 0xf];
            page += kHex[byte & 0xf];
        } else {
            page += byte;
        }
    }
    page += '"';
}

void write_number(std::string &page, std::uint64_t number) {
    append_number(page, number);
}

void write_number(std::string &page, std::int64_t number) {
    append_number(page, number);
}

/// Numbers that JSON does not have are texts.
void write_number(std::string &page, double number) {
    const char *const quote = std::isfinite(number) ? "" : "\"";
    page += quote;
    append_number(page, number);
    page += quote;
}

/// Writes a number as a field that is not the first of its object.
template <class Number>
void field(std::string &page, std::string_view key, Number number) {
    page.append(",\"").append(key).append("\":");
    write_number(page, number);
}

template <class Items, class Write>
void list(std::string &page, const Items &items, Write write) {
    page += '[';
    bool is_first = true;
    for (const auto &item : items) {
        page += is_first ? "" : ",";
        is_first = false;
        write(item);
    }
    page += ']';
}

void write_steps(std::string &page, const char *key,
                 const std::vector<std::pair<double, std::uint64_t>> &steps) {
    page.append(",\"").append(key).append("\":");
    list(page, steps, [&](const auto &step) {
        page.append("{\"le\":");
        write_number(page, step.first);
        field(page, "count", step.second);
        page += '}';
    });
}

void write_side(std::string &page, const char *key, const registry::ExponentialCounts &side) {
    page.append(",\"").append(key).append("\":{\"first\":");
    append_number(page, std::int64_t{side.first});
    page.append(",\"counts\":");
    list(page, side.counts, [&](std::uint64_t count) { append_number(page, count); });
    page += '}';
}

template <class Number>
void write_value(std::string &page, Number value) {
    field(page, "value", value);
}

void write_value(std::string &page, const registry::HistogramValue &value) {
    field(page, "count", count_of(value));
    field(page, "sum", value.sum);
    write_steps(page, "buckets", cumulative(value));
}

void write_value(std::string &page, const registry::ExponentialValue &value) {
    field(page, "count", count_of(value));
    field(page, "sum", value.sum);
    field(page, "schema", std::int64_t{value.schema});
    field(page, "zero_threshold", value.zero_threshold);
    field(page, "zero_count", value.zero_count);
    write_side(page, "negative", value.negative);
    write_side(page, "positive", value.positive);
}

void write_value(std::string &page, const registry::SummaryValue &value) {
    field(page, "count", value.count);
    field(page, "sum", value.sum);
    page.append(",\"quantiles\":");
    list(page, value.quantiles, [&](const auto &one) {
        page.append("{\"quantile\":");
        write_number(page, one.first);
        field(page, "value", one.second);
        page += '}';
    });
}

void write_labels(std::string &page, const std::string &text) {
    page += '{';
    bool is_first = true;
    for (const auto &[name, value] : registry::labels_of(text)) {
        page += is_first ? "" : ",";
        is_first = false;
        write_text(page, name);
        page += ':';
        write_text(page, value);
    }
    page += '}';
}

void write_time(std::string &page, const char *key, const std::vector<double> &times,
                std::size_t at) {
    if (!times.empty() && !std::isnan(times[at])) {
        field(page, key, times[at]);
    }
}

template <class AllValues>
void write_series(std::string &page, const FamilySnapshot &family, const AllValues &values) {
    for (std::size_t at = 0; at < family.size(); ++at) {
        page.append(at > 0 ? "," : "").append("{\"labels\":");
        write_labels(page, *family.labels[at]);
        write_value(page, values[at]);
        write_time(page, "created", family.created, at);
        write_time(page, "timestamp", family.timestamps, at);
        page += '}';
    }
}

void write_family(std::string &page, const FamilySnapshot &family) {
    page.append("{\"name\":");
    write_text(page, family.name);
    page.append(",\"type\":\"").append(word(family.kind)).append("\"");
    for (const auto &[key, text] :
         {std::pair<const char *, const std::string &>("help", family.help),
          {"unit", family.unit}}) {
        if (!text.empty()) {
            page.append(",\"").append(key).append("\":");
            write_text(page, text);
        }
    }
    page.append(",\"series\":[");
    std::visit([&](const auto &values) { write_series(page, family, values); }, family.values);
    page.append("]}");
}

} // namespace

std::string to_json(const registry::Snapshot &snapshot) {
    std::string page = "{\"families\":[";
    bool is_first = true;
    for (const FamilySnapshot &family : snapshot.families) {
        if (family.size() > 0) {
            page += is_first ? "" : ",";
            is_first = false;
            write_family(page, family);
        }
    }
    return page.append("]}\n");
}

} // namespace libnv::exposition
