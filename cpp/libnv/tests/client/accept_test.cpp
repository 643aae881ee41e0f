// The format that a client is given, by what it accepts.
#include <gtest/gtest.h>

#include <libnv/libnv.h>

#include "serve/accept.hpp"

namespace libnv::test {
namespace {

using http::format_of;

// What Prometheus sends; see `acceptHeader` in its `scrape/scrape.go`.
TEST(Accept, PrometheusGetsWhatItWantsMost) {
    EXPECT_EQ(format_of("application/openmetrics-text;version=1.0.0,"
                        "application/openmetrics-text;version=0.0.1;q=0.75,"
                        "text/plain;version=0.0.4;q=0.5,*/*;q=0.1"),
              std::uint32_t{LIBNV_OPENMETRICS})
        << "2.42";
    EXPECT_EQ(format_of("application/openmetrics-text; version=0.0.1,"
                        "text/plain;version=0.0.4;q=0.5,*/*;q=0.1"),
              std::uint32_t{LIBNV_TEXT})
        << "2.25, which does not know the version that is written here";
    EXPECT_EQ(format_of("application/openmetrics-text;version=1.0.0;escaping=allow-utf-8;q=0.6,"
                        "application/openmetrics-text;version=0.0.1;q=0.5,"
                        "text/plain;version=1.0.0;escaping=allow-utf-8;q=0.4,"
                        "text/plain;version=0.0.4;q=0.3,*/*;q=0.2"),
              std::uint32_t{LIBNV_OPENMETRICS})
        << "3.0";
    EXPECT_EQ(format_of("text/plain;version=1.0.0;escaping=allow-utf-8;q=0.6,"
                        "text/plain;version=0.0.4;q=0.5,"
                        "application/openmetrics-text;version=1.0.0;escaping=allow-utf-8;q=0.4,"
                        "*/*;q=0.3"),
              std::uint32_t{LIBNV_TEXT})
        << "3.14";
}

TEST(Accept, WhoeverDoesNotCareGetsText) {
    for (const char *accept :
         {"", "*/*", "text/*", "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8",
          "application/openmetrics-text;version=2.0.0", "application/openmetrics-text;q=0",
          "application/openmetrics-text;q=0,*/*;q=0", "application/json", ",;=,/"}) {
        EXPECT_EQ(format_of(accept), std::uint32_t{LIBNV_TEXT}) << accept;
    }
}

TEST(Accept, TheClosestRangeGivesTheWeight) {
    for (const char *accept :
         {"text/plain;q=0.1, */*;q=0.9", "application/*", "application/openmetrics-text",
          "text/*;q=0,*/*", "text/plain;q=0.9, application/openmetrics-text"}) {
        EXPECT_EQ(format_of(accept), std::uint32_t{LIBNV_OPENMETRICS}) << accept;
    }
    for (const char *accept : {"application/openmetrics-text;q=0.2, application/*, text/*;q=0.3",
                               "text/plain, application/openmetrics-text",
                               "text/plain;version=0.0.4, application/openmetrics-text"}) {
        EXPECT_EQ(format_of(accept), std::uint32_t{LIBNV_TEXT}) << accept;
    }
    EXPECT_EQ(format_of("application/openmetrics-text, text/plain"),
              std::uint32_t{LIBNV_OPENMETRICS})
        << "the first of equals";
}

TEST(Accept, CaseBlanksAndQuotesDoNotMatter) {
    for (const char *accept : {"Application/OpenMetrics-Text ; Version=\"1.0.0\" ; Q=0.5",
                               "\tapplication/openmetrics-text\t;\tversion = 1.0.0"}) {
        EXPECT_EQ(format_of(accept), std::uint32_t{LIBNV_OPENMETRICS}) << accept;
    }
}

TEST(Accept, AnElementWithAWrongWeightIsPassedOver) {
    for (const std::string weight : {"2", "1.001", "-1", "0.1234", "", "nan", "0.x", ".5", "1e0"}) {
        EXPECT_EQ(format_of("application/openmetrics-text;q=" + weight), std::uint32_t{LIBNV_TEXT})
            << weight;
    }
    for (const std::string weight : {"1", "1.", "1.000", "0.9", "0.001"}) {
        EXPECT_EQ(format_of("application/openmetrics-text;q=" + weight),
                  std::uint32_t{LIBNV_OPENMETRICS})
            << weight;
    }
}

} // namespace
} // namespace libnv::test
