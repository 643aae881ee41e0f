// The record paths, over cells of the engine.
#include <gtest/gtest.h>

#include <cfloat>
#include <cmath>
#include <limits>
#include <thread>

#include "client/hand_made_slot.hpp"

namespace libnv::test {
namespace {

constexpr double kNan = std::numeric_limits<double>::quiet_NaN();

TEST(Record, ACounterAddsUpOverThreads) {
    HandMadeSlot counter(1);
    libnv_counter_add(&counter.slot, 1);
    std::thread([&] { libnv_counter_add(&counter.slot, 10); }).join();
    libnv_counter_add(&counter.slot, 100);
    EXPECT_EQ(counter.sums()[0], 111u);
}

TEST(Record, AfterItsFirstRecordAThreadStaysOnThePlainPath) {
    HandMadeSlot counter(1);
    EXPECT_FALSE(libnv_detail_is_plain(libnv_detail_address(&counter.slot)));
    libnv_counter_add(&counter.slot, 1);
    EXPECT_TRUE(libnv_detail_is_plain(libnv_detail_address(&counter.slot)));
}

TEST(Record, SharedCellsAreAddedToAtomically) {
    HandMadeSlot counter(1, LIBNV_SPACE_SHARED, LIBNV_AT_SHARED);
    std::vector<std::thread> threads;
    for (int at = 0; at < 4; ++at)
        threads.emplace_back([&] {
            for (int n = 0; n < 1000; ++n) libnv_counter_add(&counter.slot, 1);
        });
    for (auto &thread : threads) thread.join();
    EXPECT_EQ(counter.sums()[0], 4000u);
    EXPECT_EQ(counter.in_shared_slab(), 4000u);
}

TEST(Record, WhatGoesNowhereIsDropped) {
    libnv_counter_add(&libnv_no_slot, 1);
    libnv_float_counter_add(&libnv_no_slot, 1.0);
    libnv_up_down_counter_add(&libnv_no_slot, -1);
    libnv_gauge_set(&libnv_no_slot, 1.0);
    libnv_gauge_add(&libnv_no_slot, 1.0);
    libnv_state_set_only(&libnv_no_slot, 1);
    libnv_state_set_turn(&libnv_no_slot, 1, 1);
    libnv_histogram_observe(&libnv_no_slot, 1.0);
    libnv_exponential_observe(&libnv_no_slot, kNan);
    EXPECT_EQ(libnv_tls_base_v1, nullptr) << "nothing was leased for it";
}

TEST(Record, AnUnboundSlotCountsInItsOwnCells) {
    std::uint64_t own[3] = {};
    HandMadeSlot unbound(3, LIBNV_SPACE_THREAD, LIBNV_AT_OWN);
    unbound.slot.cells = own;
    libnv_counter_add(&unbound.slot, 5);
    libnv_up_down_counter_add(&unbound.slot, -3);
    EXPECT_EQ(own[0], 5u);
    EXPECT_EQ(own[1], 3u);
    EXPECT_EQ(unbound.sums()[0], 0u);
}

TEST(Record, AWatcherIsToldAfterEachRecord) {
    HandMadeSlot counter(1, LIBNV_SPACE_THREAD, LIBNV_AT_WATCHED);
    libnv_counter_add(&counter.slot, 1);
    libnv_counter_add(&counter.slot, 1);
    EXPECT_EQ(counter.notified(), 2);
    EXPECT_EQ(counter.sums()[0], 2u);
}

TEST(Record, AWatcherOfAGaugeIsToldToo) {
    HandMadeSlot gauge(1, LIBNV_SPACE_GAUGE, LIBNV_AT_WATCHED);
    libnv_gauge_set(&gauge.slot, 1.5);
    libnv_gauge_add(&gauge.slot, 1.0);
    EXPECT_EQ(gauge.notified(), 2);
    EXPECT_EQ(libnv_detail_to_double(*gauge.slot.cells), 2.5);
}

TEST(Record, NegativeAmountsAndNanAreRefusedAndCounted) {
    HandMadeSlot amount(1);
    for (int round = 0; round < 2; ++round) { // without a slab, then with one
        libnv_float_counter_add(&amount.slot, 0.5);
        libnv_float_counter_add(&amount.slot, -0.5);
        libnv_float_counter_add(&amount.slot, kNan);
        libnv_float_counter_add(&amount.slot, -0.0);
    }
    EXPECT_EQ(amount.float_sum(), 1.0);
    EXPECT_EQ(HandMadeSlot::refused[LIBNV_DROPPED_NEGATIVE], 2u);
    EXPECT_EQ(HandMadeSlot::refused[LIBNV_DROPPED_NAN], 2u);
}

TEST(Record, ARegistryThatCanNotCountRefusalsIsNotAsked) {
    HandMadeSlot amount(1);
    libnv_registry_v1 older = {};
    older.struct_size = offsetof(libnv_registry_v1, count_dropped);
    amount.slot.registry = &older;
    libnv_float_counter_add(&amount.slot, kNan);
    EXPECT_EQ(amount.float_sum(), 0.0);
}

TEST(Record, AnUpDownCounterKeepsWhatCameAndWhatWent) {
    HandMadeSlot counter(2);
    libnv_up_down_counter_add(&counter.slot, 5);
    libnv_up_down_counter_add(&counter.slot, -2);
    EXPECT_EQ(counter.sums()[0], 5u);
    EXPECT_EQ(counter.sums()[1], 2u);
    libnv_up_down_counter_add(&counter.slot, INT64_MIN);
    EXPECT_EQ(counter.sums()[1], 2u + (std::uint64_t{1} << 63));
}

TEST(Record, TheLastSetOfAGaugeWinsAndNanIsKept) {
    HandMadeSlot gauge(1, LIBNV_SPACE_GAUGE);
    libnv_gauge_set(&gauge.slot, 3.0);
    std::thread([&] { libnv_gauge_set(&gauge.slot, 4.0); }).join();
    libnv_gauge_add(&gauge.slot, -0.5);
    EXPECT_EQ(libnv_detail_to_double(*gauge.slot.cells), 3.5);
    libnv_gauge_set(&gauge.slot, kNan);
    EXPECT_TRUE(std::isnan(libnv_detail_to_double(*gauge.slot.cells)));
}

TEST(Record, StatesAreBits) {
    HandMadeSlot states(1, LIBNV_SPACE_GAUGE);
    libnv_state_set_only(&states.slot, 63);
    libnv_state_set_turn(&states.slot, 0, 1);
    EXPECT_EQ(*states.slot.cells, (std::uint64_t{1} << 63) | 1);
    libnv_state_set_turn(&states.slot, 63, 0);
    EXPECT_EQ(*states.slot.cells, 1u);
    libnv_state_set_only(&states.slot, 2);
    EXPECT_EQ(*states.slot.cells, 4u);
    libnv_state_set_refuse(&states.slot);
    EXPECT_EQ(HandMadeSlot::refused[LIBNV_DROPPED_UNKNOWN_STATE], 1u);
}

TEST(Record, TheLastReferenceEndsASlot) {
    HandMadeSlot counter(1);
    libnv_slot_share(&counter.slot);
    libnv_slot_release(&counter.slot);
    EXPECT_EQ(counter.dropped(), 0);
    libnv_slot_release(&counter.slot);
    EXPECT_EQ(counter.dropped(), 1);
    libnv_slot_release(libnv_slot_share(&libnv_no_slot));
    libnv_slot_release(&libnv_no_slot);
}

TEST(Record, AThreadWithoutASlabAddsToTheSharedOne) {
    HandMadeSlot counter(1);
    libnv_counter_add(&counter.slot, 1);
    static HandMadeSlot *recorded;
    recorded = &counter;
    std::thread([] {
        // A key's destructor that asks for all its rounds: in the last ones the slab is gone.
        static pthread_key_t key;
        pthread_key_create(&key, [](void *rounds) {
            libnv_counter_add(&recorded->slot, 1);
            auto left = reinterpret_cast<std::uintptr_t>(rounds) - 1;
            pthread_setspecific(key, reinterpret_cast<void *>(left));
        });
        libnv_counter_add(&recorded->slot, 1);
        pthread_setspecific(key, reinterpret_cast<void *>(std::uintptr_t{4}));
    }).join();
    EXPECT_EQ(counter.sums()[0], 6u);
    EXPECT_NE(counter.in_shared_slab(), 0u);
}

} // namespace
} // namespace libnv::test
