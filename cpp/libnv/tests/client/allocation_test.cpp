// What allocates, counted at malloc.
#include <gtest/gtest.h>
#include <libnv/libnv.hpp>

#include <cstddef>

extern "C" {

void *__libc_malloc(std::size_t size);
void *__libc_calloc(std::size_t count, std::size_t size);
void *__libc_realloc(void *block, std::size_t size);

static thread_local std::size_t allocations;

void *malloc(std::size_t size) {
    ++allocations;
    return __libc_malloc(size);
}

void *calloc(std::size_t count, std::size_t size) {
    ++allocations;
    return __libc_calloc(count, size);
}

void *realloc(void *block, std::size_t size) {
    ++allocations;
    return __libc_realloc(block, size);
}

} // extern "C"

namespace libnv::test {
namespace {

TEST(Allocation, RecordsMakeNone) {
    Container container = Container::open("app");
    Counter counter = container.counter("requests_total");
    FloatCounter amount = container.float_counter("busy_seconds_total");
    UpDownCounter up_down = container.up_down_counter("in_flight");
    Gauge gauge = container.gauge("queue_length");
    Histogram histogram = container.histogram("latency_seconds");
    ExponentialHistogram exponential = container.exponential_histogram("gap_seconds");
    StateSet states = container.state_set("phase", {"loading", "ready"});
    counter.inc(); // leases the thread's slab
    std::size_t before = allocations;
    for (int n = 0; n < 100; ++n) {
        counter.inc();
        amount.inc_by(0.5);
        InFlight request = up_down.in_flight();
        gauge.set(n);
        gauge.inc();
        auto timer = histogram.start_timer();
        exponential.observe(n);
        states.set_only("ready");
        Counter copy = counter;
        copy.inc();
    }
    EXPECT_EQ(allocations, before);
}

TEST(Allocation, LookUpsOfWhatIsThereMakeNone) {
    Container container = Container::open("app");
    CounterFamily family = container.counter_family("responses_total", {"route", "status"});
    family.with_label_values({"/chat", "200"}).inc();
    std::size_t before = allocations;
    for (int n = 0; n < 100; ++n) family.with_label_values({"/chat", "200"}).inc();
    EXPECT_EQ(allocations, before);
}

TEST(Allocation, IsCounted) {
    std::size_t before = allocations;
    void *volatile block = std::malloc(1);
    std::free(block);
    EXPECT_EQ(allocations, before + 1);
}

} // namespace
} // namespace libnv::test
