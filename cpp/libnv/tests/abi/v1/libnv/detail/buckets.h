/* The bucket of a value; the search of the Rust engine. */
#ifndef LIBNV_DETAIL_BUCKETS_H
#define LIBNV_DETAIL_BUCKETS_H

#include "cells.h"

LIBNV_DETAIL_INLINE uint64_t libnv_detail_key(const libnv_buckets_v1 *buckets, double value) {
    int64_t key = ((int64_t)libnv_detail_to_bits(value) >> buckets->shift) - buckets->first_key;
    uint64_t last = buckets->entries - 1u;
    uint64_t above_zero = key < 0 ? 0 : (uint64_t)key;
    return above_zero < last ? above_zero : last;
}

/* How many bounds are less than `value`, where the table is exact. */
LIBNV_DETAIL_INLINE uint64_t libnv_detail_exact_bucket(const libnv_buckets_v1 *buckets,
                                                       double value) {
    uint64_t below = buckets->below[libnv_detail_key(buckets, value)];
    return below + (uint64_t)(buckets->upper[below] < value);
}

/* How many bounds are less than `value`, which is not NaN. */
LIBNV_DETAIL_COLD uint64_t libnv_detail_explicit_bucket(const libnv_buckets_v1 *buckets,
                                                        double value) {
    if (buckets->is_exact) return libnv_detail_exact_bucket(buckets, value);
    uint64_t key = libnv_detail_key(buckets, value);
    uint64_t first = buckets->below[key];
    uint64_t end = key + 1 < buckets->entries ? buckets->below[key + 1] : buckets->count - 1;
    while (first < end) {
        uint64_t middle = first + (end - first) / 2;
        if (buckets->upper[middle] < value)
            first = middle + 1;
        else
            end = middle;
    }
    return first;
}

/* The cell of `value`, which is not below `lowest`, and not NaN. */
LIBNV_DETAIL_INLINE uint64_t libnv_detail_exponential_bucket(const libnv_buckets_v1 *buckets,
                                                             double value) {
    uint64_t bits = libnv_detail_to_bits(value);
    uint64_t magnitude = bits & INT64_MAX;
    uint64_t mantissa = magnitude & ((UINT64_C(1) << 52) - 1);
    uint64_t bounds_below = (mantissa + buckets->steps[mantissa >> 46]) >> 52;
    uint64_t bucket = ((magnitude >> 52) << buckets->schema) + bounds_below;
    uint64_t cell = bucket > buckets->first ? bucket - buckets->first : 0;
    cell = cell < buckets->last ? cell : buckets->last;
    /* A mask, not a branch: signs come in any order. */
    uint64_t is_mirrored = (bits >> 63) & (uint64_t)(cell != 0);
    return cell + (buckets->mirror & (0 - is_mirrored));
}

#endif
