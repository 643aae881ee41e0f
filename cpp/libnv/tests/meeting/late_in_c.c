#include "late_in_c.h"

#include <libnv/record.h>

int late_in_c_add(uint64_t n) {
    const libnv_registry_v1 *functions = libnv_late_process();
    libnv_request_v1 request = {0};
    libnv_family *family = NULL;
    libnv_slot_v1 *slot = NULL;
    request.struct_size = sizeof request;
    request.kind = LIBNV_COUNTER;
    request.name.data = "c_total";
    request.name.len = 7;
    if (functions->family(NULL, &request, &family) != LIBNV_OK) return 1;
    if (functions->look_up(NULL, family, NULL, 0, &slot) != LIBNV_OK) return 2;
    libnv_counter_add(slot, n);
    libnv_slot_release(slot);
    return 0;
}

const void *late_in_c_anchor(void) {
    return &libnv_own_anchor_v1;
}
