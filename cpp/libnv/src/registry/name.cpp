#include "registry/name.hpp"

#include "registry/sanitize.hpp"

namespace libnv::registry {
namespace {

std::string_view without_underscores_behind(std::string_view text) {
    const std::size_t last = text.find_last_not_of('_');
    return last == std::string_view::npos ? std::string_view() : text.substr(0, last + 1);
}

bool ends_with(std::string_view text, std::string_view suffix) {
    return text.size() >= suffix.size() &&
           text.compare(text.size() - suffix.size(), suffix.size(), suffix) == 0;
}

std::string join(const std::string &prefix, std::string_view name) {
    std::string joined = prefix;
    if (!prefix.empty()) {
        joined += '_';
    }
    return joined.append(name);
}

/// Appends the unit, before a counter's `_total`, unless it is there.
std::string with_unit(std::string_view name, std::string_view unit, Instrument instrument) {
    constexpr std::string_view kTotal = "_total";
    std::string whole(name);
    if (unit.empty()) {
        return whole;
    }
    const bool has_total = is_counter(instrument) && ends_with(name, kTotal);
    const auto stem = has_total ? name.substr(0, name.size() - kTotal.size()) : name;
    if (ends_with(stem, unit)) {
        const auto rest = stem.substr(0, stem.size() - unit.size());
        if (rest.empty() || rest.back() == '_') {
            return whole;
        }
    }
    whole.assign(stem).append("_").append(unit);
    return has_total ? whole.append(kTotal) : whole;
}

/// Appends `_info` to the name of an info, unless it is there with something before
/// it: without `_info` it is the family's name in OpenMetrics.
std::string with_info(std::string name, Instrument instrument) {
    constexpr std::string_view kInfo = "_info";
    if (instrument == Instrument::kInfo && (!ends_with(name, kInfo) || name == kInfo)) {
        name += kInfo;
    }
    return name;
}

} // namespace

void Prefix::join(std::string_view prefix) {
    prefix = without_underscores_behind(prefix);
    if (prefix.empty()) {
        return;
    }
    const std::string clean = sanitize_prometheus_name(prefix);
    prefix_.exposed = registry::join(prefix_.exposed, without_underscores_behind(clean));
    prefix_.asked = registry::join(prefix_.asked, prefix);
}

Name Prefix::name(std::string_view name, std::string_view unit, Instrument instrument) const {
    const std::string clean = with_unit(sanitize_prometheus_name(name), unit, instrument);
    // With its unit: `latency` and `latency_seconds` are one name in seconds.
    const std::string asked = with_unit(name, unit, instrument);
    return {with_info(registry::join(prefix_.exposed, clean), instrument),
            with_info(registry::join(prefix_.asked, asked), instrument)};
}

} // namespace libnv::registry
