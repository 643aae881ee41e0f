// The cells of exponential buckets: the layout, and the table that finds a value's.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <vector>

#include <libnv/libnv.h>

#include "registry/snapshot.hpp"

namespace libnv::registry {

/// Resolution and range: eight buckets per doubling from 2^-30 to 2^34 where nobody
/// says otherwise.
struct ExponentialLayout {
    std::int32_t schema = 3;
    std::int32_t min_exponent = -30;
    std::int32_t max_exponent = 34;
    bool is_signed = false;

    bool operator==(const ExponentialLayout &other) const noexcept;

    /// As Rust's `{:?}` writes it.
    std::string quoted() const;
};

/// Cell 0 is the zero bucket. A cell per bucket follows, and behind it one for all that
/// is beyond the range. In a signed layout negative buckets come last, in that order.
class ExponentialBuckets {
public:
    /// Checks a layout and builds its table; throws LIBNV_INVALID_BUCKETS with what is
    /// wrong with the histogram `name`.
    ExponentialBuckets(const std::string &name, const ExponentialLayout &layout);

    const ExponentialLayout &layout() const noexcept { return layout_; }

    /// The buckets as recorders see them; valid as long as these.
    libnv_buckets_v1 buckets() const noexcept;

    /// What cells add up to, in at most 160 buckets of both signs, by halving the
    /// resolution.
    ExponentialValue value(double sum, const std::uint64_t *counts) const;

    bool operator==(const ExponentialBuckets &other) const noexcept {
        return layout_ == other.layout_;
    }

private:
    ExponentialLayout layout_;
    std::uint64_t first_;
    std::uint64_t last_;
    std::array<std::uint64_t, 64> steps_;
};

} // namespace libnv::registry
