/* Cells: where a record goes, and the two ways to change a cell, alone or among others.
 *
 * The orders of the stores are part of how cells are read: decrements before increments, buckets
 * before their sum. */
#ifndef LIBNV_DETAIL_CELLS_H
#define LIBNV_DETAIL_CELLS_H

#include <stddef.h>
#include <string.h>

#include "../api.h"
#include "tls.h"

#define LIBNV_DETAIL_INLINE static inline __attribute__((always_inline))
#define LIBNV_DETAIL_LIKELY(condition) __builtin_expect((condition) ? 1 : 0, 1)
#define LIBNV_DETAIL_COLD static __attribute__((noinline, cold, unused))

/* ---- where ------------------------------------------------------------- */

/* Hides how an address was computed. Folded into one indexed operand it costs Intel cores their
 * memory renaming: 2.25 ns against 0.68 for the same cell again and again. */
LIBNV_DETAIL_INLINE uint64_t *libnv_detail_hide(uint64_t *cell) {
    __asm__("" : "+r"(cell));
    return cell;
}

/* The cells at an offset of this thread's slab; off the plain path no address of a slab. */
LIBNV_DETAIL_INLINE int64_t libnv_detail_address(const libnv_slot_v1 *slot) {
    int64_t base = (int64_t)(intptr_t)libnv_tls_base_v1;
    return base + __atomic_load_n(&slot->offset, __ATOMIC_RELAXED);
}

/* One signed comparison for a missing slab and for every flag. */
LIBNV_DETAIL_INLINE int libnv_detail_is_plain(int64_t address) {
    return address > LIBNV_OFFSET_LIMIT;
}

LIBNV_DETAIL_INLINE uint64_t *libnv_detail_cells(int64_t address) {
    return libnv_detail_hide((uint64_t *)(intptr_t)address);
}

/* Where a record that left the plain path goes; nowhere if `cells` is null. */
typedef struct libnv_detail_route {
    uint64_t *cells;
    int is_alone; /* this thread alone writes them */
} libnv_detail_route;

LIBNV_DETAIL_COLD libnv_detail_route libnv_detail_route_of(libnv_slot_v1 *slot) {
    libnv_detail_route route = {NULL, 0};
    int64_t offset = __atomic_load_n(&slot->offset, __ATOMIC_ACQUIRE);
    if (offset < 0 && (offset & LIBNV_AT_NOWHERE)) return route;
    const libnv_api_v1 *api = libnv_api();
    /* Asking for the table may have bound the slot. */
    offset = __atomic_load_n(&slot->offset, __ATOMIC_ACQUIRE);
    if (offset < 0 && (offset & LIBNV_AT_OWN)) {
        route.cells = __atomic_load_n(&slot->cells, __ATOMIC_ACQUIRE);
        return route;
    }
    if (!api) return route;
    if (offset >= 0 || !(offset & LIBNV_AT_SHARED)) {
        uint8_t *base = libnv_tls_base_v1;
        if ((intptr_t)base <= LIBNV_OFFSET_LIMIT) base = api->cells->lease(&libnv_tls_base_v1);
        if ((intptr_t)base > LIBNV_OFFSET_LIMIT) {
            route.cells = (uint64_t *)(void *)(base + (uint32_t)offset);
            route.is_alone = 1;
            return route;
        }
    }
    uint8_t *shared = api->cells->shared_base();
    if (shared) route.cells = (uint64_t *)(void *)(shared + (uint32_t)offset);
    return route;
}

/* Tells who watches the series, after a record off the plain path. */
LIBNV_DETAIL_INLINE void libnv_detail_notify(libnv_slot_v1 *slot) {
    int64_t offset = __atomic_load_n(&slot->offset, __ATOMIC_RELAXED);
    if (offset < 0 && (offset & LIBNV_AT_WATCHED) && slot->registry) slot->registry->notify(slot);
}

/* Counts a record that is refused. */
LIBNV_DETAIL_COLD void libnv_detail_refuse(const libnv_slot_v1 *slot, uint32_t reason) {
    const libnv_registry_v1 *registry = slot->registry;
    size_t needed = offsetof(libnv_registry_v1, count_dropped) + sizeof registry->count_dropped;
    if (registry && registry->struct_size >= needed) registry->count_dropped(NULL, reason, 1);
}

/* ---- how --------------------------------------------------------------- */

/* Whether to write the add as the one instruction that it is. GCC makes three of an atomic load and
 * store, which Intel cores often run at the speed of store forwarding: a pair on one up-down
 * counter takes 2.4 ns then, and 1.1 so. Clang makes one by itself; sanitizers must see it. */
#if defined(__x86_64__) && !defined(__clang__) && !defined(__SANITIZE_ADDRESS__) &&                \
    !defined(__SANITIZE_THREAD__)
#define LIBNV_DETAIL_ADDS_BY_HAND 1
#else
#define LIBNV_DETAIL_ADDS_BY_HAND 0
#endif

LIBNV_DETAIL_INLINE double libnv_detail_to_double(uint64_t bits) {
    double value;
    memcpy(&value, &bits, sizeof value);
    return value;
}

LIBNV_DETAIL_INLINE uint64_t libnv_detail_to_bits(double value) {
    uint64_t bits;
    memcpy(&bits, &value, sizeof bits);
    return bits;
}

#if LIBNV_DETAIL_ADDS_BY_HAND

LIBNV_DETAIL_INLINE void libnv_detail_add_alone(uint64_t *cell, uint64_t n) {
    __asm__ volatile("addq %1, %0" : "+m"(*cell) : "er"(n) : "cc");
}

/* With release: whoever sees this add sees all that came before it. */
LIBNV_DETAIL_INLINE void libnv_detail_release_alone(uint64_t *cell, uint64_t n) {
    __asm__ volatile("addq %1, %0" : "+m"(*cell) : "er"(n) : "cc", "memory");
}

#else

LIBNV_DETAIL_INLINE void libnv_detail_add_alone(uint64_t *cell, uint64_t n) {
    __atomic_store_n(cell, __atomic_load_n(cell, __ATOMIC_RELAXED) + n, __ATOMIC_RELAXED);
}

/* With release: whoever sees this add sees all that came before it. */
LIBNV_DETAIL_INLINE void libnv_detail_release_alone(uint64_t *cell, uint64_t n) {
    __atomic_store_n(cell, __atomic_load_n(cell, __ATOMIC_RELAXED) + n, __ATOMIC_RELEASE);
}

#endif

LIBNV_DETAIL_INLINE void libnv_detail_add_double_alone(uint64_t *cell, double n) {
    double sum = libnv_detail_to_double(__atomic_load_n(cell, __ATOMIC_RELAXED)) + n;
    __atomic_store_n(cell, libnv_detail_to_bits(sum), __ATOMIC_RELAXED);
}

LIBNV_DETAIL_INLINE void libnv_detail_add_double_among_others(uint64_t *cell, double n) {
    uint64_t bits = __atomic_load_n(cell, __ATOMIC_RELAXED);
    uint64_t sum;
    do {
        sum = libnv_detail_to_bits(libnv_detail_to_double(bits) + n);
    } while (!__atomic_compare_exchange_n(cell, &bits, sum, 1, __ATOMIC_RELAXED, __ATOMIC_RELAXED));
}

#endif
