/* The buckets of histograms that wait for a library, laid out as every registry lays them out. */
#ifndef LIBNV_DETAIL_LATE_BUCKETS_H
#define LIBNV_DETAIL_LATE_BUCKETS_H

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "../libnv.h"
#include "late_once.h"

#ifdef __cplusplus
extern "C" {
#endif

enum { LIBNV_LATE_FINEST = 5, LIBNV_LATE_MOST_BOUNDS = 4096, LIBNV_LATE_MOST_CELLS = 65000 };

/* Buckets with what they point to. */
typedef struct libnv_late_buckets {
    libnv_buckets_v1 table;
    uint64_t steps[64];
    uint16_t below[1];
} libnv_late_buckets;

/* The search goes by halving alone: the table that spares it is the registry's to build. */
LIBNV_DETAIL_ONCE libnv_buckets_v1 *libnv_late_explicit_buckets(const libnv_request_v1 *request) {
    static const double usual[] = {0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0};
    const double *bounds = request->bounds != NULL ? request->bounds : usual;
    size_t count = request->bounds != NULL ? request->bound_count : sizeof usual / sizeof *usual;
    libnv_late_buckets *buckets;
    double *upper;
    if (count == 0 || count > LIBNV_LATE_MOST_BOUNDS) return NULL;
    buckets = (libnv_late_buckets *)calloc(1, sizeof *buckets);
    upper = (double *)malloc((count + 1) * sizeof *upper);
    if (buckets == NULL || upper == NULL) {
        free(buckets);
        free(upper);
        return NULL;
    }
    memcpy(upper, bounds, count * sizeof *upper);
    upper[count] = INFINITY;
    buckets->table.struct_size = sizeof buckets->table;
    buckets->table.count = (uint32_t)count + 1;
    buckets->table.shift = 63;
    buckets->table.upper = upper;
    buckets->table.below = buckets->below;
    buckets->table.entries = 1;
    return &buckets->table;
}

/* What to add to a mantissa, for each of 64 slices of an octave, so that the bits above the
 * mantissa become the number of bounds below it. */
static inline void libnv_late_fill_steps(uint64_t *steps, int32_t schema) {
    /* The mantissas of 2^(k/32). */
    static const uint64_t powers[1 << LIBNV_LATE_FINEST] = {
        0x0000000000000, 0x059b0d3158574, 0x0b5586cf9890f, 0x11301d0125b51,
        0x172b83c7d517b, 0x1d4873168b9aa, 0x2387a6e756238, 0x29e9df51fdee1,
        0x306fe0a31b715, 0x371a7373aa9cb, 0x3dea64c123422, 0x44e086061892d,
        0x4bfdad5362a27, 0x5342b569d4f82, 0x5ab07dd485429, 0x6247eb03a5585,
        0x6a09e667f3bcd, 0x71f75e8ec5f74, 0x7a11473eb0187, 0x82589994cce13,
        0x8ace5422aa0db, 0x93737b0cdc5e5, 0x9c49182a3f090, 0xa5503b23e255d,
        0xae89f995ad3ad, 0xb7f76f2fb5e47, 0xc199bdd85529c, 0xcb720dcef9069,
        0xd5818dcfba487, 0xdfc97337b9b5f, 0xea4afa2a490da, 0xf50765b6e4540};
    const uint64_t octave = UINT64_C(1) << 52;
    uint64_t slice;
    size_t at;
    for (slice = 0; slice < 64; ++slice) {
        for (at = 0; at < 1u << LIBNV_LATE_FINEST; at += (size_t)1 << (LIBNV_LATE_FINEST - schema)) {
            uint64_t of_bound = powers[at] >> 46;
            if (of_bound < slice)
                steps[slice] += octave;
            else if (of_bound == slice)
                steps[slice] += octave - 1 - powers[at];
        }
    }
}

LIBNV_DETAIL_ONCE libnv_buckets_v1 *libnv_late_exponential_buckets(const libnv_request_v1 *request) {
    int32_t schema = request->schema, min = request->min_exponent, max = request->max_exponent;
    uint64_t last, mirror;
    libnv_late_buckets *buckets;
    if (schema == 0 && min == 0 && max == 0 && request->is_signed == 0) {
        schema = 3;
        min = -30;
        max = 34;
    }
    if (schema < 0 || schema > LIBNV_LATE_FINEST || min < -1022 || max > 1023 || min >= max)
        return NULL;
    last = ((uint64_t)(max - min) << schema) + 1;
    mirror = request->is_signed ? last : 0;
    if (1 + last + mirror > LIBNV_LATE_MOST_CELLS) return NULL;
    buckets = (libnv_late_buckets *)calloc(1, sizeof *buckets);
    if (buckets == NULL) return NULL;
    libnv_late_fill_steps(buckets->steps, schema);
    buckets->table.struct_size = sizeof buckets->table;
    buckets->table.count = (uint32_t)(1 + last + mirror);
    buckets->table.steps = buckets->steps;
    buckets->table.lowest = request->is_signed ? -INFINITY : 0;
    buckets->table.first = (uint64_t)(min + 1023) << schema;
    buckets->table.last = last;
    buckets->table.mirror = mirror;
    buckets->table.schema = schema;
    buckets->table.min_exponent = min;
    buckets->table.max_exponent = max;
    buckets->table.is_signed = request->is_signed ? 1 : 0;
    return &buckets->table;
}

#ifdef __cplusplus
}
#endif

#endif
