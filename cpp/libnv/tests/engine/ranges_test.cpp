#include <thread>
#include <vector>

#include <gtest/gtest.h>

#include "engine/counter.hpp"
#include "engine/spaces.hpp"
#include "live_threads.hpp"

namespace libnv::engine::test {
namespace {

Spaces small() {
    return Spaces({kFirst + 32, kFirst + 64, kFirst + 96});
}

TEST(Ranges, AFullThreadStretchOverflowsIntoTheSharedOne) {
    Spaces spaces = small();
    for (int at = 0; at < 4; ++at) {
        EXPECT_EQ(spaces.space_of(spaces.take(Space::kThread, 1).value()), Space::kThread);
    }
    EXPECT_EQ(spaces.space_of(spaces.take(Space::kThread, 1).value()), Space::kShared);
}

TEST(Ranges, AFullSpaceRefusesAndServesAgainOnceARangeComesBack) {
    Spaces spaces = small();
    const std::uint32_t first = spaces.take(Space::kGauge, 3).value();
    EXPECT_FALSE(spaces.take(Space::kGauge, 2));
    spaces.give(first, 3);
    EXPECT_EQ(spaces.take(Space::kGauge, 2), first) << "a larger range is split";
    EXPECT_EQ(spaces.take(Space::kGauge, 1), first + 16) << "and its rest is used";
}

TEST(Ranges, ARangeTooLargeForTheSpaceIsRefused) {
    Spaces spaces = small();
    EXPECT_FALSE(spaces.take(Space::kShared, UINT32_MAX));
    EXPECT_FALSE(spaces.take(Space::kThread, 1000));
    EXPECT_FALSE(spaces.take(Space::kThread, UINT32_MAX / 8 + 2));
}

TEST(Ranges, TheAnswerSaysTheSpaceAboveTheOffset) {
    for (const std::uint32_t space : {LIBNV_SPACE_THREAD, LIBNV_SPACE_SHARED, LIBNV_SPACE_GAUGE}) {
        EXPECT_EQ(table().allocate(space, 2) >> 32, std::int64_t{space});
    }
    EXPECT_EQ(table().allocate(3, 1), -1);
    EXPECT_EQ(table().allocate(LIBNV_SPACE_THREAD, UINT32_MAX), -1);
}

TEST(Ranges, ARangeThatIsUsedAgainReadsZeroInEverySlab) {
    std::uint32_t offset = 0;
    {
        const Counter counter;
        offset = counter.offset();
        counter.add(1);
        libnv::test::while_alive(
            3, [&] { counter.add(5); }, [] {});
        EXPECT_EQ(counter.value(), 16u);
    }
    const Counter again;
    EXPECT_EQ(again.offset(), offset);
    EXPECT_EQ(again.value(), 0u);
    again.add(2);
    EXPECT_EQ(again.value(), 2u);
}

TEST(Ranges, SharedCellsAndGaugesThatAreUsedAgainReadZero) {
    for (const std::uint32_t space : {LIBNV_SPACE_SHARED, LIBNV_SPACE_GAUGE}) {
        const auto offset = static_cast<std::uint32_t>(table().allocate(space, 2));
        std::uint64_t &second = cell_at(table().shared_base(), offset + 8);
        second = 7;
        table().free(offset, 2);
        EXPECT_EQ(static_cast<std::uint32_t>(table().allocate(space, 2)), offset);
        EXPECT_EQ(second, 0u);
    }
}

} // namespace
} // namespace libnv::engine::test
