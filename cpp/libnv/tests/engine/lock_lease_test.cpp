#include <mutex>
#include <thread>
#include <vector>

#include <gtest/gtest.h>

#include "engine/counter.hpp"

namespace libnv::engine::test {
namespace {

TEST(Engine, SeveralThreadsRecordThroughTheLeaseOfALockAndNothingIsLost) {
    constexpr std::uint64_t kThreads = 4, kRecords = 20'000;
    const Counter counter;
    std::mutex lock;
    std::uint8_t *const base = table().lease_to_lock();
    ASSERT_NE(base, nullptr);
    std::vector<std::thread> threads;
    for (std::uint64_t at = 0; at < kThreads; ++at) {
        threads.emplace_back([&] {
            for (std::uint64_t n = 0; n < kRecords; ++n) {
                {
                    const std::lock_guard held(lock);
                    add_alone(cell_at(base, counter.offset()), 2);
                }
                counter.add(1); // the thread's own slab takes part too
            }
        });
    }
    for (auto &thread : threads) thread.join();
    EXPECT_EQ(counter.value(), 3 * kThreads * kRecords);
    table().return_from_lock(base);
}

TEST(Engine, ALockThatReturnsItsLeaseHandsTheSlabOnWithWhatWasCounted) {
    const Counter counter;
    for (int at = 0; at < 100; ++at) {
        std::uint8_t *const base = table().lease_to_lock();
        EXPECT_EQ(stats().leased, 1u);
        add_alone(cell_at(base, counter.offset()), 1);
        table().return_from_lock(base);
    }
    std::thread([&] { counter.add(1); }).join();
    EXPECT_EQ(counter.value(), 101u);
    EXPECT_EQ(stats().slabs, 1u) << "a thread leases it next";
    EXPECT_EQ(stats().leased, 0u);
}

TEST(Engine, ALeaseThatIsReturnedTwiceOrWasNeverTakenGoesNowhere) {
    std::uint8_t *const base = table().lease_to_lock();
    table().return_from_lock(base);
    table().return_from_lock(base);
    table().return_from_lock(nullptr);
    std::uint8_t *const first = table().lease_to_lock();
    std::uint8_t *const second = table().lease_to_lock();
    EXPECT_NE(first, second);
    table().return_from_lock(first);
    table().return_from_lock(second);
}

} // namespace
} // namespace libnv::engine::test
