#include "exposition/formats.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "registry/error.hpp"

namespace libnv::exposition {
namespace {

using registry::FamilySnapshot;
using registry::Kind;
using registry::Snapshot;
using registry::Values;

FamilySnapshot family(const std::string &name, Kind kind, const std::vector<std::string> &labels,
                      Values values) {
    FamilySnapshot made;
    made.name = name;
    made.kind = kind;
    made.values = std::move(values);
    for (const auto &text : labels) made.labels.push_back(std::make_shared<std::string>(text));
    return made;
}

registry::HistogramValue histogram(double lowest, double sum) {
    return {std::make_shared<const std::vector<double>>(std::vector<double>{lowest, 1}),
            {1, 0, 2},
            sum};
}

using Floats = std::vector<double>;
using Histograms = std::vector<registry::HistogramValue>;

TEST(OpenMetrics, ACounterIsNamedWithoutTotalInItsHeader) {
    FamilySnapshot counter = family("busy_seconds_total", Kind::kCounter, {" "}, Floats{1.5});
    counter.help = "How \"busy\".";
    counter.unit = "seconds";
    EXPECT_EQ(to_openmetrics({{counter}}),
              "# HELP busy_seconds How \\\"busy\\\".\n# TYPE busy_seconds counter\n"
              "# UNIT busy_seconds seconds\nbusy_seconds_total 1.5\n# EOF\n");
}

TEST(OpenMetrics, WhatItsTypeForbidsIsOfUnknownType) {
    EXPECT_EQ(to_openmetrics({{family("x", Kind::kCounter, {" "}, Floats{1})}}),
              "# TYPE x unknown\nx 1\n# EOF\n");
    EXPECT_EQ(to_openmetrics({{family("x_total", Kind::kCounter, {" "}, Floats{NAN})}}),
              "# TYPE x_total unknown\nx_total NaN\n# EOF\n");
    EXPECT_EQ(
        to_openmetrics({{family("h", Kind::kHistogram, {" "}, Histograms{histogram(-1, 3)})}}),
        "# TYPE h_bucket unknown\nh_bucket{le=\"-1.0\"} 1\nh_bucket{le=\"1.0\"} 1\n"
        "h_bucket{le=\"+Inf\"} 3\n# TYPE h_sum unknown\nh_sum 3\n# TYPE h_count unknown\n"
        "h_count 3\n# EOF\n");
}

TEST(OpenMetrics, FamiliesThatWouldShareANameAreOfUnknownType) {
    EXPECT_EQ(to_openmetrics({{family("x", Kind::kGauge, {" "}, Floats{1}),
                               family("x_total", Kind::kCounter, {" "}, Floats{2})}}),
              "# TYPE x gauge\nx 1\n# TYPE x_total unknown\nx_total 2\n# EOF\n");
}

TEST(Json, NumbersThatItDoesNotHaveAreTexts) {
    FamilySnapshot gauge = family("g", Kind::kGauge, {R"({a="x\"\\\n"} )"}, Floats{INFINITY});
    gauge.help = "A\tb.";
    gauge.created = {1.5};
    EXPECT_EQ(to_json({{gauge}}),
              R"({"families":[{"name":"g","type":"gauge","help":"A\u0009b.","series":[{"labels":)"
              R"({"a":"x\"\\\n"},"value":"+Inf","created":1.5}]}]})"
              "\n");
}

TEST(Json, AHistogramHasCumulativeBuckets) {
    EXPECT_EQ(to_json({{family("h", Kind::kHistogram, {" "}, Histograms{histogram(0.5, 3)})}}),
              R"({"families":[{"name":"h","type":"histogram","series":[{"labels":{},"count":3,)"
              R"("sum":3,"buckets":[{"le":0.5,"count":1},{"le":1,"count":1},)"
              R"({"le":"+Inf","count":3}]}]}]})"
              "\n");
}

TEST(Text, ATimestampIsInMilliseconds) {
    FamilySnapshot gauge = family("g", Kind::kUnknown, {" ", "{a=\"1\"} "}, Floats{1, 2});
    gauge.timestamps = {NAN, 1.5};
    EXPECT_EQ(to_text({{gauge}}), "# TYPE g untyped\ng 1\ng{a=\"1\"} 2 1500\n");
}

TEST(Formats, OneThatIsNotThereIsRefused) {
    EXPECT_THROW(write_page({}, 99), registry::Error);
}

} // namespace
} // namespace libnv::exposition
