/* The process's registry as a library that binds late sees it: what waits, then the real one. */
#ifndef LIBNV_DETAIL_LATE_REGISTRY_H
#define LIBNV_DETAIL_LATE_REGISTRY_H

#include <stddef.h>

#include "late_series.h"

#ifdef __cplusplus
extern "C" {
#endif

/* What was wrong with the last call of this thread, where it was none of a library's. A pointer, for
 * thread-local storage is scarce in a library that is opened. */
__attribute__((weak, visibility("hidden"))) __thread const libnv_error_v1 *libnv_late_error;

static inline libnv_status libnv_late_unavailable(void) {
    static const libnv_error_v1 error = {
        sizeof(libnv_error_v1), LIBNV_UNAVAILABLE, {"there is no libnv in this process", 33}, {NULL, 0}};
    libnv_late_error = &error;
    return error.status;
}

static inline libnv_status libnv_late_exhausted(void) {
    static const libnv_error_v1 error = {
        sizeof(libnv_error_v1), LIBNV_EXHAUSTED, {"there is no memory for what waits", 33}, {NULL, 0}};
    libnv_late_error = &error;
    return error.status;
}

/* The table to forward a call to; null, with an error, where there is none. */
static inline const libnv_api_v1 *libnv_late_ask_library(void) {
    const libnv_api_v1 *api = libnv_late_api();
    if (api == NULL)
        libnv_late_unavailable();
    else
        libnv_late_error = NULL;
    return api;
}

static inline libnv_late_series *libnv_late_series_of(const libnv_slot_v1 *slot) {
    return (libnv_late_series *)slot->series;
}

/* The registry's slot, or null where the series is not bound. */
static inline libnv_slot_v1 *libnv_late_target_of(const libnv_slot_v1 *slot) {
    libnv_late_series *series = libnv_late_series_of(slot);
    int is_bound = __atomic_load_n(&series->state, __ATOMIC_ACQUIRE) == LIBNV_LATE_BOUND;
    return is_bound ? series->target : NULL;
}

LIBNV_DETAIL_ONCE libnv_status libnv_late_check_scope(void *self, const libnv_request_v1 *request) {
    const libnv_api_v1 *api = libnv_late_ask_library();
    (void)self;
    /* Before there is a library nobody knows the rules; what breaks them is refused later. */
    return api != NULL ? api->registry->check_scope(api->process, request) : LIBNV_OK;
}

LIBNV_DETAIL_ONCE libnv_status libnv_late_declare(void *self, const libnv_request_v1 *request,
                                                  libnv_family **out) {
    const libnv_api_v1 *api = libnv_late_ask_library();
    libnv_late_family *family = libnv_late_find_family(request);
    libnv_status status = LIBNV_OK;
    (void)self;
    if (family == NULL) return libnv_late_exhausted();
    if (api != NULL) status = libnv_late_bind_family(api, family);
    if (status == LIBNV_OK) *out = (libnv_family *)(void *)family;
    return status;
}

LIBNV_DETAIL_ONCE void libnv_late_release_family(void *self, libnv_family *family) {
    (void)self;
    (void)family;
}

LIBNV_DETAIL_ONCE libnv_status libnv_late_look_up(void *self, libnv_family *handle,
                                                  const libnv_str *values, size_t count,
                                                  libnv_slot_v1 **out) {
    libnv_late_family *family = (libnv_late_family *)(void *)handle;
    const libnv_api_v1 *api = libnv_late_ask_library();
    libnv_late_series *series;
    (void)self;
    if (api != NULL) {
        libnv_status status = libnv_late_bind_family(api, family);
        if (status != LIBNV_OK) return status;
        return api->registry->look_up(api->process, family->target, values, count, out);
    }
    series = libnv_late_find_series(family, values, count);
    if (series == NULL) return libnv_late_exhausted();
    __atomic_add_fetch(&series->slot.references, 1, __ATOMIC_RELAXED);
    *out = &series->slot;
    /* A library that came meanwhile may have looked before this one was there. */
    (void)libnv_late_api();
    libnv_late_error = NULL;
    return LIBNV_OK;
}

LIBNV_DETAIL_ONCE libnv_status libnv_late_remove(void *self, libnv_family *handle,
                                                 const libnv_str *values, size_t count,
                                                 uint32_t *removed) {
    libnv_late_family *family = (libnv_late_family *)(void *)handle;
    const libnv_api_v1 *api = libnv_late_ask_library();
    libnv_late_series *series;
    int waits = LIBNV_LATE_WAITS;
    (void)self;
    if (api != NULL) {
        libnv_status status = libnv_late_bind_family(api, family);
        if (status != LIBNV_OK) return status;
        return api->registry->remove(api->process, family->target, values, count, removed);
    }
    libnv_late_error = NULL;
    series = libnv_late_known_series(__atomic_load_n(&family->series, __ATOMIC_ACQUIRE), NULL,
                                     values, count);
    *removed = series != NULL && __atomic_compare_exchange_n(&series->state, &waits, LIBNV_LATE_OUT,
                                                             0, __ATOMIC_ACQ_REL, __ATOMIC_ACQUIRE);
    if (*removed) __atomic_sub_fetch(&libnv_late_waiting, 1, __ATOMIC_SEQ_CST);
    return LIBNV_OK;
}

/* True for a slot that waits, or waited; others know their registry. */
static inline int libnv_late_is_late(const libnv_slot_v1 *slot) {
    return slot->registry == libnv_late_functions();
}

LIBNV_DETAIL_ONCE void libnv_late_drop_slot(libnv_slot_v1 *slot) {
    if (!libnv_late_is_late(slot)) slot->registry->drop_slot(slot);
}

LIBNV_DETAIL_ONCE void libnv_late_notify(libnv_slot_v1 *slot) {
    libnv_slot_v1 *target = libnv_late_is_late(slot) ? libnv_late_target_of(slot) : slot;
    if (target != NULL) target->registry->notify(target);
}

/* The value of what waits, from its own cells. */
static inline libnv_status libnv_late_own_value(const libnv_slot_v1 *slot, libnv_value_v1 *out) {
    uint64_t cells[2] = {0, 0};
    uint32_t at;
    for (at = 0; at < 2 && at < slot->cell_count; ++at)
        cells[at] = __atomic_load_n(&slot->cells[at], __ATOMIC_ACQUIRE);
    out->kind = slot->kind;
    out->number = cells[0];
    out->difference = (int64_t)(cells[0] - cells[1]);
    memcpy(&out->amount, cells, sizeof out->amount);
    if (slot->kind == LIBNV_INFO) out->amount = 1;
    out->observations = 0;
    out->bucket_count = slot->buckets != NULL ? slot->buckets->count : 0;
    for (at = 0; at < out->bucket_count; ++at) {
        uint64_t count = __atomic_load_n(&slot->cells[1 + at], __ATOMIC_ACQUIRE);
        out->observations += count;
        if (out->buckets != NULL && at < out->capacity) out->buckets[at] = count;
    }
    return LIBNV_OK;
}

LIBNV_DETAIL_ONCE libnv_status libnv_late_value(void *self, const libnv_slot_v1 *slot,
                                                libnv_value_v1 *out) {
    const libnv_slot_v1 *target;
    (void)self;
    (void)libnv_late_api();
    libnv_late_error = NULL;
    target = libnv_late_is_late(slot) ? libnv_late_target_of(slot) : slot;
    if (target != NULL) return target->registry->value(NULL, target, out);
    return libnv_late_own_value(slot, out);
}

LIBNV_DETAIL_ONCE libnv_status libnv_late_write_page(void *self, uint32_t format, libnv_sink sink,
                                                     void *context) {
    const libnv_api_v1 *api = libnv_late_ask_library();
    (void)self;
    if (api == NULL) return LIBNV_UNAVAILABLE;
    return api->registry->write_page(api->process, format, sink, context);
}

LIBNV_DETAIL_ONCE libnv_status libnv_late_add_source(void *self, const libnv_source_v1 *source) {
    const libnv_api_v1 *api = libnv_late_ask_library();
    (void)self;
    return api != NULL ? api->registry->add_source(api->process, source) : LIBNV_UNAVAILABLE;
}

LIBNV_DETAIL_ONCE libnv_status libnv_late_remove_source(void *self, libnv_str name,
                                                        uint32_t *removed) {
    const libnv_api_v1 *api = libnv_late_ask_library();
    (void)self;
    if (api == NULL) return LIBNV_UNAVAILABLE;
    return api->registry->remove_source(api->process, name, removed);
}

LIBNV_DETAIL_ONCE libnv_status libnv_late_adopt(void *self, libnv_family *handle,
                                                const libnv_str *values, size_t count,
                                                int64_t offset, uint64_t *cells,
                                                libnv_slot_v1 **out) {
    libnv_late_family *family = (libnv_late_family *)(void *)handle;
    const libnv_api_v1 *api = libnv_late_ask_library();
    libnv_status status;
    (void)self;
    if (api == NULL) return LIBNV_UNAVAILABLE;
    status = libnv_late_bind_family(api, family);
    if (status != LIBNV_OK) return status;
    return api->registry->adopt(api->process, family->target, values, count, offset, cells, out);
}

LIBNV_DETAIL_ONCE void libnv_late_report(void *self, libnv_str name, const libnv_error_v1 *error) {
    const libnv_api_v1 *api = libnv_late_api();
    (void)self;
    if (api != NULL) api->registry->report(api->process, name, error);
}

LIBNV_DETAIL_ONCE const libnv_error_v1 *libnv_late_last_error(void) {
    const libnv_api_v1 *api = __atomic_load_n(&libnv_late_known, __ATOMIC_ACQUIRE);
    static const libnv_error_v1 none = {sizeof(libnv_error_v1), LIBNV_OK, {NULL, 0}, {NULL, 0}};
    if (libnv_late_error != NULL) return libnv_late_error;
    return api != NULL ? api->registry->last_error() : &none;
}

LIBNV_DETAIL_ONCE void libnv_late_count_dropped(void *self, uint32_t reason, uint64_t values) {
    const libnv_api_v1 *api = libnv_late_api();
    (void)self;
    if (api != NULL && api->registry->struct_size > offsetof(libnv_registry_v1, count_dropped))
        api->registry->count_dropped(api->process, reason, values);
}

LIBNV_DETAIL_ONCE libnv_status libnv_late_write_self_page(void *self, uint32_t format,
                                                          libnv_sink sink, void *context) {
    const libnv_api_v1 *api = libnv_late_ask_library();
    (void)self;
    if (api == NULL) return LIBNV_UNAVAILABLE;
    if (api->registry->struct_size <= offsetof(libnv_registry_v1, write_self_page))
        return libnv_late_unavailable();
    return api->registry->write_self_page(api->process, format, sink, context);
}

LIBNV_DETAIL_ONCE libnv_status libnv_late_each_family(
    void *self, void (*visit)(void *context, const libnv_family_values_v1 *family), void *context) {
    const libnv_api_v1 *api = libnv_late_ask_library();
    (void)self;
    if (api == NULL) return LIBNV_UNAVAILABLE;
    if (api->registry->struct_size <= offsetof(libnv_registry_v1, each_family))
        return libnv_late_unavailable();
    return api->registry->each_family(api->process, visit, context);
}

LIBNV_DETAIL_ONCE libnv_status libnv_late_write_labels(void *self, const libnv_slot_v1 *slot,
                                                       libnv_sink sink, void *context) {
    const libnv_api_v1 *api = libnv_late_ask_library();
    const libnv_slot_v1 *target = libnv_late_is_late(slot) ? libnv_late_target_of(slot) : slot;
    (void)self;
    if (api == NULL) return LIBNV_UNAVAILABLE;
    if (target == NULL || api->registry->struct_size <= offsetof(libnv_registry_v1, write_labels))
        return libnv_late_unavailable();
    return api->registry->write_labels(NULL, target, sink, context);
}

LIBNV_DETAIL_ONCE libnv_status libnv_late_remove_written(void *self, libnv_str family,
                                                         libnv_str labels, uint32_t spares_kept,
                                                         uint32_t *removed) {
    const libnv_api_v1 *api = libnv_late_ask_library();
    (void)self;
    if (api == NULL) return LIBNV_UNAVAILABLE;
    if (api->registry->struct_size <= offsetof(libnv_registry_v1, remove_written))
        return libnv_late_unavailable();
    return api->registry->remove_written(api->process, family, labels, spares_kept, removed);
}

LIBNV_DETAIL_ONCE const libnv_registry_v1 *libnv_late_functions(void) {
    static const libnv_registry_v1 functions = {sizeof(libnv_registry_v1),
                                                LIBNV_ABI,
                                                "c",
                                                "late",
                                                libnv_late_check_scope,
                                                libnv_late_declare,
                                                libnv_late_release_family,
                                                libnv_late_look_up,
                                                libnv_late_remove,
                                                libnv_late_drop_slot,
                                                libnv_late_notify,
                                                libnv_late_value,
                                                libnv_late_write_page,
                                                libnv_late_add_source,
                                                libnv_late_remove_source,
                                                libnv_late_adopt,
                                                libnv_late_report,
                                                libnv_late_last_error,
                                                libnv_late_count_dropped,
                                                libnv_late_write_self_page,
                                                libnv_late_each_family,
                                                libnv_late_write_labels,
                                                libnv_late_remove_written};
    return &functions;
}

#ifdef __cplusplus
}
#endif

#endif
