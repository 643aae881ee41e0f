#include "registry/exponential.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <vector>

#include <libnv/record.h>

#include "registry/error.hpp"
#include "registry/exponential_value.hpp"
#include "registry/powers.hpp"

namespace libnv::registry {
namespace {

constexpr double kInfinity = std::numeric_limits<double>::infinity();

/// The upper bounds of all cells that have one, from the zero bucket's on.
std::vector<double> upper_bounds(const ExponentialLayout &layout) {
    std::vector<double> upper = {std::ldexp(1.0, layout.min_exponent)};
    const std::size_t stride = std::size_t{256} >> layout.schema;
    for (int octave = layout.min_exponent; octave < layout.max_exponent; ++octave) {
        for (std::size_t k = stride; k <= 256; k += stride) {
            const double mantissa =
                k == 256 ? 2 : 1 + std::ldexp(static_cast<double>(mantissas()[k]), -52);
            upper.push_back(std::ldexp(mantissa, octave));
        }
    }
    return upper;
}

void expect_found(const ExponentialLayout &layout, const std::vector<double> &upper,
                  const libnv_buckets_v1 &table, double value) {
    if (!(value >= table.lowest)) return;
    const auto end = std::lower_bound(upper.begin(), upper.end(), std::fabs(value));
    auto cell = static_cast<std::uint64_t>(end - upper.begin());
    if (layout.is_signed && cell > 0 && value < 0) cell += upper.size();
    EXPECT_EQ(libnv_detail_exponential_bucket(&table, value), cell) << value;
}

TEST(Exponential, EveryBoundIsInItsBucketAndWhatFollowsIsInTheNext) {
    for (std::int32_t schema = 0; schema <= 5; ++schema) {
        for (const bool is_signed : {false, true}) {
            const ExponentialLayout layout = {schema, -20, 20, is_signed};
            const ExponentialBuckets buckets("h", layout);
            const libnv_buckets_v1 table = buckets.buckets();
            const auto upper = upper_bounds(layout);
            ASSERT_EQ(table.count, 1 + upper.size() * (is_signed ? 2 : 1));
            for (const double bound : upper) {
                for (const double value :
                     {bound, std::nextafter(bound, kInfinity), std::nextafter(bound, 0.0)}) {
                    expect_found(layout, upper, table, value);
                    expect_found(layout, upper, table, -value);
                }
            }
            for (const double value : {0.0, 5e-324, kInfinity}) {
                expect_found(layout, upper, table, value);
            }
        }
    }
}

TEST(Exponential, PowersAreThoseOfTheSquareRoots) {
    const auto power = [](std::size_t k) {
        return 1 + std::ldexp(static_cast<double>(mantissas()[k]), -52);
    };
    EXPECT_EQ(power(0), 1);
    EXPECT_EQ(power(128), std::sqrt(2.0));
    EXPECT_EQ(power(64), std::sqrt(std::sqrt(2.0)));
}

TEST(Exponential, ReadersGetAtMost160Buckets) {
    const ExponentialBuckets buckets("h", ExponentialLayout());
    std::vector<std::uint64_t> counts(buckets.buckets().count, 1);
    const ExponentialValue value = buckets.value(1, counts.data());
    EXPECT_EQ(value.schema, 1);
    EXPECT_LE(value.positive.counts.size(), 160U);
    EXPECT_EQ(count_of(value), counts.size());
}

TEST(Exponential, OlderFormatsGetABucketForEachDoubling) {
    const ExponentialBuckets buckets("h", {3, -2, 4, true});
    std::vector<std::uint64_t> counts(buckets.buckets().count);
    const libnv_buckets_v1 table = buckets.buckets();
    for (const double value : {0.0, 1.0, 1.5, 3.0, -3.0}) {
        ++counts[libnv_detail_exponential_bucket(&table, value)];
    }
    const std::vector<std::pair<double, std::uint64_t>> expected = {
        {-4, 0}, {-2, 1}, {-0.25, 1}, {0.25, 2}, {0.5, 2}, {1, 3}, {2, 4}, {4, 5}, {kInfinity, 5}};
    EXPECT_EQ(cumulative(buckets.value(0, counts.data())), expected);
}

TEST(Exponential, WrongLayoutsAreRefusedWithWhatIsWrong) {
    const auto refusal_of = [](const ExponentialLayout &layout) -> std::string {
        try {
            const ExponentialBuckets buckets("h", layout);
        } catch (const Error &error) {
            return error.message;
        }
        return "none";
    };
    EXPECT_EQ(refusal_of({6, 0, 1, false}),
              "histogram \"h\": schema 6 has no cells; use one from 0 to 5");
    EXPECT_EQ(refusal_of({0, 4, 4, false}),
              "histogram \"h\": buckets from two to the power of 4 end at 4 already");
    EXPECT_EQ(refusal_of({5, -1022, 1023, false}),
              "histogram \"h\": the buckets take 65442 cells, at most 65000 are possible; use a "
              "lower schema or a narrower range");
    EXPECT_EQ(refusal_of({5, -1000, 1023, false}), "none");
}

} // namespace
} // namespace libnv::registry
