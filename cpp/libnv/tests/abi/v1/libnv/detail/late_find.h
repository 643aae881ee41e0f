/* Finding the table of the process at run time. */
#ifndef LIBNV_DETAIL_LATE_FIND_H
#define LIBNV_DETAIL_LATE_FIND_H

#include <dlfcn.h>
#include <stdio.h>
#include <stdlib.h>

#include "../anchor.h"
#include "late_once.h"

#ifdef __cplusplus
extern "C" {
#endif

/* The table that this library uses, once it has one. */
LIBNV_DETAIL_ONCE const libnv_api_v1 *libnv_late_known = NULL;

/* Set once somebody looks: files are not tried again. */
LIBNV_DETAIL_ONCE int libnv_late_has_looked = 0;

/* What other libraries published. */
typedef struct libnv_late_published {
    const libnv_api_v1 *api;
    uint32_t other_abi;
} libnv_late_published;

static inline int libnv_late_look_into(struct dl_phdr_info *object, size_t size, void *context) {
    libnv_late_published *found = (libnv_late_published *)context;
    libnv_anchor_v1 *anchor = libnv_anchor_of(object);
    const libnv_api_v1 *api =
        anchor != NULL ? __atomic_load_n(&anchor->api, __ATOMIC_ACQUIRE) : NULL;
    (void)size;
    if (api == NULL) return 0;
    if (anchor->abi == LIBNV_ABI)
        found->api = api;
    else
        found->other_abi = anchor->abi;
    return 0;
}

/* The table of a library, if it loads and speaks this version. */
static inline const libnv_api_v1 *libnv_late_ask(const char *path, int flags) {
    typedef const libnv_api_v1 *(*get_api_function)(uint32_t);
    union {
        void *object;
        get_api_function function;
    } get_api;
    void *library = dlopen(path, flags);
    if (library == NULL) return NULL;
    get_api.object = dlsym(library, "libnv_get_api");
    return get_api.object != NULL ? get_api.function(LIBNV_ABI) : NULL;
}

static inline void libnv_late_refuse(uint32_t other_abi) {
    const char *quiet = getenv("LIBNV_QUIET");
    if (quiet != NULL && strcmp(quiet, "1") == 0) return;
    fprintf(stderr,
            "libnv: the metrics of this process belong to a copy of ABI %u; "
            "a library that binds late to ABI %u records nothing in it\n",
            (unsigned)other_abi, (unsigned)LIBNV_ABI);
}

/* Looks for a table; null where there is none yet, or another thread is looking. */
LIBNV_DETAIL_ONCE const libnv_api_v1 *libnv_late_find(void) {
    const libnv_api_v1 *none = NULL;
    libnv_late_published found = {NULL, 0};
    const char *named;
    if (__atomic_exchange_n(&libnv_late_has_looked, 1, __ATOMIC_ACQ_REL))
        return __atomic_load_n(&libnv_own_anchor_v1.api, __ATOMIC_ACQUIRE);
    dl_iterate_phdr(libnv_late_look_into, &found);
    if (found.api == NULL && found.other_abi != 0) {
        libnv_late_refuse(found.other_abi);
        return NULL;
    }
    if (found.api == NULL) {
        found.api = libnv_late_ask("libnv.so.1", RTLD_NOW | RTLD_LOCAL | RTLD_NOLOAD);
    }
    named = secure_getenv("LIBNV_LIBRARY");
    if (found.api == NULL && named != NULL && *named != '\0') {
        found.api = libnv_late_ask(named, RTLD_NOW | RTLD_LOCAL);
    }
    if (found.api == NULL) found.api = libnv_late_ask("libnv.so.1", RTLD_NOW | RTLD_LOCAL);
    if (found.api != NULL) {
        __atomic_compare_exchange_n(&libnv_own_anchor_v1.api, &none, found.api, 0,
                                    __ATOMIC_ACQ_REL, __ATOMIC_ACQUIRE);
    }
    return found.api;
}

#ifdef __cplusplus
}
#endif

#endif
