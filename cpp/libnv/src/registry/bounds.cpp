#include "registry/bounds.hpp"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <limits>
#include <string>

#include "registry/error.hpp"
#include "registry/quoted.hpp"

namespace libnv::registry {
namespace {

// Buckets that one histogram may have, besides +Inf.
constexpr std::size_t kMostBounds = 4096;

// Entries of the table; at two bytes each it stays in the L1 cache.
constexpr std::int64_t kMostEntries = 1024;

constexpr std::uint32_t kMantissaBits = std::numeric_limits<double>::digits - 1;

/// What is wrong with the bounds; empty where nothing is.
std::string fault(const std::vector<double> &upper) {
    if (upper.empty()) {
        return "no bucket bounds given; list at least one";
    }
    if (upper.size() > kMostBounds) {
        return std::to_string(upper.size()) + " bucket bounds given, at most " +
               std::to_string(kMostBounds) + " are possible";
    }
    const auto bound = [&](std::size_t at) {
        return "bucket bound " + shown(upper[at]) + " at position " + std::to_string(at);
    };
    for (std::size_t at = 0; at < upper.size(); ++at) {
        if (!std::isfinite(upper[at])) {
            return bound(at) + " is not finite; the +Inf bucket is always there, leave it out";
        }
    }
    for (std::size_t at = 1; at < upper.size(); ++at) {
        if (upper[at - 1] >= upper[at]) {
            return bound(at) + " is not greater than " + shown(upper[at - 1]) + " before it";
        }
    }
    return {};
}

/// The bits of a value from `shift` on, as a number that grows with it; negative
/// values come out below every key of a table.
std::int64_t key_of(double value, std::uint32_t shift) {
    std::int64_t bits = 0;
    std::memcpy(&bits, &value, sizeof bits);
    return bits >> shift;
}

} // namespace

Bounds::Bounds(const std::string &name, const std::vector<double> &upper)
    : upper_(std::make_shared<const std::vector<double>>(upper)), with_infinity_(upper) {
    if (const std::string wrong = fault(upper); !wrong.empty()) {
        throw Error(LIBNV_INVALID_BUCKETS, "histogram " + quoted(name) + ": " + wrong);
    }
    with_infinity_.push_back(std::numeric_limits<double>::infinity());
    below_ = {0};
    is_exact_ = upper.size() <= 1;
    // The coarsest table that tells all bounds apart, or else the finest there is room for.
    std::uint32_t shift = kMantissaBits;
    while (shift + 8 >= kMantissaBits && build(shift) && !is_exact_) {
        --shift;
    }
}

bool Bounds::build(std::uint32_t shift) {
    const auto &upper = *upper_;
    const auto positive = std::find_if(upper.begin(), upper.end(), [](double b) { return b > 0; });
    if (positive == upper.end()) {
        return false;
    }
    // The first key takes every value below the first positive bound's key.
    const std::int64_t first = key_of(*positive, shift) - 1;
    const std::int64_t entries = key_of(upper.back(), shift) - first + 2;
    if (entries > kMostEntries) {
        return false;
    }
    const auto key = [&](double bound) { return std::max(key_of(bound, shift), first); };
    below_.clear();
    for (std::int64_t at = first; at < first + entries; ++at) {
        const auto end = std::partition_point(upper.begin(), upper.end(),
                                              [&](double bound) { return key(bound) < at; });
        below_.push_back(static_cast<std::uint16_t>(end - upper.begin()));
    }
    const auto shared = std::adjacent_find(upper.begin(), upper.end(),
                                           [&](double a, double b) { return key(a) == key(b); });
    is_exact_ = shared == upper.end();
    first_key_ = first;
    shift_ = shift;
    return true;
}

libnv_buckets_v1 Bounds::buckets() const noexcept {
    libnv_buckets_v1 table{};
    table.struct_size = sizeof table;
    table.count = static_cast<std::uint32_t>(with_infinity_.size());
    table.shift = shift_;
    table.upper = with_infinity_.data();
    table.below = below_.data();
    table.first_key = first_key_;
    table.entries = static_cast<std::uint32_t>(below_.size());
    table.is_exact = is_exact_ ? 1 : 0;
    return table;
}

} // namespace libnv::registry
