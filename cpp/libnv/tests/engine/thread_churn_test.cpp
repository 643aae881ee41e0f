#include <algorithm>
#include <thread>
#include <vector>

#include <gtest/gtest.h>

#include "engine/counter.hpp"
#include "live_threads.hpp"

namespace libnv::engine::test {
namespace {

TEST(Engine, TheSumIsEveryIncrementOfThreadsThatComeAndGo) {
    const Counter counter;
    constexpr std::uint64_t kGenerations = 50, kThreads = 8, kRecords = 1000;
    for (std::uint64_t generation = 0; generation < kGenerations; ++generation) {
        std::vector<std::thread> threads;
        for (std::uint64_t at = 0; at < kThreads; ++at) {
            threads.emplace_back([&] {
                for (std::uint64_t n = 0; n < kRecords; ++n) EXPECT_TRUE(counter.add(1));
            });
        }
        for (auto &thread : threads) thread.join();
        EXPECT_EQ(counter.value(), (generation + 1) * kThreads * kRecords);
    }
    EXPECT_LE(stats().slabs, kThreads);
    EXPECT_EQ(stats().leases, kGenerations * kThreads);
    EXPECT_EQ(stats().leased, 0u);
}

TEST(Engine, ThereAreAsManySlabsAsThreadsWereAliveAtOnce) {
    const Counter counter;
    const auto record = [&] { counter.add(1); };
    libnv::test::while_alive(5, record, [] { EXPECT_EQ(stats().leased, 5u); });
    libnv::test::while_alive(3, record, [] { EXPECT_EQ(stats().leased, 3u); });
    EXPECT_EQ(stats().slabs, 5u);
    EXPECT_EQ(counter.value(), 8u);
}

TEST(Engine, ASumReadWhileThreadsComeAndGoNeverShrinks) {
    const Counter counter;
    std::atomic<bool> is_over{false};
    std::thread reader([&] {
        std::uint64_t last = 0;
        while (!is_over.load(std::memory_order_relaxed)) {
            const std::uint64_t now = counter.value();
            EXPECT_GE(now, last);
            last = now;
        }
    });
    for (int generation = 0; generation < 100; ++generation) {
        std::thread first([&] { counter.add(3); });
        std::thread second([&] { counter.add(4); });
        first.join();
        second.join();
    }
    is_over = true;
    reader.join();
    EXPECT_EQ(counter.value(), 700u);
}

} // namespace
} // namespace libnv::engine::test
