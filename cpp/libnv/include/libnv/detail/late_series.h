/* Families and series that wait for a library, and how they are bound to it.
 *
 * Both stand in lists that only grow, so no lock is needed, and none is held over a fork. */
#ifndef LIBNV_DETAIL_LATE_SERIES_H
#define LIBNV_DETAIL_LATE_SERIES_H

#include <pthread.h>

#include "late_buckets.h"
#include "late_find.h"
#include "late_once.h"
#include "late_request.h"

#ifdef __cplusplus
extern "C" {
#endif

enum { LIBNV_LATE_WAITS = 0, LIBNV_LATE_IS_BINDING = 1, LIBNV_LATE_BOUND = 2, LIBNV_LATE_OUT = 3 };

struct libnv_late_family;

typedef struct libnv_late_series {
    libnv_slot_v1 slot; /* what handles have; one reference is the list's */
    struct libnv_late_series *next;
    struct libnv_late_family *family;
    const libnv_str *values;
    size_t value_count;
    int state;             /* atomic */
    libnv_slot_v1 *target; /* the registry's slot, once it is bound */
    uint64_t *own;         /* its first cells, which some thread may still write to */
} libnv_late_series;

typedef struct libnv_late_family {
    struct libnv_late_family *next;
    libnv_request_v1 request;
    libnv_late_series *series; /* atomic */
    libnv_family *target;      /* atomic; the registry's family, once it is bound */
    int is_refused;            /* atomic; the registry did not take it */
} libnv_late_family;

LIBNV_DETAIL_ONCE libnv_late_family *libnv_late_families = NULL;

/* How many series wait. */
LIBNV_DETAIL_ONCE size_t libnv_late_waiting = 0;

static inline int libnv_late_anything_waits(void) {
    return __atomic_load_n(&libnv_late_waiting, __ATOMIC_RELAXED) != 0;
}

/* The functions of late_registry.h. */
LIBNV_DETAIL_ONCE const libnv_registry_v1 *libnv_late_functions(void);

/* What the anchor's `bind` points to. */
LIBNV_DETAIL_ONCE void libnv_late_bind_now(void);

static inline int libnv_late_is_set(uint32_t kind) {
    return kind == LIBNV_GAUGE || kind == LIBNV_STATE_SET;
}

/* ---- forks ------------------------------------------------------------- */

/* Zeroes the cells that are added to: what the parent counted is on the parent's page. */
LIBNV_DETAIL_ONCE void libnv_late_start_child(void) {
    libnv_late_family *family = __atomic_load_n(&libnv_late_families, __ATOMIC_ACQUIRE);
    for (; family != NULL; family = family->next) {
        libnv_late_series *series = __atomic_load_n(&family->series, __ATOMIC_ACQUIRE);
        if (libnv_late_is_set(family->request.kind)) continue;
        for (; series != NULL; series = series->next) {
            uint32_t at;
            for (at = 0; series->slot.cells != NULL && at < series->slot.cell_count; ++at)
                __atomic_store_n(&series->slot.cells[at], 0, __ATOMIC_RELAXED);
        }
    }
}

/* ---- waiting ----------------------------------------------------------- */

/* The family that asks for the same, in the list from `first` on, up to `end`. */
static inline libnv_late_family *libnv_late_known_family(libnv_late_family *first,
                                                         libnv_late_family *end,
                                                         const libnv_request_v1 *request) {
    for (; first != end; first = first->next)
        if (libnv_late_same_request(&first->request, request)) return first;
    return NULL;
}

/* Finds a family or adds it; null where there is no memory. */
LIBNV_DETAIL_ONCE libnv_late_family *libnv_late_find_family(const libnv_request_v1 *request) {
    libnv_late_family *first = __atomic_load_n(&libnv_late_families, __ATOMIC_ACQUIRE);
    libnv_late_family *known = libnv_late_known_family(first, NULL, request);
    libnv_late_family *made;
    int is_whole = 1;
    if (known != NULL) return known;
    made = (libnv_late_family *)calloc(1, sizeof *made);
    if (made == NULL) return NULL;
    made->request = libnv_late_copy_request(request, &is_whole);
    if (!is_whole) return NULL;
    do {
        made->next = first;
        if (__atomic_compare_exchange_n(&libnv_late_families, &first, made, 0, __ATOMIC_SEQ_CST,
                                        __ATOMIC_ACQUIRE))
            return made;
        /* What came meanwhile may be the same; the copy made in vain is small. */
        known = libnv_late_known_family(first, made->next, request);
    } while (known == NULL);
    return known;
}

static inline libnv_late_series *libnv_late_known_series(libnv_late_series *first,
                                                         libnv_late_series *end,
                                                         const libnv_str *values, size_t count) {
    for (; first != end; first = first->next)
        if (__atomic_load_n(&first->state, __ATOMIC_ACQUIRE) != LIBNV_LATE_OUT &&
            first->value_count == count && libnv_late_same_texts(first->values, values, count))
            return first;
    return NULL;
}

/* Cells that any thread adds to, and the buckets they are for. */
static inline void libnv_late_give_cells(libnv_slot_v1 *slot, const libnv_request_v1 *request) {
    int is_histogram = 1;
    slot->kind = request->kind;
    slot->cell_count = 1;
    if (request->kind == LIBNV_HISTOGRAM)
        slot->buckets = libnv_late_explicit_buckets(request);
    else if (request->kind == LIBNV_EXPONENTIAL_HISTOGRAM)
        slot->buckets = libnv_late_exponential_buckets(request);
    else
        is_histogram = 0;
    if (request->kind == LIBNV_UP_DOWN_COUNTER) slot->cell_count = 2;
    if (request->kind == LIBNV_INFO) slot->cell_count = 0;
    if (slot->buckets != NULL) slot->cell_count += slot->buckets->count;
    slot->cells = (uint64_t *)calloc((size_t)slot->cell_count + 1, sizeof *slot->cells);
    /* Buckets that no registry takes have no cells either. */
    slot->offset = LIBNV_FLAGGED | (slot->cells == NULL || (is_histogram && slot->buckets == NULL)
                                        ? LIBNV_AT_NOWHERE
                                        : LIBNV_AT_OWN);
}

/* Before anything waits: whoever publishes a table calls this library, which therefore stays. */
LIBNV_DETAIL_ONCE void libnv_late_begin_to_wait(void) {
    if (__atomic_load_n(&libnv_own_anchor_v1.bind, __ATOMIC_ACQUIRE) != NULL) return;
    libnv_stay_loaded();
    /* Twice does no harm, where two threads come first. */
    (void)pthread_atfork(NULL, NULL, libnv_late_start_child);
    __atomic_store_n(&libnv_own_anchor_v1.bind, &libnv_late_bind_now, __ATOMIC_SEQ_CST);
}

/* Finds a series or adds it; null where there is no memory. */
LIBNV_DETAIL_ONCE libnv_late_series *libnv_late_find_series(libnv_late_family *family,
                                                            const libnv_str *values,
                                                            size_t count) {
    libnv_late_series *first = __atomic_load_n(&family->series, __ATOMIC_ACQUIRE);
    libnv_late_series *known = libnv_late_known_series(first, NULL, values, count);
    libnv_late_series *made;
    int is_whole = 1;
    if (known != NULL) return known;
    made = (libnv_late_series *)calloc(1, sizeof *made);
    if (made == NULL) return NULL;
    made->family = family;
    made->values = libnv_late_copy_texts(values, count, &is_whole);
    made->value_count = count;
    made->slot.references = 1;
    made->slot.registry = libnv_late_functions();
    made->slot.series = made;
    if (!is_whole) return NULL;
    libnv_late_give_cells(&made->slot, &family->request);
    libnv_late_begin_to_wait();
    do {
        made->next = first;
        if (__atomic_compare_exchange_n(&family->series, &first, made, 0, __ATOMIC_SEQ_CST,
                                        __ATOMIC_ACQUIRE)) {
            __atomic_add_fetch(&libnv_late_waiting, 1, __ATOMIC_SEQ_CST);
            return made;
        }
        known = libnv_late_known_series(first, made->next, values, count);
    } while (known == NULL);
    return known;
}

/* ---- binding ----------------------------------------------------------- */

/* Declares a family that waited; what is wrong with it is in the table's `last_error`. */
LIBNV_DETAIL_ONCE libnv_status libnv_late_bind_family(const libnv_api_v1 *api,
                                                      libnv_late_family *family) {
    libnv_family *none = NULL, *made = NULL;
    libnv_status status;
    if (__atomic_load_n(&family->target, __ATOMIC_ACQUIRE) != NULL) return LIBNV_OK;
    status = api->registry->family(api->process, &family->request, &made);
    __atomic_store_n(&family->is_refused, status != LIBNV_OK, __ATOMIC_RELEASE);
    if (status == LIBNV_OK && !__atomic_compare_exchange_n(&family->target, &none, made, 0,
                                                           __ATOMIC_ACQ_REL, __ATOMIC_ACQUIRE))
        api->registry->release_family(api->process, made); /* another thread was first */
    return status;
}

/* A series that the registry does not take goes on counting where nobody looks. */
static inline void libnv_late_give_up(const libnv_api_v1 *api, libnv_late_series *series,
                                      const libnv_error_v1 *error) {
    api->count_unbound(1);
    if (error != NULL) api->registry->report(api->process, series->family->request.name, error);
    __atomic_store_n(&series->state, LIBNV_LATE_OUT, __ATOMIC_RELEASE);
}

/* Points what is set to the registry's cell. The registry took the value that the own cell had,
 * `taken`, or has one of its own; what is set here meanwhile is carried over. */
static inline void libnv_late_set_from_now_on(libnv_slot_v1 *slot, const libnv_slot_v1 *target,
                                              uint64_t taken) {
    uint64_t *own = slot->cells, *cell = target->cells;
    uint64_t has = __atomic_load_n(cell, __ATOMIC_SEQ_CST);
    uint64_t now;
    __atomic_store_n(&slot->cells, cell, __ATOMIC_SEQ_CST);
    now = __atomic_load_n(own, __ATOMIC_SEQ_CST);
    if (now != taken)
        __atomic_compare_exchange_n(cell, &has, now, 0, __ATOMIC_SEQ_CST, __ATOMIC_SEQ_CST);
}

LIBNV_DETAIL_ONCE void libnv_late_bind_series(const libnv_api_v1 *api, libnv_late_series *series) {
    libnv_late_family *family = series->family;
    libnv_slot_v1 *slot = &series->slot;
    int waits = LIBNV_LATE_WAITS, is_own;
    uint64_t taken;
    if (!__atomic_compare_exchange_n(&series->state, &waits, LIBNV_LATE_IS_BINDING, 0,
                                     __ATOMIC_ACQ_REL, __ATOMIC_ACQUIRE))
        return;
    __atomic_sub_fetch(&libnv_late_waiting, 1, __ATOMIC_SEQ_CST);
    if (__atomic_load_n(&family->target, __ATOMIC_ACQUIRE) == NULL) {
        libnv_late_give_up(api, series, NULL);
        return;
    }
    is_own = (slot->offset & LIBNV_AT_OWN) != 0;
    taken = is_own ? __atomic_load_n(slot->cells, __ATOMIC_SEQ_CST) : 0;
    if (!is_own || api->registry->adopt(api->process, family->target, series->values,
                                        series->value_count, 0, slot->cells,
                                        &series->target) != LIBNV_OK) {
        libnv_late_give_up(api, series, is_own ? api->registry->last_error() : NULL);
        return;
    }
    series->own = slot->cells;
    if (libnv_late_is_set(slot->kind)) libnv_late_set_from_now_on(slot, series->target, taken);
    /* Last: whoever sees the offset sees the cell. */
    __atomic_store_n(&slot->offset, __atomic_load_n(&series->target->offset, __ATOMIC_ACQUIRE),
                     __ATOMIC_RELEASE);
    __atomic_store_n(&series->state, LIBNV_LATE_BOUND, __ATOMIC_RELEASE);
}

LIBNV_DETAIL_ONCE void libnv_late_bind_all(const libnv_api_v1 *api) {
    libnv_late_family *family = __atomic_load_n(&libnv_late_families, __ATOMIC_SEQ_CST);
    for (; family != NULL; family = family->next) {
        libnv_late_series *series = __atomic_load_n(&family->series, __ATOMIC_SEQ_CST);
        if (series != NULL && !__atomic_load_n(&family->is_refused, __ATOMIC_ACQUIRE) &&
            libnv_late_bind_family(api, family) != LIBNV_OK)
            api->registry->report(api->process, family->request.name, api->registry->last_error());
        for (; series != NULL; series = series->next) libnv_late_bind_series(api, series);
    }
}

/* The table in force, or null; binds what waits for it. */
LIBNV_DETAIL_ONCE const libnv_api_v1 *libnv_late_api(void) {
    const libnv_api_v1 *api = __atomic_load_n(&libnv_late_known, __ATOMIC_ACQUIRE);
    if (api == NULL) {
        /* Either this sees what is published, or who publishes sees what waits. */
        api = __atomic_load_n(&libnv_own_anchor_v1.api, __ATOMIC_SEQ_CST);
        if (api == NULL) api = libnv_late_find();
        if (api == NULL) return NULL;
        libnv_stay_loaded();
        __atomic_store_n(&libnv_late_known, api, __ATOMIC_RELEASE);
    }
    if (libnv_late_anything_waits()) libnv_late_bind_all(api);
    return api;
}

LIBNV_DETAIL_ONCE void libnv_late_bind_now(void) {
    (void)libnv_late_api();
}

#ifdef __cplusplus
}
#endif

#endif
