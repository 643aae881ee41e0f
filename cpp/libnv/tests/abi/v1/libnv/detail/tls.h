/* The calling thread's slab: the one pointer in thread-local storage. */
#ifndef LIBNV_DETAIL_TLS_H
#define LIBNV_DETAIL_TLS_H

#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/* The base of the slab that this thread leases; no slab where it is LIBNV_OFFSET_LIMIT or less.
 *
 * Eight bytes of static TLS: the initial-exec model costs a dlopen'ed library 0.5 ns for an access
 * instead of 2.5, and glibc keeps about 1600 bytes for such libraries. */
#ifdef LIBNV_LATE_BIND
__attribute__((weak, visibility("hidden"),
               tls_model("initial-exec"))) __thread uint8_t *libnv_tls_base_v1;
#else
extern __attribute__((visibility("default"),
                      tls_model("initial-exec"))) __thread uint8_t *libnv_tls_base_v1;
#endif

#ifdef __cplusplus
}
#endif

#endif
