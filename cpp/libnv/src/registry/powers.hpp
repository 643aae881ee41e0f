// The fractional powers of two that bound exponential buckets.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

namespace libnv::registry {

/// How often an octave is halved for the finest buckets that readers know.
inline constexpr std::uint32_t kFinestHalvings = 8;

/// The mantissa bits of 2^(k/256) for each k from 0, correctly rounded.
const std::array<std::uint64_t, std::size_t{1} << kFinestHalvings> &mantissas() noexcept;

} // namespace libnv::registry
