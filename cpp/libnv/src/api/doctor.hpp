// What a process says of libnv in it.
#pragma once

#include <libnv/libnv.h>

namespace libnv::api {

libnv_status doctor(libnv_doctor_v1 *out) noexcept;
libnv_status each_copy(void (*visit)(void *context, const libnv_copy_v1 *), void *context) noexcept;
libnv_status each_refusal(libnv_str name, void (*visit)(void *context, const libnv_refusal_v1 *),
                          void *context) noexcept;

} // namespace libnv::api
