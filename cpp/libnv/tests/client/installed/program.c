#include <libnv/record.h>

#include <stdio.h>
#include <string.h>

int main(void) {
    const libnv_api_v1 *api = libnv_api();
    libnv_request_v1 request;
    libnv_family *family = NULL;
    libnv_slot_v1 *slot = NULL;
    libnv_value_v1 value;
    memset(&request, 0, sizeof request);
    memset(&value, 0, sizeof value);
    request.struct_size = sizeof request;
    request.kind = LIBNV_COUNTER;
    request.name.data = "installed_total";
    request.name.len = strlen(request.name.data);
    value.struct_size = sizeof value;
    if (api->registry->family(api->process, &request, &family) != LIBNV_OK) return 1;
    if (api->registry->look_up(api->process, family, NULL, 0, &slot) != LIBNV_OK) return 1;
    libnv_counter_add(slot, 2);
    if (slot->registry->value(NULL, slot, &value) != LIBNV_OK) return 1;
    libnv_slot_release(slot);
    api->registry->release_family(api->process, family);
    printf("counted %llu\n", (unsigned long long)value.number);
    return value.number == 2 ? 0 : 1;
}
