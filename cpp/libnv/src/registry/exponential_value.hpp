// Exponential buckets as readers see them: fewer, wider, or as classic ones.
#pragma once

#include <cstdint>
#include <utility>
#include <vector>

#include "registry/snapshot.hpp"

namespace libnv::registry {

/// The counts from bucket `index` on, without empty buckets at either end.
ExponentialCounts filled(std::int32_t index, const std::uint64_t *first, const std::uint64_t *last);

/// The same observations in the wider buckets of a lower schema, which is at least -4.
ExponentialValue downscaled(const ExponentialValue &value, std::int32_t schema);

/// Halves the resolution until at most `limit` buckets of both signs are left.
ExponentialValue fit(ExponentialValue value, std::size_t limit);

/// Upper bounds with cumulative counts, one bound for each doubling; the last is `+Inf`.
std::vector<std::pair<double, std::uint64_t>> cumulative(const ExponentialValue &value);

/// Upper bounds with cumulative counts; the last is `+Inf`.
std::vector<std::pair<double, std::uint64_t>> cumulative(const HistogramValue &value);

} // namespace libnv::registry
