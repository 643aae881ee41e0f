// A counter of the process's registry, by its name.
#pragma once

#include <cstdint>
#include <string>

#include <libnv/record.h>

// Looks a series of one family up; null where that is refused.
inline libnv_slot_v1 *process_series(std::uint32_t kind, const std::string &name) {
#ifdef LIBNV_LATE_BIND
    const libnv_registry_v1 *functions = libnv_late_process();
    void *self = nullptr;
#else
    const libnv_registry_v1 *functions = libnv_api()->registry;
    void *self = libnv_api()->process;
#endif
    libnv_request_v1 request{};
    request.struct_size = sizeof request;
    request.kind = kind;
    request.name = {name.data(), name.size()};
    libnv_family *family = nullptr;
    libnv_slot_v1 *slot = nullptr;
    if (functions->family(self, &request, &family) == LIBNV_OK) {
        functions->look_up(self, family, nullptr, 0, &slot);
        functions->release_family(self, family);
    }
    return slot;
}

inline libnv_value_v1 value_of(const libnv_slot_v1 *slot) {
    libnv_value_v1 value{};
    value.struct_size = sizeof value;
    slot->registry->value(nullptr, slot, &value);
    return value;
}
