/* Recording, from C and C++: inline, without a call or a lock, and it never fails.
 *
 * A slot comes from a registry's `look_up`, and is of the kind that the function names. */
#ifndef LIBNV_RECORD_H
#define LIBNV_RECORD_H

#include "detail/buckets.h"
#include "detail/cells.h"
#include "slot.h"

/* ---- counters ---------------------------------------------------------- */

LIBNV_DETAIL_COLD void libnv_detail_counter_add_cold(libnv_slot_v1 *slot, uint64_t n) {
    libnv_detail_route route = libnv_detail_route_of(slot);
    if (!route.cells) return;
    if (route.is_alone)
        libnv_detail_add_alone(route.cells, n);
    else
        __atomic_fetch_add(route.cells, n, __ATOMIC_RELAXED);
    libnv_detail_notify(slot);
}

/* Adds `n` to a counter. */
LIBNV_DETAIL_INLINE void libnv_counter_add(libnv_slot_v1 *slot, uint64_t n) {
    int64_t address = libnv_detail_address(slot);
    if (LIBNV_DETAIL_LIKELY(libnv_detail_is_plain(address)))
        libnv_detail_add_alone(libnv_detail_cells(address), n);
    else
        libnv_detail_counter_add_cold(slot, n);
}

LIBNV_DETAIL_COLD void libnv_detail_float_counter_add_cold(libnv_slot_v1 *slot, double n) {
    if (!(n >= 0.0)) {
        libnv_detail_refuse(slot, n != n ? LIBNV_DROPPED_NAN : LIBNV_DROPPED_NEGATIVE);
        return;
    }
    libnv_detail_route route = libnv_detail_route_of(slot);
    if (!route.cells) return;
    if (route.is_alone)
        libnv_detail_add_double_alone(route.cells, n);
    else
        libnv_detail_add_double_among_others(route.cells, n);
    libnv_detail_notify(slot);
}

/* Adds `n` to a counter of amounts, unless it is negative or NaN. */
LIBNV_DETAIL_INLINE void libnv_float_counter_add(libnv_slot_v1 *slot, double n) {
    int64_t address = libnv_detail_address(slot);
    if (LIBNV_DETAIL_LIKELY(libnv_detail_is_plain(address) && n >= 0.0))
        libnv_detail_add_double_alone(libnv_detail_cells(address), n);
    else
        libnv_detail_float_counter_add_cold(slot, n);
}

LIBNV_DETAIL_COLD void libnv_detail_up_down_counter_add_cold(libnv_slot_v1 *slot, int64_t n) {
    libnv_detail_route route = libnv_detail_route_of(slot);
    if (!route.cells) return;
    uint64_t *cell = route.cells + (n < 0);
    uint64_t by = n < 0 ? 0 - (uint64_t)n : (uint64_t)n;
    if (route.is_alone)
        libnv_detail_release_alone(cell, by);
    else
        __atomic_fetch_add(cell, by, __ATOMIC_RELEASE);
    libnv_detail_notify(slot);
}

/* Adds `n`, which may be negative, to a count of things that come and go. */
LIBNV_DETAIL_INLINE void libnv_up_down_counter_add(libnv_slot_v1 *slot, int64_t n) {
    int64_t address = libnv_detail_address(slot);
    if (LIBNV_DETAIL_LIKELY(libnv_detail_is_plain(address))) {
        uint64_t by = n < 0 ? 0 - (uint64_t)n : (uint64_t)n;
        libnv_detail_release_alone(libnv_detail_cells(address + (n < 0) * 8), by);
    } else {
        libnv_detail_up_down_counter_add_cold(slot, n);
    }
}

/* ---- what is set ------------------------------------------------------- */

/* The cell of a slot that is set, or null; binds the slot if there is a library by now. */
LIBNV_DETAIL_COLD uint64_t *libnv_detail_set_cell(libnv_slot_v1 *slot) {
    int64_t offset = __atomic_load_n(&slot->offset, __ATOMIC_ACQUIRE);
    if (offset < 0 && (offset & LIBNV_AT_NOWHERE)) return NULL;
    if (offset < 0 && (offset & LIBNV_AT_OWN)) (void)libnv_api();
    return __atomic_load_n(&slot->cells, __ATOMIC_SEQ_CST);
}

