// The functions that libnv.so.1 exports.
#include <libnv/libnv.h>

#include "meeting/meeting.hpp"

const libnv_api_v1 *libnv_get_api(uint32_t abi) {
    return abi == LIBNV_ABI ? libnv::meeting::api() : nullptr;
}

const char *libnv_version(void) {
    return LIBNV_VERSION_STRING;
}
