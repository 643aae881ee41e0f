/* A source in C, and one in C++, of one library that binds late. */
#ifndef LATE_IN_C_H
#define LATE_IN_C_H

#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/* Adds to the counter `c_total`; not 0 where that fails. */
int late_in_c_add(uint64_t n);

/* The anchor, as this source sees it. */
const void *late_in_c_anchor(void);

#ifdef __cplusplus
}
#endif

#endif
