/* Late binding: metrics of a library that is built without libnv and runs with or without it.
 *
 * Nothing needs to be linked but libdl. The table of the process is looked for when it is first
 * asked for: in this library's own anchor and in those of all others, in a libnv.so.1 that is
 * loaded already, in the file that the environment variable LIBNV_LIBRARY names, and last by
 * dlopen("libnv.so.1"). Files are tried once. Whoever publishes a table later finds this
 * library's anchor, and has what waits here bound.
 *
 * Families and series that are asked for before there is a library wait: they count in cells of
 * their own by atomic adds, are declared when a library appears, and lose nothing. Each stays
 * until the process ends; asking again for the same finds the same. A library that found a table,
 * or has anything that waits for one, stays loaded. The child of a fork starts at zero; what is
 * set keeps its value. */
#ifndef LIBNV_LATE_BIND_H
#define LIBNV_LATE_BIND_H

#include "anchor.h"
#include "detail/late_find.h"
#include "detail/late_registry.h"

#ifdef __cplusplus
extern "C" {
#endif

/* The table in force, or null where there is none in this process. Binds what waits for it. */
static inline const libnv_api_v1 *libnv_api(void) {
    const libnv_api_v1 *api = __atomic_load_n(&libnv_late_known, __ATOMIC_ACQUIRE);
    if (__builtin_expect(api != NULL && !libnv_late_anything_waits(), 1)) return api;
    return libnv_late_api();
}

/* The functions of the process's registry, for families and series that work before there is a
 * library and after it came. They look at no `self`. */
static inline const libnv_registry_v1 *libnv_late_process(void) {
    return libnv_late_functions();
}

#ifdef __cplusplus
}
#endif

#endif
