#include <thread>

#include <gtest/gtest.h>

#include "engine/counter.hpp"
#include "engine/exit_key.hpp"

namespace libnv::engine::test {
namespace {

// Records when the thread's destructors run.
struct Late {
    const Counter *counter = nullptr;
    ~Late() {
        if (counter != nullptr) counter->add(1);
    }
};

thread_local Late registered_before_the_lease;
thread_local Late registered_after_the_lease;

TEST(Engine, AThreadLocalDestructorRecords) {
    const Counter counter;
    for (const bool records_before : {false, true}) {
        std::thread([&] {
            registered_before_the_lease.counter = &counter;
            if (records_before) counter.add(1);
            registered_after_the_lease.counter = &counter;
        }).join();
    }
    EXPECT_EQ(counter.value(), 2u + 1u + 2u);
    EXPECT_EQ(stats().leased, 0u);
}

// Keys on both sides of the engine's, which the first allocation creates.
struct KeysOnBothSides {
    ExitKey before;
    Counter counter;
    ExitKey after;
};

TEST(Engine, KeyDestructorsRecordInEveryRoundOfAnExit) {
    const KeysOnBothSides keys;
    constexpr int kThreads = 50;
    for (int at = 0; at < kThreads; ++at) {
        std::thread([&] {
            keys.counter.add(1);
            keys.before.arm([&](int) { keys.counter.add(1); });
            keys.after.arm([&](int) { keys.counter.add(1); });
        }).join();
    }
    EXPECT_EQ(keys.counter.value(), std::uint64_t{kThreads * (1 + 2 * kRounds)});
}

TEST(Engine, AThreadThatFirstRecordsInAnyRoundOfItsExitLosesNothing) {
    if (libnv::test::kIsThreadSanitized) GTEST_SKIP() << "the engine's last round comes too late";
    const KeysOnBothSides keys;
    for (int first_round = 1; first_round <= kRounds; ++first_round) {
        for (const ExitKey *key : {&keys.before, &keys.after}) {
            std::thread([&] {
                key->arm([&](int round) {
                    if (round >= first_round) keys.counter.add(1);
                });
            }).join();
        }
    }
    EXPECT_EQ(keys.counter.value(), 2u * (4 + 3 + 2 + 1));
}

} // namespace
} // namespace libnv::engine::test
