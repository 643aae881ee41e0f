#include "registry/exponential.hpp"

#include <cmath>
#include <limits>

#include "registry/error.hpp"
#include "registry/exponential_value.hpp"
#include "registry/powers.hpp"
#include "registry/quoted.hpp"

namespace libnv::registry {
namespace {

// How often an octave is halved for the finest buckets that have cells.
constexpr std::uint32_t kFinest = 5;

constexpr std::uint64_t kMostCells = 65000;

// Powers of two that are normal floats.
constexpr std::int32_t kLowest = -1022;
constexpr std::int32_t kHighest = 1023;

constexpr std::uint32_t kMantissaBits = 52;
constexpr std::uint64_t kMantissa = (std::uint64_t{1} << kMantissaBits) - 1;
constexpr std::uint32_t kSliceShift = kMantissaBits - (kFinest + 1);

// Buckets that readers get at most, OpenTelemetry's default.
constexpr std::size_t kMostBuckets = 160;

/// What is wrong with a layout; empty where nothing is.
std::string fault(const ExponentialLayout &layout) {
    const auto [schema, min, max, is_signed] = layout;
    if (schema < 0 || schema > static_cast<std::int32_t>(kFinest)) {
        return "schema " + std::to_string(schema) + " has no cells; use one from 0 to 5";
    }
    for (const std::int32_t exponent : {min, max}) {
        if (exponent < kLowest || exponent > kHighest) {
            return "two to the power of " + std::to_string(exponent) +
                   " is no bound for buckets; use an exponent from -1022 to 1023";
        }
    }
    if (min >= max) {
        return "buckets from two to the power of " + std::to_string(min) + " end at " +
               std::to_string(max) + " already";
    }
    const std::uint64_t last = (static_cast<std::uint64_t>(max - min) << schema) + 1;
    const std::uint64_t cells = 1 + last * (is_signed ? 2 : 1);
    if (cells > kMostCells) {
        return "the buckets take " + std::to_string(cells) + " cells, at most " +
               std::to_string(kMostCells) + " are possible; use a lower schema or a narrower range";
    }
    return {};
}

/// What to add to a mantissa, for each slice of an octave, so that the bits above the
/// mantissa become the number of bounds below it.
std::array<std::uint64_t, 64> steps(std::int32_t schema) {
    const std::size_t stride = std::size_t{1}
                               << (static_cast<std::int32_t>(kFinestHalvings) - schema);
    std::array<std::uint64_t, 64> steps{};
    for (std::uint64_t slice = 0; slice < steps.size(); ++slice) {
        for (std::size_t k = 0; k < mantissas().size(); k += stride) {
            const std::uint64_t bound = mantissas()[k];
            if (bound >> kSliceShift < slice) {
                steps[slice] += std::uint64_t{1} << kMantissaBits;
            } else if (bound >> kSliceShift == slice) {
                steps[slice] += kMantissa - bound;
            }
        }
    }
    return steps;
}

} // namespace

bool ExponentialLayout::operator==(const ExponentialLayout &other) const noexcept {
    return schema == other.schema && min_exponent == other.min_exponent &&
           max_exponent == other.max_exponent && is_signed == other.is_signed;
}

std::string ExponentialLayout::quoted() const {
    return "ExponentialLayout { schema: " + std::to_string(schema) +
           ", min_exponent: " + std::to_string(min_exponent) +
           ", max_exponent: " + std::to_string(max_exponent) +
           ", is_signed: " + (is_signed ? "true" : "false") + " }";
}

ExponentialBuckets::ExponentialBuckets(const std::string &name, const ExponentialLayout &layout)
    : layout_(layout) {
    if (const std::string wrong = fault(layout); !wrong.empty()) {
        throw Error(LIBNV_INVALID_BUCKETS, "histogram " + registry::quoted(name) + ": " + wrong);
    }
    const auto octaves = static_cast<std::uint64_t>(layout.max_exponent - layout.min_exponent);
    first_ = static_cast<std::uint64_t>(layout.min_exponent + kHighest) << layout.schema;
    last_ = (octaves << layout.schema) + 1;
    steps_ = steps(layout.schema);
}

libnv_buckets_v1 ExponentialBuckets::buckets() const noexcept {
    const std::uint64_t mirror = layout_.is_signed ? last_ : 0;
    libnv_buckets_v1 table{};
    table.struct_size = sizeof table;
    table.count = static_cast<std::uint32_t>(1 + last_ + mirror);
    table.steps = steps_.data();
    table.lowest = layout_.is_signed ? -std::numeric_limits<double>::infinity() : 0;
    table.first = first_;
    table.last = last_;
    table.mirror = mirror;
    table.schema = layout_.schema;
    table.min_exponent = layout_.min_exponent;
    table.max_exponent = layout_.max_exponent;
    table.is_signed = layout_.is_signed ? 1 : 0;
    return table;
}

ExponentialValue ExponentialBuckets::value(double sum, const std::uint64_t *counts) const {
    const std::int32_t first = layout_.min_exponent * (1 << layout_.schema) + 1;
    ExponentialValue value;
    value.schema = layout_.schema;
    value.zero_threshold = std::ldexp(1.0, layout_.min_exponent);
    value.zero_count = counts[0];
    value.positive = filled(first, counts + 1, counts + 1 + last_);
    if (layout_.is_signed) {
        value.negative = filled(first, counts + 1 + last_, counts + 1 + 2 * last_);
    }
    value.sum = sum;
    return fit(std::move(value), kMostBuckets);
}

} // namespace libnv::registry
