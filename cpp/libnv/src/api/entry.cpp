// The functions that libnv.so.1 exports.
#include <libnv/libnv.h>

#include "meeting/meeting.hpp"

const libnv_api_v1 *libnv_get_api(uint32_t abi) {
    if (abi != LIBNV_ABI) return nullptr;
    const libnv_api_v1 *const table = libnv::meeting::api();
    libnv::meeting::bind_what_waits();
    return table;
}

const libnv_api_v1 *libnv_meet(const libnv_cells_v1 *cells) {
    return cells != nullptr ? libnv::meeting::api_with(*cells) : libnv::meeting::api();
}

const char *libnv_version(void) {
    return LIBNV_VERSION_STRING;
}
