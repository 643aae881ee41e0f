// The upper bounds of a histogram's buckets, and the table that finds a value's.
#pragma once

#include <cstdint>
#include <memory>
#include <vector>

#include <libnv/libnv.h>

namespace libnv::registry {

/// Sorted, finite upper bounds, and the search table of the Rust engine for them.
///
/// A value's exponent, and as many bits of its mantissa as are needed to tell
/// neighbours apart, lead to the first candidate. Bounds so close together that no
/// table of 1024 entries tells them apart are searched by halving.
class Bounds {
public:
    /// Checks bounds and builds their table; throws LIBNV_INVALID_BUCKETS with what is
    /// wrong with the histogram `name`.
    Bounds(const std::string &name, const std::vector<double> &upper);

    /// The bounds, without `+Inf`.
    const std::shared_ptr<const std::vector<double>> &upper() const noexcept { return upper_; }

    /// The buckets as recorders see them; valid as long as these bounds.
    libnv_buckets_v1 buckets() const noexcept;

    bool operator==(const Bounds &other) const { return *upper_ == *other.upper_; }

private:
    bool build(std::uint32_t shift);

    std::shared_ptr<const std::vector<double>> upper_;
    std::vector<double> with_infinity_;
    /// For each key, how many bounds lie below every value of that key.
    std::vector<std::uint16_t> below_;
    std::int64_t first_key_ = 0;
    std::uint32_t shift_ = 63;
    bool is_exact_ = false;
};

} // namespace libnv::registry
