// A registry behind its functions.
#pragma once

#include <cstddef>

#include <libnv/libnv.h>

namespace libnv::api {

// The functions of a registry, and the registry that they are called with.
struct Endpoint {
    const libnv_registry_v1 *functions = nullptr;
    void *self = nullptr;
};

// The function of a registry that an older header did not have, or null.
template <typename Function>
Function if_there(const libnv_registry_v1 &functions, Function libnv_registry_v1::*field) noexcept {
    const auto *at = reinterpret_cast<const char *>(&(functions.*field));
    const auto end = static_cast<std::size_t>(at - reinterpret_cast<const char *>(&functions)) +
                     sizeof(Function);
    return functions.struct_size >= end ? functions.*field : nullptr;
}

} // namespace libnv::api
