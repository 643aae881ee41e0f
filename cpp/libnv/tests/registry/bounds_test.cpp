#include "registry/bounds.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <random>

#include <libnv/record.h>

#include "registry/error.hpp"

namespace libnv::registry {
namespace {

using Upper = std::vector<double>;

std::size_t by_definition(const Upper &upper, double value) {
    std::size_t below = 0;
    for (const double bound : upper) below += bound < value ? 1 : 0;
    return below;
}

void expect_found(const Upper &upper, double value) {
    const Bounds bounds("h", upper);
    const libnv_buckets_v1 table = bounds.buckets();
    EXPECT_EQ(libnv_detail_explicit_bucket(&table, value), by_definition(upper, value))
        << value << " among " << upper.size();
}

void expect_neighbours_found(const Upper &upper) {
    const double infinity = std::numeric_limits<double>::infinity();
    for (const double bound : upper) {
        expect_found(upper, bound);
        expect_found(upper, std::nextafter(bound, infinity));
        expect_found(upper, std::nextafter(bound, -infinity));
    }
    for (const double value : {-infinity, -1.0, -0.0, 0.0, 5e-324, infinity}) {
        expect_found(upper, value);
    }
}

std::string refusal_of(const Upper &upper) {
    try {
        const Bounds bounds("h", upper);
    } catch (const Error &error) {
        EXPECT_EQ(error.status, LIBNV_INVALID_BUCKETS);
        return error.message;
    }
    return "none";
}

TEST(Bounds, TheCataloguesBoundsNeedOneComparison) {
    const Upper nixl = {10,    25,    50,  100,    250,    500, 1000,  2500, 5000, 1e4,
                        25000, 50000, 1e5, 250000, 500000, 1e6, 2.5e6, 5e6,  1e7};
    const Upper defaults = {0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10};
    for (const Upper &upper : {nixl, defaults}) {
        EXPECT_EQ(Bounds("h", upper).buckets().is_exact, 1U);
        expect_neighbours_found(upper);
    }
}

TEST(Bounds, NegativeZeroHugeAndCrowdedBoundsAreFound) {
    expect_neighbours_found({-10, -1, 0, 1});
    expect_neighbours_found({-3, -2, -1});
    expect_neighbours_found({1, std::nextafter(1.0, 2.0), 2});
    expect_neighbours_found(
        {std::numeric_limits<double>::min(), 1, std::numeric_limits<double>::max()});
    expect_neighbours_found({0});
}

TEST(Bounds, AnyBoundsFindTheBucketOfAnyValue) {
    std::mt19937_64 random(5);
    const auto any = [&] {
        const double value =
            std::ldexp(static_cast<double>(random()), static_cast<int>(random() % 200) - 160);
        return random() % 2 == 0 ? value : -value;
    };
    for (int round = 0; round < 300; ++round) {
        Upper upper(1 + random() % 60);
        for (double &bound : upper) bound = any();
        std::sort(upper.begin(), upper.end());
        upper.erase(std::unique(upper.begin(), upper.end()), upper.end());
        for (int at = 0; at < 20; ++at) expect_found(upper, any());
    }
}

TEST(Bounds, WrongOnesAreRefusedWithTheirPosition) {
    EXPECT_EQ(refusal_of({}), "histogram \"h\": no bucket bounds given; list at least one");
    EXPECT_EQ(refusal_of({1, NAN}),
              "histogram \"h\": bucket bound NaN at position 1 is not finite; the +Inf bucket is "
              "always there, leave it out");
    EXPECT_EQ(refusal_of({2, 1.5}),
              "histogram \"h\": bucket bound 1.5 at position 1 is not greater than 2 before it");
    EXPECT_EQ(refusal_of(Upper(5000)),
              "histogram \"h\": 5000 bucket bounds given, at most 4096 are possible");
}

} // namespace
} // namespace libnv::registry
