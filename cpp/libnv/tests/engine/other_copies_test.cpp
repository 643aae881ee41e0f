#include <algorithm>
#include <array>
#include <thread>
#include <vector>

#include <gtest/gtest.h>

#include "engine/counter.hpp"
#include "engine/exit_key.hpp"
#include "engine/exit_slots.hpp"

namespace libnv::engine::test {
namespace {

constexpr std::size_t kCopies = ExitSlots::kPlaces;

// One pointer for each of several copies, as in each copy's own storage.
using Slots = std::array<std::uint8_t *, kCopies + 1>;
thread_local Slots slots{};

TEST(Engine, EveryCopyOfAThreadGetsTheSameSlab) {
    std::thread([] {
        std::uint8_t *base = lease(slots[0]);
        ASSERT_NE(base, nullptr);
        EXPECT_EQ(lease(slots[1]), base);
        EXPECT_EQ(slots[0], base);
        EXPECT_EQ(slots[1], base);
        EXPECT_EQ(slots[2], nullptr);
    }).join();
}

TEST(Engine, TheSlotOfEveryCopyIsNullInTheLateRoundsOfAnExit) {
    const ExitKey before;
    std::thread([] { lease(slots[0]); }).join(); // creates the engine's key
    const ExitKey after;
    std::vector<std::pair<int, Slots>> seen;
    std::thread([&] {
        for (std::size_t copy = 0; copy < kCopies; ++copy) ASSERT_NE(lease(slots[copy]), nullptr);
        before.arm([&](int round) { seen.emplace_back(round, slots); });
        after.arm([&](int round) { seen.emplace_back(round, slots); });
    }).join();
    ASSERT_EQ(seen.size(), std::size_t{2 * kRounds});
    for (const auto &[round, at_round] : seen) {
        const auto set =
            kCopies + 1 -
            static_cast<std::size_t>(std::count(at_round.begin(), at_round.end(), nullptr));
        // The engine's second turn comes between that of the two keys.
        const bool owned = set == kCopies, nulled = set == 0;
        EXPECT_TRUE(round == 1   ? owned
                    : round == 2 ? owned || nulled
                                 : nulled)
            << "round " << round << ": " << set << " slots";
    }
}

TEST(Engine, AThreadPastItsExitIsRefusedAndItsSlotStaysNull) {
    std::thread([] { lease(slots[0]); }).join();
    const ExitKey after;
    int refused = 0;
    std::thread([&] {
        lease(slots[0]);
        after.arm([&](int round) {
            if (round <= 2) return;
            refused += lease(slots[0]) == nullptr && slots[0] == nullptr;
            refused += lease(slots[1]) == nullptr && slots[1] == nullptr;
        });
    }).join();
    EXPECT_EQ(refused, 2 * (kRounds - 2));
}

TEST(Engine, TheSeventeenthCopyIsRefusedAndRecordsByAtomicAdds) {
    const Counter counter;
    std::thread([&] {
        for (std::size_t copy = 0; copy < kCopies; ++copy) ASSERT_NE(lease(slots[copy]), nullptr);
        EXPECT_EQ(lease(slots[kCopies]), nullptr) << "there is no place for its slot";
        EXPECT_EQ(slots[kCopies], nullptr);
        EXPECT_FALSE(counter.add(3)) << "this would be the seventeenth too";
    }).join();
    EXPECT_EQ(counter.value(), 3u);
    std::thread([&] { EXPECT_TRUE(counter.add(4)) << "the next thread has all places"; }).join();
    EXPECT_EQ(counter.value(), 7u);
}

TEST(Engine, ACopyThatLeasesAgainTakesNoSecondPlace) {
    std::thread([] {
        std::uint8_t *base = lease(slots[0]);
        for (std::size_t at = 0; at < 2 * kCopies; ++at) EXPECT_EQ(lease(slots[0]), base);
        EXPECT_EQ(lease(slots[1]), base);
    }).join();
}

} // namespace
} // namespace libnv::engine::test
