/* The version of libnv. */
#ifndef LIBNV_VERSION_H
#define LIBNV_VERSION_H

#define LIBNV_VERSION_MAJOR 1
#define LIBNV_VERSION_MINOR 0
#define LIBNV_VERSION_PATCH 0
#define LIBNV_VERSION_STRING "1.0.0"

/* The version of the C ABI: of `libnv_api_v1`, of the slabs and of the slots. */
#define LIBNV_ABI 1u

#endif
