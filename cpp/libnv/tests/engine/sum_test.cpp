#include <vector>

#include <gtest/gtest.h>

#include "engine/cell.hpp"
#include "engine/counter.hpp"
#include "engine/segment.hpp"
#include "live_threads.hpp"

namespace libnv::engine::test {
namespace {

using Sums = std::vector<std::uint64_t>;

Sums summed(std::uint32_t kind, std::vector<Cell> cells, Sums out) {
    const auto count = static_cast<std::uint32_t>(cells.size());
    const libnv_segment_v1 segment{128, count, kind, 1};
    add_cells(segment, cells.data(), count, out.data());
    return out;
}

TEST(Sum, EachKindAddsItsOwnCellsAtItsPlace) {
    EXPECT_EQ(summed(LIBNV_UNSIGNED, {1, 2}, {0, 10, 20, 0}), (Sums{0, 11, 22, 0}));
    EXPECT_EQ(summed(LIBNV_FIRST_OF_PAIR, {1, 2}, {0, 10, 20, 0}), (Sums{0, 11, 20, 0}));
    EXPECT_EQ(summed(LIBNV_SECOND_OF_PAIR, {1, 2}, {0, 10, 20, 0}), (Sums{0, 10, 22, 0}));
    EXPECT_EQ(summed(LIBNV_UNSIGNED, {UINT64_MAX, 2}, {0, 10, 20, 0}), (Sums{0, 9, 22, 0}));
}

TEST(Sum, AHistogramAddsAFloatSumAndWholeCounts) {
    EXPECT_EQ(summed(LIBNV_SUM_AND_COUNTS, {to_bits(2.25), 3}, {0, to_bits(0.5), 7}),
              (Sums{0, to_bits(2.75), 10}));
}

TEST(Sum, ACellThatNobodyTouchedLeavesANegativeZeroAlone) {
    EXPECT_EQ(summed(LIBNV_FLOAT, {0}, {0, to_bits(-0.0)}), (Sums{0, to_bits(-0.0)}));
}

TEST(Sum, CellsAreCountedUpToTheEndOfAStretch) {
    const auto at = [](std::uint32_t offset) {
        return cells_before({offset, 3, LIBNV_UNSIGNED, 0}, 4096);
    };
    EXPECT_EQ(at(4096 - 24), 3u);
    EXPECT_EQ(at(4096 - 16), 2u);
    EXPECT_EQ(at(4096), 0u);
    EXPECT_EQ(at(1u << 30), 0u);
}

TEST(Sum, ManySegmentsAreSummedAtOnceOverAllSlabs) {
    const auto floats = table().allocate(LIBNV_SPACE_THREAD, 1);
    const auto pair = table().allocate(LIBNV_SPACE_THREAD, 2);
    const Counter counter;
    const auto record = [&] {
        counter.add(1);
        const auto at = [&](std::int64_t answer, std::uint32_t index) -> Cell & {
            return cell_at(base_of_this_thread, static_cast<std::uint32_t>(answer) + index * 8);
        };
        __atomic_store_n(&at(floats, 0), to_bits(0.5), __ATOMIC_RELAXED);
        add_alone(at(pair, 0), 3);
        add_alone(at(pair, 1), 2);
    };
    libnv::test::while_alive(3, record, [] {});
    const libnv_segment_v1 segments[] = {
        {counter.offset(), 1, LIBNV_UNSIGNED, 0},
        {static_cast<std::uint32_t>(pair), 2, LIBNV_SECOND_OF_PAIR, 2},
        {static_cast<std::uint32_t>(floats), 1, LIBNV_FLOAT, 1},
        {static_cast<std::uint32_t>(pair), 2, LIBNV_FIRST_OF_PAIR, 2},
    };
    Sums sums(4);
    table().sum(segments, 4, sums.data(), sums.size());
    EXPECT_EQ(sums, (Sums{3, to_bits(1.5), 9, 6}));
}

TEST(Sum, ASegmentThatPointsPastTheCellsOrTheOutputIsLeftOut) {
    const Counter counter;
    counter.add(7);
    std::uint64_t sum = 0;
    const libnv_segment_v1 segments[] = {
        {0x7ffffff8, 1, LIBNV_UNSIGNED, 0},
        {counter.offset(), 1, LIBNV_UNSIGNED, 1},
        {counter.offset() + 4, 1, LIBNV_UNSIGNED, 0},
        {counter.offset(), 1, LIBNV_UNSIGNED, 0},
    };
    table().sum(segments, 4, &sum, 1);
    EXPECT_EQ(sum, 7u);
    table().sum(nullptr, 0, nullptr, 0);
}

TEST(Sum, AReaderOfAnOlderHeaderGetsNoMoreThanItHasRoomFor) {
    struct {
        libnv_cell_stats_v1 stats;
    } out{};
    out.stats.struct_size = offsetof(libnv_cell_stats_v1, leases);
    out.stats.leases = 77;
    const Counter counter;
    counter.add(1);
    table().stats(&out.stats);
    EXPECT_EQ(out.stats.leased, 1u);
    EXPECT_EQ(out.stats.leases, 77u) << "beyond the size that the caller gave";
}

} // namespace
} // namespace libnv::engine::test
