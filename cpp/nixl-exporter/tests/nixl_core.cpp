/// Stands in for the library of NIXL's core, of the version that it is built as.

#include <dlfcn.h>

#include "nixl_abi.hpp"

#ifdef BEFORE_1_3
enum class nixl_telemetry_category_t : std::uint32_t {};

namespace nixlEnumStrings {
__attribute__((visibility("default"))) std::string
telemetryCategoryStr(const nixl_telemetry_category_t &) {
    return "";
}
} // namespace nixlEnumStrings
#endif

extern "C" __attribute__((visibility("default"))) void *load_plugin(const char *path) {
    void *library = dlopen(path, RTLD_NOW | RTLD_LOCAL | RTLD_NODELETE);
    if (library == nullptr) return nullptr;
    const auto init =
        reinterpret_cast<nixl_abi::Plugin *(*)()>(dlsym(library, "nixl_telemetry_plugin_init"));
    nixl_abi::Plugin *volatile plugin = init(); // so that this function is the caller
    return plugin;
}