/* Changes bits to `to` under `mask`. */
LIBNV_DETAIL_COLD void libnv_detail_set_cold(libnv_slot_v1 *slot, uint64_t mask, uint64_t to) {
    uint64_t *cell = libnv_detail_set_cell(slot);
    while (cell) {
        uint64_t bits = __atomic_load_n(cell, __ATOMIC_RELAXED);
        while (!__atomic_compare_exchange_n(cell, &bits, (bits & ~mask) | (to & mask), 1,
                                            __ATOMIC_SEQ_CST, __ATOMIC_RELAXED)) {
        }
        /* Where the slot was bound meanwhile, its new cell may have taken the value from before. */
        uint64_t *now = __atomic_load_n(&slot->cells, __ATOMIC_SEQ_CST);
        if (now == cell) break;
        cell = now;
    }
    if (cell) libnv_detail_notify(slot);
}

LIBNV_DETAIL_INLINE void libnv_detail_set_bits(libnv_slot_v1 *slot, uint64_t bits) {
    /* A bound slot has its cell before its offset. */
    if (LIBNV_DETAIL_LIKELY(__atomic_load_n(&slot->offset, __ATOMIC_ACQUIRE) >= 0))
        __atomic_store_n(__atomic_load_n(&slot->cells, __ATOMIC_RELAXED), bits, __ATOMIC_RELAXED);
    else
        libnv_detail_set_cold(slot, UINT64_MAX, bits);
}

/* Sets a gauge; the last one wins, whichever thread it comes from. NaN is kept. */
LIBNV_DETAIL_INLINE void libnv_gauge_set(libnv_slot_v1 *slot, double value) {
    libnv_detail_set_bits(slot, libnv_detail_to_bits(value));
}

LIBNV_DETAIL_COLD void libnv_detail_gauge_add_cold(libnv_slot_v1 *slot, double n) {
    uint64_t *cell = libnv_detail_set_cell(slot);
    if (!cell) return;
    libnv_detail_add_double_among_others(cell, n);
    libnv_detail_notify(slot);
}

/* Adds `n`, which may be negative, to a gauge: a compare-and-swap. */
LIBNV_DETAIL_INLINE void libnv_gauge_add(libnv_slot_v1 *slot, double n) {
    if (LIBNV_DETAIL_LIKELY(__atomic_load_n(&slot->offset, __ATOMIC_ACQUIRE) >= 0))
        libnv_detail_add_double_among_others(__atomic_load_n(&slot->cells, __ATOMIC_RELAXED), n);
    else
        libnv_detail_gauge_add_cold(slot, n);
}

/* Turns on the state with that index and all others off, at once. */
LIBNV_DETAIL_INLINE void libnv_state_set_only(libnv_slot_v1 *slot, uint32_t state) {
    libnv_detail_set_bits(slot, UINT64_C(1) << state);
}

/* Turns the state with that index on or off, and leaves the others as they are. */
static inline void libnv_state_set_turn(libnv_slot_v1 *slot, uint32_t state, int is_on) {
    uint64_t bit = UINT64_C(1) << state;
    libnv_detail_set_cold(slot, bit, is_on ? bit : 0);
}

/* Counts a state that the set of a slot does not have. */
static inline void libnv_state_set_refuse(const libnv_slot_v1 *slot) {
    libnv_detail_refuse(slot, LIBNV_DROPPED_UNKNOWN_STATE);
}

/* ---- histograms -------------------------------------------------------- */

LIBNV_DETAIL_INLINE double libnv_detail_total(double value, uint64_t n) {
    /* A branch the compiler drops for the constant 1. */
    return n == 1 ? value : value * (double)n;
}

