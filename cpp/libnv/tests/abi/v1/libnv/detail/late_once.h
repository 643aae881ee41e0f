/* Definitions in headers: one for a library, however many of its sources include them. */
#ifndef LIBNV_DETAIL_LATE_ONCE_H
#define LIBNV_DETAIL_LATE_ONCE_H

#ifdef __cplusplus
#define LIBNV_DETAIL_ONCE inline __attribute__((visibility("hidden")))
#else
#define LIBNV_DETAIL_ONCE __attribute__((weak, visibility("hidden")))
#endif

#endif
