// Series that are looked up by the values of their labels.
#include <gtest/gtest.h>
#include <libnv/libnv.hpp>

namespace libnv::test {
namespace {

class FamilyOf : public testing::Test {
protected:
    Container container = Container::open("app");
    CounterFamily responses = container.counter_family("responses_total", {"route", "status"});

    bool is_on_page(const std::string &line) const {
        return container.text().find(line) != std::string::npos;
    }
};

TEST_F(FamilyOf, TheSameValuesAreTheSameSeries) {
    responses.with_label_values({"/chat", "200"}).inc();
    Counter kept = responses.with_label_values({"/chat", "200"});
    kept.inc();
    EXPECT_EQ(kept.value(), 2u);
    responses.with_label_values({"/chat", "500"}).inc();
    EXPECT_TRUE(is_on_page("app_responses_total{route=\"/chat\",status=\"200\"} 2\n"));
    EXPECT_TRUE(is_on_page("app_responses_total{route=\"/chat\",status=\"500\"} 1\n"));
}

TEST_F(FamilyOf, AWrongNumberOfValuesIsAnError) {
    auto refused = responses.try_with_label_values({"/chat"});
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().kind(), ErrorKind::kLabelCount);
    responses.with_label_values({"/chat"}).inc();
    EXPECT_EQ(container.text().find("/chat"), std::string::npos);
}

TEST_F(FamilyOf, WhatIsRemovedLeavesThePageAndItsHandlesWork) {
    Counter kept = responses.with_label_values({"/chat", "200"});
    EXPECT_TRUE(responses.remove({"/chat", "200"}));
    EXPECT_FALSE(responses.remove({"/chat", "200"}));
    kept.inc();
    EXPECT_EQ(kept.value(), 1u);
    EXPECT_FALSE(is_on_page("/chat"));
    EXPECT_EQ(responses.with_label_values({"/chat", "200"}).value(), 0u) << "it begins anew";
}

TEST_F(FamilyOf, BeyondItsLimitSeriesShareOne) {
    Options options;
    options.limit = 2;
    CounterFamily few = container.counter_family("few_total", {"user"}, options);
    for (const char *user : {"a", "b", "c", "d"}) few.with_label_values({user}).inc();
    EXPECT_FALSE(is_on_page("user=\"d\""));
}

TEST_F(FamilyOf, ManyLabelsAreLookedUpToo) {
    std::vector<std::string> names;
    std::vector<std::string_view> values;
    for (char name = 'a'; name < 'a' + 12; ++name) {
        names.emplace_back(1, name);
        values.emplace_back("x");
    }
    GaugeFamily wide = container.gauge_family("wide", names);
    wide.with_label_values(values.data(), values.size()).set(2.0);
    EXPECT_EQ(wide.with_label_values(values.data(), values.size()).value(), 2.0);
}

TEST_F(FamilyOf, StatesBelongToAllSeriesOfIt) {
    StateSetFamily phases = container.state_set_family("phase", {"model"}, {"loading", "ready"});
    phases.with_label_values({"small"}).set_only("ready");
    EXPECT_TRUE(phases.with_label_values({"small"}).is_enabled("ready"));
    EXPECT_FALSE(phases.with_label_values({"large"}).is_enabled("ready"));
}

TEST_F(FamilyOf, ARefusedFamilyRecordsNowhere) {
    GaugeFamily refused = container.gauge_family("responses_total", {"route", "status"});
    refused.with_label_values({"/chat", "200"}).set(1.0);
    EXPECT_FALSE(is_on_page("/chat"));
    EXPECT_FALSE(container.try_declare_family<Gauge>("responses_total", {"route", "status"}));
}

TEST_F(FamilyOf, ItMayOutliveItsContainer) {
    CounterFamily family;
    {
        Container other = Container::open("app");
        family = other.counter_family("responses_total", {"route"});
    }
    EXPECT_EQ(family.with_label_values({"/chat"}).value(), 0u);
}

} // namespace
} // namespace libnv::test
