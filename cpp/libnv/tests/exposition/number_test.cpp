#include "exposition/number.hpp"

#include <gtest/gtest.h>

#include <cstdlib>
#include <cstring>
#include <limits>
#include <random>

namespace libnv::exposition {
namespace {

std::string written(double number) {
    std::string text;
    append_number(text, number);
    return text;
}

TEST(Number, FloatsAreWrittenInTheirShortestForm) {
    EXPECT_EQ(written(0.15 + 0.05), "0.2");
    EXPECT_EQ(written(6), "6");
    EXPECT_EQ(written(-3), "-3");
    EXPECT_EQ(written(0), "0");
    EXPECT_EQ(written(-0.0), "-0.0");
    EXPECT_EQ(written(0.1 + 0.2), "0.30000000000000004");
    EXPECT_EQ(written(9007199254740992), "9007199254740992.0");
    EXPECT_EQ(written(1e16), "1e+16");
    EXPECT_EQ(written(1.5e-7), "1.5e-7");
    EXPECT_EQ(written(1e-5), "0.00001");
    EXPECT_EQ(written(5e-324), "5e-324");
    EXPECT_EQ(written(std::numeric_limits<double>::infinity()), "+Inf");
    EXPECT_EQ(written(-std::numeric_limits<double>::infinity()), "-Inf");
    EXPECT_EQ(written(std::numeric_limits<double>::quiet_NaN()), "NaN");
}

TEST(Number, AnyFloatReadsBackTheSame) {
    std::mt19937_64 random(11);
    for (int round = 0; round < 20000; ++round) {
        const std::uint64_t bits = random();
        double value = 0;
        std::memcpy(&value, &bits, sizeof value);
        if (value != value) continue;
        EXPECT_EQ(std::strtod(written(value).c_str(), nullptr), value);
        EXPECT_EQ(std::strtod(bound_text(value).c_str(), nullptr), value);
    }
}

TEST(Number, BoundsAreWrittenAsPrometheusWritesThem) {
    const std::pair<double, const char *> bounds[] = {{0, "0.0"},
                                                      {-0.0, "-0.0"},
                                                      {1, "1.0"},
                                                      {-2.5, "-2.5"},
                                                      {0.005, "0.005"},
                                                      {0.0001, "0.0001"},
                                                      {0.00001, "1e-05"},
                                                      {1.5e-7, "1.5e-07"},
                                                      {100000, "100000.0"},
                                                      {1e6, "1e+06"},
                                                      {1234567, "1.234567e+06"},
                                                      {1e21, "1e+21"},
                                                      {1.5e300, "1.5e+300"}};
    for (const auto &[bound, text] : bounds) EXPECT_EQ(bound_text(bound), text);
}

} // namespace
} // namespace libnv::exposition