/* The sum first, the bucket after it: whoever sees the count sees the sum that belongs to it. */
LIBNV_DETAIL_INLINE void libnv_detail_observe_alone(int64_t address, uint64_t bucket, double value,
                                                    uint64_t n) {
    libnv_detail_add_double_alone(libnv_detail_cells(address), libnv_detail_total(value, n));
    libnv_detail_release_alone(libnv_detail_cells(address + 8 + (int64_t)bucket * 8), n);
}

LIBNV_DETAIL_INLINE void libnv_detail_observe_off_path(libnv_slot_v1 *slot, uint64_t bucket,
                                                       double value, uint64_t n) {
    libnv_detail_route route = libnv_detail_route_of(slot);
    if (!route.cells) return;
    if (route.is_alone) {
        libnv_detail_observe_alone((int64_t)(intptr_t)route.cells, bucket, value, n);
    } else {
        libnv_detail_add_double_among_others(route.cells, libnv_detail_total(value, n));
        __atomic_fetch_add(route.cells + 1 + bucket, n, __ATOMIC_RELEASE);
    }
    libnv_detail_notify(slot);
}

LIBNV_DETAIL_COLD void libnv_detail_histogram_observe_cold(libnv_slot_v1 *slot, double value,
                                                           uint64_t n) {
    if (n == 0 || !slot->buckets) return;
    if (value != value)
        libnv_detail_refuse(slot, LIBNV_DROPPED_NAN);
    else
        libnv_detail_observe_off_path(slot, libnv_detail_explicit_bucket(slot->buckets, value),
                                      value, n);
}

/* Counts `value` `n` times, at the cost of once, unless it is NaN. */
LIBNV_DETAIL_INLINE void libnv_histogram_observe_n(libnv_slot_v1 *slot, double value, uint64_t n) {
    int64_t address = libnv_detail_address(slot);
    /* Infinity times nothing is NaN, and would be added to the sum. */
    if (LIBNV_DETAIL_LIKELY(libnv_detail_is_plain(address) && value == value && n != 0 &&
                            slot->buckets->is_exact)) {
        uint64_t bucket = libnv_detail_exact_bucket(slot->buckets, value);
        libnv_detail_observe_alone(address, bucket, value, n);
    } else {
        libnv_detail_histogram_observe_cold(slot, value, n);
    }
}

/* Counts `value`, unless it is NaN. */
LIBNV_DETAIL_INLINE void libnv_histogram_observe(libnv_slot_v1 *slot, double value) {
    libnv_histogram_observe_n(slot, value, 1);
}

LIBNV_DETAIL_COLD void libnv_detail_exponential_observe_cold(libnv_slot_v1 *slot, double value,
                                                             uint64_t n) {
    if (n == 0 || !slot->buckets) return;
    if (!(value >= slot->buckets->lowest))
        libnv_detail_refuse(slot, value != value ? LIBNV_DROPPED_NAN : LIBNV_DROPPED_NEGATIVE);
    else
        libnv_detail_observe_off_path(slot, libnv_detail_exponential_bucket(slot->buckets, value),
                                      value, n);
}

/* Counts `value` `n` times in an exponential histogram, unless it is NaN, or negative and the
 * layout is not signed. */
LIBNV_DETAIL_INLINE void libnv_exponential_observe_n(libnv_slot_v1 *slot, double value,
                                                     uint64_t n) {
    int64_t address = libnv_detail_address(slot);
    if (LIBNV_DETAIL_LIKELY(libnv_detail_is_plain(address) && value >= slot->buckets->lowest &&
                            n != 0)) {
        uint64_t bucket = libnv_detail_exponential_bucket(slot->buckets, value);
        libnv_detail_observe_alone(address, bucket, value, n);
    } else {
        libnv_detail_exponential_observe_cold(slot, value, n);
    }
}

/* Counts `value` in an exponential histogram, unless it is NaN, or negative and the layout is not
 * signed. */
LIBNV_DETAIL_INLINE void libnv_exponential_observe(libnv_slot_v1 *slot, double value) {
    libnv_exponential_observe_n(slot, value, 1);
}

#endif
