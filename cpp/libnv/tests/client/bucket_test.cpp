// The bucket of a value, against its definition.
#include <gtest/gtest.h>

#include <cfloat>
#include <cmath>
#include <cstring>
#include <limits>
#include <random>

#include "client/hand_made_slot.hpp"
#include "registry/bounds.hpp"
#include "registry/exponential.hpp"

namespace libnv::test {
namespace {

constexpr double kNan = std::numeric_limits<double>::quiet_NaN();
constexpr double kInfinity = std::numeric_limits<double>::infinity();

// Values at random over all bits, so that every exponent is as likely as any other.
std::vector<double> any_values(std::size_t count) {
    std::mt19937_64 random(7);
    std::vector<double> values;
    while (values.size() < count) {
        double value = libnv_detail_to_double(random());
        if (!std::isnan(value)) values.push_back(value);
    }
    return values;
}

std::uint64_t by_definition(const std::vector<double> &upper, double value) {
    std::uint64_t below = 0;
    for (double bound : upper) below += bound < value;
    return below;
}

void expect_all_neighbours(const std::vector<double> &upper) {
    registry::Bounds bounds("latency", upper);
    libnv_buckets_v1 buckets = bounds.buckets();
    std::vector<double> values = {-kInfinity, -DBL_MAX, -1.0,    -0.0,     0.0,
                                  5e-324,     DBL_MIN,  DBL_MAX, kInfinity};
    for (double bound : upper) {
        values.push_back(std::nextafter(bound, -kInfinity));
        values.push_back(bound);
        values.push_back(std::nextafter(bound, kInfinity));
    }
    for (double value : any_values(1000)) values.push_back(value);
    for (double value : values) {
        EXPECT_EQ(libnv_detail_explicit_bucket(&buckets, value), by_definition(upper, value))
            << value;
        if (buckets.is_exact) {
            EXPECT_EQ(libnv_detail_exact_bucket(&buckets, value), by_definition(upper, value))
                << value;
        }
    }
}

TEST(Buckets, TheFirstBoundThatIsNotLessHoldsAValue) {
    expect_all_neighbours({0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0});
    expect_all_neighbours({10, 25, 50, 100, 250, 500, 1e3, 2.5e3, 5e3, 1e4, 2.5e4, 5e4, 1e5, 2.5e5,
                           5e5, 1e6, 5e6, 1e7});
}

TEST(Buckets, NegativeZeroAndCrowdedBoundsAreFound) {
    expect_all_neighbours({-10.0, -1.0, 0.0, 1.0});
    expect_all_neighbours({-3.0, -2.0, -1.0});
    expect_all_neighbours({1.0, std::nextafter(1.0, 2.0), 2.0});
    expect_all_neighbours({DBL_MIN, 1.0, DBL_MAX});
    expect_all_neighbours({0.0});
}

// The cell by comparing with the bounds as the mathematics has them.
std::uint64_t by_logarithm(const registry::ExponentialLayout &layout, double value) {
    double magnitude = std::fabs(value);
    if (magnitude <= std::ldexp(1.0, layout.min_exponent)) return 0;
    std::uint64_t octaves = static_cast<std::uint64_t>(layout.max_exponent - layout.min_exponent);
    std::uint64_t last = (octaves << layout.schema) + 1;
    std::uint64_t cell = last;
    if (magnitude <= std::ldexp(1.0, layout.max_exponent)) {
        double index = std::ceil(std::ldexp(std::log2(magnitude), layout.schema));
        cell = static_cast<std::uint64_t>(index - std::ldexp(layout.min_exponent, layout.schema));
    }
    return cell + (layout.is_signed && value < 0 ? last : 0);
}

TEST(Buckets, AnExponentialBucketIsThatOfTheLogarithm) {
    for (bool is_signed : {false, true}) {
        registry::ExponentialLayout layout;
        layout.is_signed = is_signed;
        registry::ExponentialBuckets exponential("latency", layout);
        libnv_buckets_v1 buckets = exponential.buckets();
        std::mt19937_64 random(7);
        std::uniform_real_distribution<double> exponents(-32.0, 36.0);
        for (int n = 0; n < 10000; ++n) {
            double value = std::exp2(exponents(random));
            EXPECT_EQ(libnv_detail_exponential_bucket(&buckets, value), by_logarithm(layout, value))
                << value;
            if (!is_signed) continue;
            EXPECT_EQ(libnv_detail_exponential_bucket(&buckets, -value),
                      by_logarithm(layout, -value))
                << -value;
        }
        for (double value : {0.0, 5e-324, 1.0, 2.0, 0.5, 1024.0, DBL_MAX, kInfinity})
            EXPECT_EQ(libnv_detail_exponential_bucket(&buckets, value), by_logarithm(layout, value))
                << value;
    }
}

class RecordHistogram : public testing::Test {
protected:
    registry::Bounds bounds{"latency", {1.0, 2.0}};
    libnv_buckets_v1 buckets = bounds.buckets();
    HandMadeSlot histogram{4};

