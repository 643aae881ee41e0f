#include "registry/snapshot.hpp"

#include <algorithm>
#include <numeric>
#include <type_traits>

namespace libnv::registry {
namespace {

std::uint64_t total(const std::vector<std::uint64_t> &counts) {
    return std::accumulate(counts.begin(), counts.end(), std::uint64_t{0});
}

} // namespace

const char *word(Kind kind) noexcept {
    switch (kind) {
    case Kind::kCounter:
        return "counter";
    case Kind::kGauge:
        return "gauge";
    case Kind::kHistogram:
        return "histogram";
    case Kind::kInfo:
        return "info";
    case Kind::kStateSet:
        return "stateset";
    case Kind::kSummary:
        return "summary";
    case Kind::kUnknown:
        break;
    }
    return "unknown";
}

const FamilySnapshot *Snapshot::family(const std::string &name) const noexcept {
    const auto at = std::lower_bound(
        families.begin(), families.end(), name,
        [](const FamilySnapshot &known, const std::string &wanted) { return known.name < wanted; });
    return at != families.end() && at->name == name ? &*at : nullptr;
}

std::size_t Snapshot::series() const noexcept {
    std::size_t all = 0;
    for (const FamilySnapshot &family : families) {
        all += family.size();
    }
    return all;
}

std::uint64_t count_of(const HistogramValue &value) noexcept {
    return total(value.counts);
}

std::uint64_t count_of(const ExponentialValue &value) noexcept {
    return total(value.negative.counts) + value.zero_count + total(value.positive.counts);
}

bool are_numbers(const Values &values) noexcept {
    return values.index() < 3;
}

double number_at(const Values &values, std::size_t index) noexcept {
    return std::visit(
        [index](const auto &all) -> double {
            using Value = typename std::decay_t<decltype(all)>::value_type;
            if constexpr (std::is_arithmetic_v<Value>) {
                return static_cast<double>(all[index]);
            } else {
                return all[index].sum;
            }
        },
        values);
}

} // namespace libnv::registry
