/* The table of the process, as record paths and libnv.hpp find it.
 *
 * Programs that link libnv.so ask the library. With LIBNV_LATE_BIND defined, a library or program
 * is built without it and finds it at run time, if there is one: see late_bind.h. */
#ifndef LIBNV_API_H
#define LIBNV_API_H

#include "libnv.h"

#ifdef LIBNV_LATE_BIND
#include "late_bind.h"
#else

/* The table in force, or null where the library speaks another version of the ABI. */
static inline const libnv_api_v1 *libnv_api(void) {
    static const libnv_api_v1 *known;
    const libnv_api_v1 *api = __atomic_load_n(&known, __ATOMIC_ACQUIRE);
    if (!api) {
        api = libnv_get_api(LIBNV_ABI);
        __atomic_store_n(&known, api, __ATOMIC_RELEASE);
    }
    return api;
}

#endif

#endif
