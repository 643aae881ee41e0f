#include <atomic>
#include <thread>

#include <pthread.h>

#include <gtest/gtest.h>

#include "child_process.hpp"
#include "engine/counter.hpp"
#include "live_threads.hpp"
#include "sanitized.hpp"

namespace libnv::engine::test {
namespace {

using libnv::test::in_child;
using libnv::test::while_alive;

constexpr const char *kNoThreads =
    "the thread sanitizer of g++ takes new threads of a child for those that vanished";

TEST(Fork, AChildCountsFromZeroOnItsThreadAndOnNewOnes) {
    if (libnv::test::kIsThreadSanitized) GTEST_SKIP() << kNoThreads;
    const Counter counter;
    const auto record = [&] { counter.add(1); };
    record();
    while_alive(3, record, [&] {
        EXPECT_EQ(counter.value(), 4u);
        in_child([&] {
            EXPECT_EQ(counter.value(), 0u);
            record();
            while_alive(5, record, [&] { EXPECT_EQ(counter.value(), 6u); });
        });
        EXPECT_EQ(counter.value(), 4u);
    });
    record();
    EXPECT_EQ(counter.value(), 5u);
}

TEST(Fork, AChildLeasesTheSlabsOfVanishedThreads) {
    if (libnv::test::kIsThreadSanitized) GTEST_SKIP() << kNoThreads;
    const Counter counter;
    const auto record = [&] { counter.add(1); };
    record();
    while_alive(4, record, [&] {
        EXPECT_EQ(stats().leased, 5u);
        in_child([&] {
            EXPECT_EQ(stats().leased, 1u) << "this thread has its slab, no other lives";
            while_alive(4, record, [&] { EXPECT_EQ(stats().leased, 5u); });
            EXPECT_EQ(stats().slabs, 5u);
        });
    });
}

TEST(Fork, AChildOfAThreadWithoutASlabCountsFromZero) {
    const Counter counter;
    while_alive(
        2, [&] { counter.add(1); },
        [&] {
            in_child([&] {
                EXPECT_EQ(counter.value(), 0u);
                counter.add(1);
                EXPECT_EQ(counter.value(), 1u);
            });
        });
}

TEST(Fork, SharedCellsStartAtZeroAndGaugesKeepTheirValue) {
    const auto shared = static_cast<std::uint32_t>(table().allocate(LIBNV_SPACE_SHARED, 1));
    const auto gauge = static_cast<std::uint32_t>(table().allocate(LIBNV_SPACE_GAUGE, 1));
    std::uint8_t *const base = table().shared_base();
    cell_at(base, shared) = 4;
    cell_at(base, gauge) = 5;
    in_child([&] {
        EXPECT_EQ(cell_at(base, shared), 0u);
        EXPECT_EQ(cell_at(base, gauge), 5u);
    });
    EXPECT_EQ(cell_at(base, shared), 4u);
}

TEST(Fork, ALeaseHeldByALockStaysInAChild) {
    const Counter counter;
    std::uint8_t *const base = table().lease_to_lock();
    add_alone(cell_at(base, counter.offset()), 5);
    in_child([&] {
        EXPECT_EQ(counter.value(), 0u);
        // No thread that comes now may get the slab.
        while_alive(
            3, [&] { EXPECT_NE(lease(base_of_this_thread), base); }, [] {});
        add_alone(cell_at(base, counter.offset()), 7);
        EXPECT_EQ(counter.value(), 7u);
        table().return_from_lock(base);
        EXPECT_EQ(stats().leased, 0u);
    });
    EXPECT_EQ(counter.value(), 5u);
}

// What another thread asks for while this one forks; counted by forks.
std::atomic<int> forked{0};
std::atomic<int> asked{0};
std::atomic<int> got{0};
std::atomic<int> held{0};

void wait_for(const std::atomic<int> &count, int value) {
    while (count.load(std::memory_order_acquire) != value) std::this_thread::yield();
}

// Runs after the engine's handler, which takes the locks: it was registered before it.
void once_locked() {
    const int number = forked.fetch_add(1, std::memory_order_acq_rel) + 1;
    wait_for(asked, number);
}

// Runs before the engine's, which releases them.
void while_locked() {
    if (got.load(std::memory_order_acquire) < forked.load(std::memory_order_acquire)) ++held;
}

// Expects that `ask` waits for the end of a fork, in each of many.
template <typename Ask>
void expect_that_it_waits_for_forks(Ask ask) {
    if (libnv::test::kIsSanitized) GTEST_SKIP() << "a sanitizer holds locks of its own in a fork";
    constexpr int kForks = 50;
    ASSERT_EQ(pthread_atfork(once_locked, while_locked, nullptr), 0);
    ask(); // the engine's handlers come with its first use
    std::thread asks([&] {
        for (int at = 1; at <= kForks; ++at) {
            wait_for(forked, at);
            asked.store(at, std::memory_order_release);
            ask();
            got.store(at, std::memory_order_release);
        }
    });
    for (int at = 1; at <= kForks; ++at) {
        in_child([] {});
        wait_for(got, at);
    }
    asks.join();
    EXPECT_EQ(held, kForks);
}

TEST(Fork, NobodyTakesOrGivesBackCellsDuringOne) {
    expect_that_it_waits_for_forks([] {
        const auto taken = table().allocate(LIBNV_SPACE_THREAD, 1);
        table().free(static_cast<std::uint32_t>(taken), 1);
    });
}

TEST(Fork, NobodyLeasesOrReturnsASlabDuringOne) {
    expect_that_it_waits_for_forks([] { table().return_from_lock(table().lease_to_lock()); });
}

TEST(Fork, ForksAmongBusyThreadsLeaveNothingLocked) {
    if (libnv::test::kIsSanitized)
        GTEST_SKIP() << "a sanitizer's allocator stays locked in a child";
    constexpr int kForks = 100;
    const Counter counter;
    std::atomic<bool> is_over{false};
    std::thread allocates([&] {
        while (!is_over.load(std::memory_order_relaxed)) {
            const auto taken = table().allocate(LIBNV_SPACE_THREAD, 4096);
            table().free(static_cast<std::uint32_t>(taken), 4096);
        }
    });
    std::thread leases([&] {
        while (!is_over.load(std::memory_order_relaxed)) {
            std::thread([&] { counter.add(1); }).join();
        }
    });
    for (int at = 0; at < kForks; ++at) {
        in_child([&] {
            EXPECT_EQ(counter.value(), 0u);
            const Counter fresh;
            while_alive(
                2, [&] { fresh.add(1); }, [&] { EXPECT_EQ(fresh.value(), 2u); });
        });
    }
    is_over = true;
    allocates.join();
    leases.join();
}

} // namespace
} // namespace libnv::engine::test
