// The functions of this copy, as others call them.
#pragma once

#include <libnv/libnv.h>

namespace libnv::api {

// The table that this copy publishes, with the cells of the C++ engine.
const libnv_api_v1 &table() noexcept;

} // namespace libnv::api
