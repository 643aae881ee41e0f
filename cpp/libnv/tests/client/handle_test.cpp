// What handles of each kind record, and what becomes of copies and of those that are empty.
#include <gtest/gtest.h>
#include <libnv/libnv.hpp>

#include <limits>
#include <thread>
#include <type_traits>

namespace libnv::test {
namespace {

constexpr double kNan = std::numeric_limits<double>::quiet_NaN();

static_assert(sizeof(Counter) == 8 && sizeof(Histogram) == 8 && sizeof(Gauge) == 8);
static_assert(std::is_nothrow_copy_constructible_v<Counter>);
static_assert(std::is_nothrow_move_constructible_v<StateSet>);

class Handle : public testing::Test {
protected:
    Container container = Container::open("app");
};

TEST_F(Handle, CopiesRecordIntoTheSameSeries) {
    Counter one = container.counter("requests_total");
    Counter other = one;
    other.inc();
    EXPECT_EQ(one.value(), 1u);
    Counter &same = other;
    other = same;
    EXPECT_EQ(other.value(), 1u);
}

TEST_F(Handle, WhatIsEmptyRecordsNowhere) {
    Counter counter;
    counter.inc();
    EXPECT_EQ(counter.value(), 0u);
    Histogram histogram;
    histogram.observe(1.0);
    EXPECT_EQ(histogram.value().count, 0u);
    ExponentialHistogram exponential;
    exponential.observe(kNan);
    EXPECT_EQ(exponential.value().count, 0u);
    StateSet states;
    states.set_only("on");
    EXPECT_FALSE(states.is_enabled("on"));
    Gauge gauge;
    gauge.inc();
    EXPECT_EQ(gauge.value(), 0.0);
    CounterFamily family;
    family.with_label_values({"a"}).inc();
    EXPECT_FALSE(family.remove({"a"}));
}

TEST_F(Handle, WhatWasMovedFromRecordsNowhere) {
    Counter counter = container.counter("requests_total");
    Counter moved = std::move(counter);
    counter.inc();
    moved.inc();
    EXPECT_EQ(moved.value(), 1u);
}

TEST_F(Handle, RecordsOfAllThreadsAddUp) {
    Counter counter = container.counter("requests_total");
    UpDownCounter up_down = container.up_down_counter("in_flight");
    Histogram histogram = container.histogram("latency_seconds", "", {1.0});
    std::vector<std::thread> threads;
    for (int at = 0; at < 8; ++at)
        threads.emplace_back([&] {
            for (int n = 0; n < 1000; ++n) {
                counter.inc();
                up_down.add(n % 2 == 0 ? 2 : -1);
                histogram.observe(n % 2 == 0 ? 0.5 : 2.0);
            }
        });
    for (auto &thread : threads) thread.join();
    EXPECT_EQ(counter.value(), 8000u);
    EXPECT_EQ(up_down.value(), 4000);
    HistogramValue value = histogram.value();
    EXPECT_EQ(value.count, 8000u);
    EXPECT_EQ(value.sum, 10000.0);
    EXPECT_EQ(value.counts, (std::vector<std::uint64_t>{4000, 4000}));
}

TEST_F(Handle, AFloatCounterRefusesWhatDoesNotGrow) {
    FloatCounter busy = container.float_counter("busy_seconds_total");
    busy.inc();
    busy.inc_by(0.25);
    busy.inc_by(-1.0);
    busy.inc_by(kNan);
    EXPECT_EQ(busy.value(), 1.25);
}

TEST_F(Handle, AGaugeIsSetAndChanged) {
    Gauge queue = container.gauge("queue_length");
    queue.set(3.0);
    queue.inc(0.5);
    queue.dec(1.0);
    EXPECT_EQ(queue.value(), 2.5);
}

TEST_F(Handle, WhatIsInFlightIsCountedUntilItEnds) {
    UpDownCounter in_flight = container.up_down_counter("in_flight");
    {
        InFlight request = in_flight.in_flight();
        InFlight moved = std::move(request);
        EXPECT_EQ(in_flight.value(), 1);
    }
    EXPECT_EQ(in_flight.value(), 0);
}

TEST_F(Handle, ATimerObservesOnce) {
    Histogram latency = container.histogram("latency_seconds");
    {
        auto timer = latency.start_timer();
        auto moved = std::move(timer);
    }
    EXPECT_EQ(latency.value().count, 1u);
    {
        auto timer = latency.start_timer();
        EXPECT_GE(timer.stop().count(), 0.0);
    }
    EXPECT_EQ(latency.value().count, 2u);
    latency.start_timer().discard();
    EXPECT_EQ(latency.value().count, 2u);
}

TEST_F(Handle, AHistogramCountsManyAtOnce) {
    Histogram size = container.histogram("size_bytes", "", {10.0, 100.0});
    size.observe_n(50.0, 3);
    size.observe_n(50.0, 0);
    size.observe(kNan);
    EXPECT_EQ(size.value().counts, (std::vector<std::uint64_t>{0, 3, 0}));
    EXPECT_EQ(size.value().sum, 150.0);
}

TEST_F(Handle, AnExponentialHistogramNeedsNoBuckets) {
    Options options;
    options.layout.is_signed = true;
    ExponentialHistogram drift = container.exponential_histogram("drift_seconds", options);
    drift.observe(-1e-3);
    drift.observe_n(1e3, 2);
    EXPECT_EQ(drift.value().count, 3u);
    EXPECT_EQ(drift.value().sum, 2000.0 - 1e-3);
    ExponentialHistogram unsigned_one = container.exponential_histogram("wait_seconds");
    unsigned_one.observe(-1.0);
    EXPECT_EQ(unsigned_one.value().count, 0u);
}

TEST_F(Handle, AStateSetHasItsStates) {
    StateSet connection = container.state_set("connection", {"connecting", "connected", "closed"});
    connection.set_only("connecting");
    connection.set_only("connected");
    EXPECT_TRUE(connection.is_enabled("connected"));
    EXPECT_FALSE(connection.is_enabled("connecting"));
    connection.enable("closed");
    connection.disable("connected");
    connection.enable("no such state");
    std::string page = container.text();
    EXPECT_NE(page.find("app_connection{app_connection=\"connected\"} 0\n"), std::string::npos);
    EXPECT_NE(page.find("app_connection{app_connection=\"closed\"} 1\n"), std::string::npos);
}

TEST_F(Handle, AnInfoIsThereFromItsDeclaration) {
    container.info("build", "What runs here.", {{"version", "1.2"}});
    EXPECT_NE(container.text().find("app_build_info{version=\"1.2\"} 1\n"), std::string::npos);
}

} // namespace
} // namespace libnv::test
