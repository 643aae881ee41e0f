// The functions of `process` and of all that `open` makes.
#pragma once

#include <libnv/libnv.h>

namespace libnv::api {

// Forwards to the registry in force where `self` is the process's registry, and to
// libnv's own functions for any other.
const libnv_registry_v1 &registry_table() noexcept;

} // namespace libnv::api
