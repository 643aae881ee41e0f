/* Copies of requests and label values that wait for a library. They are kept for ever. */
#ifndef LIBNV_DETAIL_LATE_REQUEST_H
#define LIBNV_DETAIL_LATE_REQUEST_H

#include <stdlib.h>
#include <string.h>

#include "../libnv.h"
#include "late_once.h"

#ifdef __cplusplus
extern "C" {
#endif

static inline int libnv_late_same_text(libnv_str a, libnv_str b) {
    return a.len == b.len && (a.len == 0 || memcmp(a.data, b.data, a.len) == 0);
}

static inline int libnv_late_same_texts(const libnv_str *a, const libnv_str *b, size_t count) {
    size_t at;
    for (at = 0; at < count; ++at)
        if (!libnv_late_same_text(a[at], b[at])) return 0;
    return 1;
}

static inline int libnv_late_same_labels(const libnv_label *a, const libnv_label *b, size_t count) {
    size_t at;
    for (at = 0; at < count; ++at)
        if (!libnv_late_same_text(a[at].name, b[at].name) ||
            !libnv_late_same_text(a[at].value, b[at].value))
            return 0;
    return 1;
}

/* True where both ask for the same series; what a registry refuses to differ differs here. */
LIBNV_DETAIL_ONCE int libnv_late_same_request(const libnv_request_v1 *a, const libnv_request_v1 *b) {
    return a->kind == b->kind && a->flags == b->flags && a->prefix_count == b->prefix_count &&
           a->label_count == b->label_count && a->label_name_count == b->label_name_count &&
           a->bound_count == b->bound_count && a->state_count == b->state_count &&
           a->schema == b->schema && a->min_exponent == b->min_exponent &&
           a->max_exponent == b->max_exponent && a->is_signed == b->is_signed &&
           (a->bounds == NULL) == (b->bounds == NULL) && libnv_late_same_text(a->name, b->name) &&
           libnv_late_same_text(a->unit, b->unit) &&
           libnv_late_same_texts(a->prefixes, b->prefixes, a->prefix_count) &&
           libnv_late_same_labels(a->labels, b->labels, a->label_count) &&
           libnv_late_same_texts(a->label_names, b->label_names, a->label_name_count) &&
           libnv_late_same_texts(a->states, b->states, a->state_count) &&
           (a->bound_count == 0 ||
            memcmp(a->bounds, b->bounds, a->bound_count * sizeof *a->bounds) == 0);
}

/* Each copies into memory of its own, and clears `*is_whole` where there is none. */

static inline libnv_str libnv_late_copy_text(libnv_str text, int *is_whole) {
    libnv_str copy = {NULL, 0};
    char *data;
    if (text.len == 0) return copy;
    data = (char *)malloc(text.len);
    if (data == NULL) {
        *is_whole = 0;
        return copy;
    }
    memcpy(data, text.data, text.len);
    copy.data = data;
    copy.len = text.len;
    return copy;
}

static inline const libnv_str *libnv_late_copy_texts(const libnv_str *texts, size_t count,
                                                     int *is_whole) {
    libnv_str *copy;
    size_t at;
    if (count == 0) return NULL;
    copy = (libnv_str *)calloc(count, sizeof *copy);
    if (copy == NULL) {
        *is_whole = 0;
        return NULL;
    }
    for (at = 0; at < count; ++at) copy[at] = libnv_late_copy_text(texts[at], is_whole);
    return copy;
}

static inline const libnv_label *libnv_late_copy_labels(const libnv_label *labels, size_t count,
                                                        int *is_whole) {
    libnv_label *copy;
    size_t at;
    if (count == 0) return NULL;
    copy = (libnv_label *)calloc(count, sizeof *copy);
    if (copy == NULL) {
        *is_whole = 0;
        return NULL;
    }
    for (at = 0; at < count; ++at) {
        copy[at].name = libnv_late_copy_text(labels[at].name, is_whole);
        copy[at].value = libnv_late_copy_text(labels[at].value, is_whole);
    }
    return copy;
}

LIBNV_DETAIL_ONCE libnv_request_v1 libnv_late_copy_request(const libnv_request_v1 *request,
                                                           int *is_whole) {
    libnv_request_v1 copy = *request;
    copy.prefixes = libnv_late_copy_texts(copy.prefixes, copy.prefix_count, is_whole);
    copy.name = libnv_late_copy_text(copy.name, is_whole);
    copy.asked = libnv_late_copy_text(copy.asked, is_whole);
    copy.help = libnv_late_copy_text(copy.help, is_whole);
    copy.unit = libnv_late_copy_text(copy.unit, is_whole);
    copy.labels = libnv_late_copy_labels(copy.labels, copy.label_count, is_whole);
    copy.label_names = libnv_late_copy_texts(copy.label_names, copy.label_name_count, is_whole);
    copy.states = libnv_late_copy_texts(copy.states, copy.state_count, is_whole);
    copy.aliases = libnv_late_copy_texts(copy.aliases, copy.alias_count, is_whole);
    if (copy.bounds != NULL) {
        double *bounds = (double *)malloc((copy.bound_count + 1) * sizeof *bounds);
        if (bounds == NULL)
            *is_whole = 0;
        else if (copy.bound_count > 0)
            memcpy(bounds, copy.bounds, copy.bound_count * sizeof *bounds);
        copy.bounds = bounds;
    }
    return copy;
}

#ifdef __cplusplus
}
#endif

#endif
