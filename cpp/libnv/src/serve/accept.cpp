#include "serve/accept.hpp"

#include <libnv/libnv.h>

#include "serve/words.hpp"

namespace libnv::http {
namespace {

// How closely a range names a format.
enum Closeness { kNotAtAll, kAny, kOfType, kOfSubtype, kOfVersion };

struct Media {
    std::string_view type;
    std::string_view subtype;
    std::string_view version;
};

constexpr Media kText{"text", "plain", "0.0.4"};
constexpr Media kOpenMetrics{"application", "openmetrics-text", "1.0.0"};

// What a list says of one format.
struct Weight {
    Closeness closeness = kNotAtAll;
    int thousandths = 0;
    std::size_t place = 0;

    bool is_more_than(const Weight &other) const noexcept {
        if (thousandths != other.thousandths) return thousandths > other.thousandths;
        if (closeness != other.closeness) return closeness > other.closeness;
        return place < other.place;
    }
};

// One element of a list.
struct Range {
    Media media;
    int thousandths = 1000; // negative where the weight is none
};

// The digits of a weight, `0.75`; negative where it is none.
int thousandths_of(std::string_view text) {
    if (text.empty() || (text[0] != '0' && text[0] != '1')) return -1;
    int value = (text[0] - '0') * 1000;
    text.remove_prefix(1);
    if (text.empty()) return value;
    if (text[0] != '.' || text.size() > 4) return -1;
    int unit = 100;
    for (const char digit : text.substr(1)) {
        if (digit < '0' || digit > '9') return -1;
        value += (digit - '0') * unit;
        unit /= 10;
    }
    return value <= 1000 ? value : -1;
}

std::string_view unquoted(std::string_view text) {
    const bool is_quoted = text.size() >= 2 && text.front() == '"' && text.back() == '"';
    return is_quoted ? text.substr(1, text.size() - 2) : text;
}

Range range_of(std::string_view element) {
    Range range;
    std::string_view name = trimmed(take(element, ";"));
    range.media.type = take(name, "/");
    range.media.subtype = name;
    while (!element.empty()) {
        std::string_view value = take(element, ";");
        const std::string_view parameter = trimmed(take(value, "="));
        value = unquoted(trimmed(value));
        if (is_same(parameter, "q")) range.thousandths = thousandths_of(value);
        if (is_same(parameter, "version")) range.media.version = value;
    }
    return range;
}

Closeness closeness_of(const Media &range, const Media &format) {
    if (range.type == "*" && range.subtype == "*") return kAny;
    if (!is_same(range.type, format.type)) return kNotAtAll;
    if (range.subtype == "*") return kOfType;
    if (!is_same(range.subtype, format.subtype)) return kNotAtAll;
    if (range.version.empty()) return kOfSubtype;
    return is_same(range.version, format.version) ? kOfVersion : kNotAtAll;
}

Weight weight_of(std::string_view accept, const Media &format) {
    Weight weight;
    for (std::size_t place = 0; !accept.empty(); ++place) {
        const Range range = range_of(take(accept, ","));
        const Closeness closeness = closeness_of(range.media, format);
        if (range.thousandths >= 0 && closeness > weight.closeness)
            weight = {closeness, range.thousandths, place};
    }
    return weight;
}

} // namespace

std::uint32_t format_of(std::string_view accept) {
    const Weight text = weight_of(accept, kText);
    const Weight openmetrics = weight_of(accept, kOpenMetrics);
    const bool is_wanted = openmetrics.thousandths > 0 && openmetrics.is_more_than(text);
    return is_wanted ? LIBNV_OPENMETRICS : LIBNV_TEXT;
}

} // namespace libnv::http
