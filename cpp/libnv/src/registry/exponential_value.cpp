#include "registry/exponential_value.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "registry/powers.hpp"

namespace libnv::registry {
namespace {

// A bucket of the coarsest schema spans 2^4 doublings.
constexpr std::int32_t kCoarsest = -4;

constexpr double kInfinity = std::numeric_limits<double>::infinity();

/// The bucket that holds bucket `index` after `halvings` of the resolution: rounded up,
/// because upper bounds are inclusive.
std::int64_t halved(std::int64_t index, std::int32_t halvings) {
    return (index + (std::int64_t{1} << halvings) - 1) >> halvings;
}

std::size_t length_after(const ExponentialCounts &counts, std::int32_t halvings) {
    if (counts.counts.empty()) {
        return 0;
    }
    const auto last = counts.first + static_cast<std::int64_t>(counts.counts.size()) - 1;
    return static_cast<std::size_t>(halved(last, halvings) - halved(counts.first, halvings)) + 1;
}

ExponentialCounts coarser(const ExponentialCounts &counts, std::int32_t halvings) {
    ExponentialCounts wide;
    const std::int64_t first = halved(counts.first, halvings);
    wide.first = static_cast<std::int32_t>(first);
    wide.counts.assign(length_after(counts, halvings), 0);
    std::int64_t index = counts.first;
    for (const std::uint64_t count : counts.counts) {
        wide.counts[static_cast<std::size_t>(halved(index++, halvings) - first)] += count;
    }
    return wide;
}

/// The upper bound of positive bucket `index`: 2^(index/2^schema). As in Prometheus, the
/// bucket that ends where the floats do ends at the largest of them.
double upper_bound(std::int32_t schema, std::int64_t index) {
    const std::int64_t exponent = schema < 0 ? index * (1 << -schema) : index >> schema;
    std::size_t k = 0;
    if (schema > 0) {
        const std::int64_t inside = index & ((std::int64_t{1} << schema) - 1);
        k = static_cast<std::size_t>(inside)
            << (static_cast<std::int32_t>(kFinestHalvings) - schema);
    }
    const std::uint64_t mantissa = mantissas()[k];
    if (exponent > 1024 || (exponent == 1024 && mantissa != 0)) {
        return kInfinity;
    }
    if (exponent == 1024) {
        return std::numeric_limits<double>::max();
    }
    const double significand = 1 + std::ldexp(static_cast<double>(mantissa), -52);
    return std::ldexp(significand, static_cast<int>(std::max<std::int64_t>(exponent, -1100)));
}

/// Increasing upper bounds with cumulative counts.
struct Steps {
    std::vector<std::pair<double, std::uint64_t>> made;
    std::uint64_t total = 0;

    /// Adds `count` observations between the last bound and `upper`. A bound that is not
    /// above the last one makes no step: a wide bucket may begin below the zero threshold.
    void add(double upper, std::uint64_t count) {
        total += count;
        if (!made.empty() && made.back().first >= upper) {
            made.back().second = total;
        } else if (upper != -kInfinity) {
            // Adding zero takes the sign off a negative one.
            made.emplace_back(upper + 0.0, total);
        }
    }
};

} // namespace

ExponentialCounts filled(std::int32_t index, const std::uint64_t *first,
                         const std::uint64_t *last) {
    const auto is_filled = [](std::uint64_t count) { return count > 0; };
    const std::uint64_t *lowest = std::find_if(first, last, is_filled);
    if (lowest == last) {
        return {};
    }
    while (!is_filled(last[-1])) {
        --last;
    }
    return {index + static_cast<std::int32_t>(lowest - first), {lowest, last}};
}

ExponentialValue downscaled(const ExponentialValue &value, std::int32_t schema) {
    schema = std::clamp(schema, kCoarsest, value.schema);
    ExponentialValue wide = value;
    wide.schema = schema;
    wide.positive = coarser(value.positive, value.schema - schema);
    wide.negative = coarser(value.negative, value.schema - schema);
    return wide;
}

ExponentialValue fit(ExponentialValue value, std::size_t limit) {
    const std::int32_t most = value.schema - kCoarsest;
    std::int32_t halvings = 0;
    while (halvings < most &&
           length_after(value.positive, halvings) + length_after(value.negative, halvings) >
               limit) {
        ++halvings;
    }
    return halvings == 0 ? value : downscaled(value, value.schema - halvings);
}

std::vector<std::pair<double, std::uint64_t>> cumulative(const ExponentialValue &value) {
    const ExponentialValue coarse = downscaled(value, std::min(value.schema, 0));
    const auto bound = [&](std::int64_t index) { return upper_bound(coarse.schema, index); };
    const auto &[first_negative, negative] = coarse.negative;
    const auto &[first_positive, positive] = coarse.positive;
    Steps steps;
    if (!negative.empty()) {
        steps.add(-bound(first_negative + static_cast<std::int64_t>(negative.size()) - 1), 0);
    }
    for (std::size_t at = negative.size(); at-- > 0;) {
        steps.add(-bound(first_negative + static_cast<std::int64_t>(at) - 1), negative[at]);
    }
    if (coarse.zero_count > 0) {
        if (!negative.empty()) {
            steps.add(-coarse.zero_threshold, 0);
        }
        steps.add(coarse.zero_threshold, coarse.zero_count);
    }
    if (!positive.empty()) {
        steps.add(bound(first_positive - std::int64_t{1}), 0);
    }
    for (std::size_t at = 0; at < positive.size(); ++at) {
        steps.add(bound(first_positive + static_cast<std::int64_t>(at)), positive[at]);
    }
    steps.add(kInfinity, 0);
    return std::move(steps.made);
}

std::vector<std::pair<double, std::uint64_t>> cumulative(const HistogramValue &value) {
    std::vector<std::pair<double, std::uint64_t>> all;
    all.reserve(value.counts.size());
    std::uint64_t total = 0;
    for (std::size_t at = 0; at < value.counts.size(); ++at) {
        total += value.counts[at];
        all.emplace_back(at < value.bounds->size() ? (*value.bounds)[at] : kInfinity, total);
    }
    return all;
}

} // namespace libnv::registry
