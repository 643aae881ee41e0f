// The functions of C++ registries, as the C ABI has them.
#pragma once

#include <libnv/libnv.h>

namespace libnv::registry {

/// The functions; `self` is a `Registry`.
const libnv_registry_v1 &table() noexcept;

} // namespace libnv::registry
