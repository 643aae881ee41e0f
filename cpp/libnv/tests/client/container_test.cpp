// Containers, scopes and what is declared through them.
#include <gmock/gmock.h>
#include <libnv/libnv.hpp>

#include <thread>

namespace libnv::test {
namespace {

using testing::HasSubstr;
using testing::Not;

TEST(Container, WhatIsDeclaredIsOnItsPage) {
    Container container = Container::open("app");
    Counter requests = container.counter("requests_total", "Requests handled.", {{"model", "a"}});
    requests.inc();
    requests.inc_by(4);
    EXPECT_EQ(requests.value(), 5u);
    EXPECT_THAT(container.text(), HasSubstr("# HELP app_requests_total Requests handled.\n"
                                            "# TYPE app_requests_total counter\n"
                                            "app_requests_total{model=\"a\"} 5\n"));
}

TEST(Container, OptionsSayTheRest) {
    Container container = Container::open("app");
    Options options;
    options.help = "Time in the queue.";
    options.unit = "seconds";
    options.labels = {{"model", "a"}};
    options.buckets = {0.5, 1.0};
    options.aliases = {"waited"};
    container.histogram("queue_wait", options).observe(0.7);
    std::string page = container.text();
    EXPECT_THAT(page, HasSubstr("app_queue_wait_seconds_bucket{model=\"a\",le=\"1.0\"} 1\n"));
    EXPECT_THAT(page, HasSubstr("app_waited_seconds_sum{model=\"a\"} 0.7\n"));
}

TEST(Container, DeclaringTheSameTwiceGivesTheSameSeries) {
    Container container = Container::open("app");
    container.counter("requests_total").inc();
    EXPECT_EQ(container.counter("requests_total").value(), 1u);
}

TEST(Container, TwoOfOneNameDoNotShareAnything) {
    Container one = Container::open("app");
    Container other = Container::open("app");
    one.counter("requests_total").inc();
    EXPECT_EQ(other.counter("requests_total").value(), 0u);
}

TEST(Container, AllOfTheProcessAreTheSame) {
    Container().counter("requests_total").inc();
    EXPECT_EQ(Container().counter("requests_total").value(), 1u);
    EXPECT_THAT(Container().text(), HasSubstr("requests_total 1\n"));
}

TEST(Container, AScopeHasALongerPrefixAndMoreLabels) {
    Container container = Container::open("app");
    Container small = container.scope("engine", {{"model", "small"}});
    Container cuda = small.scope("", {{"device", "cuda"}});
    cuda.counter("kernels_total", "", {{"dtype", "bf16"}}).inc();
    EXPECT_THAT(container.text(),
                HasSubstr("app_engine_kernels_total{device=\"cuda\",dtype=\"bf16\","
                          "model=\"small\"} 1\n"));
    EXPECT_EQ(cuda.text(), container.text()) << "the page is the container's";
}

TEST(Container, WhatAScopeCanNotHaveIsLeftOut) {
    Container container = Container::open("app");
    Container scope = container.scope("engine", {{"__name", "x"}, {"model", "small"}});
    scope.counter("loads_total").inc();
    EXPECT_THAT(container.text(), HasSubstr("app_engine_loads_total{model=\"small\"} 1\n"));
    auto refused = container.try_scope("engine", {{"__name", "x"}});
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().kind(), ErrorKind::kReservedLabel);
}

TEST(Container, AMistakeIsSaidWithWhatIsThereAlready) {
    Container container = Container::open("app");
    container.counter("requests_total", "Requests handled.");
    auto refused = container.try_declare<Gauge>("requests_total");
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().kind(), ErrorKind::kKindMismatch);
    EXPECT_THAT(refused.error().message(), HasSubstr("requests_total"));
    EXPECT_EQ(refused.error().existing(), "a counter, \"Requests handled.\"");
}

TEST(Container, ARefusedHandleWorksAndNobodySeesIt) {
    Container container = Container::open("app");
    container.counter("requests_total");
    std::string before = container.text();
    Gauge gauge = container.gauge("requests_total");
    gauge.set(1.5);
    EXPECT_EQ(gauge.value(), 1.5);
    Gauge other = container.gauge("requests_total");
    EXPECT_EQ(other.value(), 0.0) << "each has a value of its own";
    ExponentialHistogram histogram = container.exponential_histogram("requests_total");
    histogram.observe(1.0);
    EXPECT_EQ(histogram.value().count, 1u);
    StateSet states = container.state_set("requests_total", {"off", "on"});
    states.set_only("on");
    EXPECT_TRUE(states.is_enabled("on"));
    EXPECT_EQ(container.text(), before);
    std::vector<Refusal> known = refusals("requests_total");
    ASSERT_EQ(known.size(), 4u);
    EXPECT_EQ(known[0].kind, ErrorKind::kKindMismatch);
}

TEST(Container, HandlesMayOutliveIt) {
    Counter requests;
    {
        Container container = Container::open("app");
        requests = container.counter("requests_total");
    }
    requests.inc();
    EXPECT_EQ(requests.value(), 1u);
}

TEST(Container, AStructOfHandlesIsDeclaredFromOne) {
    struct Metrics {
        explicit Metrics(const Container &container)
            : requests(container.counter("requests_total")),
              latency(container.histogram("latency_seconds")) {}
        Counter requests;
        Histogram latency;
    };
    Container container = Container::open("app");
    Metrics metrics(container.scope("engine"));
    metrics.requests.inc();
    metrics.latency.observe(0.1);
    EXPECT_THAT(container.text(), HasSubstr("app_engine_requests_total 1\n"));
    EXPECT_THAT(container.text(), HasSubstr("app_engine_latency_seconds_count 1\n"));
}

TEST(Container, SharedCellsAreOneSetForAllThreads) {
    Container container = Container::open("app");
    Options options;
    options.shared_cells = true;
    Counter counter = container.counter("rare_total", options);
    std::thread([&] { counter.inc(); }).join();
    counter.inc();
    EXPECT_EQ(counter.value(), 2u);
    EXPECT_TRUE(counter.slot()->offset & LIBNV_AT_SHARED);
}

TEST(Container, JsonIsAnotherFormatOfThePage) {
    Container container = Container::open("app");
    container.counter("requests_total").inc();
    EXPECT_THAT(container.json(), HasSubstr("\"app_requests_total\""));
    EXPECT_THAT(container.json(), Not(HasSubstr("# TYPE")));
}

} // namespace
} // namespace libnv::test
