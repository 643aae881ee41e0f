// What the plug-ins of these tests offer.
#pragma once

#include <cstdint>

#include <dlfcn.h>

#include <libnv/libnv.h>

struct Plugin {
    const libnv_api_v1 *(*api)();
    void (*record)(std::uint64_t n);
    // Makes a static object record once when the process ends.
    void (*record_at_the_end)();
};

// Opens a plug-in, which the caller may close by `handle`.
inline const Plugin *open_plugin(const char *path, void **handle = nullptr) {
    void *opened = dlopen(path, RTLD_NOW | RTLD_LOCAL);
    if (handle != nullptr) *handle = opened;
    if (opened == nullptr) return nullptr;
    using Get = const Plugin *();
    return reinterpret_cast<Get *>(dlsym(opened, "plugin"))();
}

inline bool is_loaded(const char *path) {
    void *found = dlopen(path, RTLD_NOW | RTLD_NOLOAD);
    if (found != nullptr) dlclose(found);
    return found != nullptr;
}