    RecordHistogram() { histogram.slot.buckets = &buckets; }

    double sum() const { return libnv_detail_to_double(histogram.sums(LIBNV_SUM_AND_COUNTS)[0]); }
    std::vector<std::uint64_t> counts() const {
        std::vector<std::uint64_t> sums = histogram.sums(LIBNV_SUM_AND_COUNTS);
        return {sums.begin() + 1, sums.end()};
    }
};

using Counts = std::vector<std::uint64_t>;

TEST_F(RecordHistogram, AValueIsInTheSumAndInItsBucket) {
    for (double value : {0.5, 1.0, 1.5, 7.0}) libnv_histogram_observe(&histogram.slot, value);
    EXPECT_EQ(sum(), 10.0);
    EXPECT_EQ(counts(), (Counts{2, 1, 1}));
}

TEST_F(RecordHistogram, NanIsRefusedAndNothingIsNothing) {
    for (int round = 0; round < 2; ++round) { // without a slab, then with one
        libnv_histogram_observe(&histogram.slot, kNan);
        libnv_histogram_observe_n(&histogram.slot, kInfinity, 0);
        libnv_histogram_observe_n(&histogram.slot, 1.5, 3);
    }
    EXPECT_EQ(sum(), 9.0);
    EXPECT_EQ(counts(), (Counts{0, 6, 0}));
    EXPECT_EQ(HandMadeSlot::refused[LIBNV_DROPPED_NAN], 2u);
}

TEST_F(RecordHistogram, SharedCellsHoldSumAndBuckets) {
    histogram.slot.offset |= LIBNV_FLAGGED | LIBNV_AT_SHARED;
    libnv_histogram_observe(&histogram.slot, 0.5);
    libnv_histogram_observe_n(&histogram.slot, 4.0, 2);
    EXPECT_EQ(sum(), 8.5);
    EXPECT_EQ(counts(), (Counts{1, 0, 2}));
}

TEST_F(RecordHistogram, CrowdedBoundsAreRecordedToo) {
    registry::Bounds crowded("latency", {1.0, std::nextafter(1.0, 2.0)});
    buckets = crowded.buckets();
    ASSERT_FALSE(buckets.is_exact);
    for (double value : {1.0, std::nextafter(1.0, 2.0), 1.5})
        libnv_histogram_observe(&histogram.slot, value);
    EXPECT_EQ(counts(), (Counts{1, 1, 1}));
}

TEST(RecordExponential, NegativeValuesNeedASignedLayout) {
    registry::ExponentialLayout layout = {0, -1, 1, false};
    registry::ExponentialBuckets unsigned_buckets("latency", layout);
    libnv_buckets_v1 buckets = unsigned_buckets.buckets();
    HandMadeSlot histogram(buckets.count + 1);
    histogram.slot.buckets = &buckets;
    for (int round = 0; round < 2; ++round) {
        libnv_exponential_observe(&histogram.slot, -1.0);
        libnv_exponential_observe(&histogram.slot, kNan);
        libnv_exponential_observe(&histogram.slot, 2.0);
        libnv_exponential_observe_n(&histogram.slot, kInfinity, 0);
    }
    EXPECT_EQ(HandMadeSlot::refused[LIBNV_DROPPED_NEGATIVE], 2u);
    EXPECT_EQ(HandMadeSlot::refused[LIBNV_DROPPED_NAN], 2u);
    EXPECT_EQ(histogram.sums(LIBNV_SUM_AND_COUNTS)[1 + 2], 2u);

    layout.is_signed = true;
    registry::ExponentialBuckets signed_buckets("latency", layout);
    libnv_buckets_v1 mirrored = signed_buckets.buckets();
    HandMadeSlot both(mirrored.count + 1);
    both.slot.buckets = &mirrored;
    libnv_exponential_observe(&both.slot, -2.0);
    EXPECT_EQ(both.sums(LIBNV_SUM_AND_COUNTS)[1 + 2 + 3], 1u);
    EXPECT_EQ(libnv_detail_to_double(both.sums(LIBNV_SUM_AND_COUNTS)[0]), -2.0);
}

} // namespace
} // namespace libnv::test
