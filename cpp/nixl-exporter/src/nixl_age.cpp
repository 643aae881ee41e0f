#include "nixl_age.hpp"

#include <dlfcn.h>

namespace libnv::nixl {
namespace {

/// nixlEnumStrings::telemetryCategoryStr, which 1.3 removed with the categories.
constexpr const char *kRemovedIn13 =
    "_ZN15nixlEnumStrings20telemetryCategoryStrB5cxx11ERK25nixl_telemetry_category_t";

} // namespace

NixlAge age_of_caller(const void *return_address) {
    Dl_info caller{};
    if (dladdr(return_address, &caller) == 0 || caller.dli_fname == nullptr) {
        return {false, ""};
    }
    // The executable, where NIXL is linked into that, has no name to open.
    void *library = dlopen(caller.dli_fname, RTLD_LAZY | RTLD_NOLOAD);
    if (library == nullptr) {
        return {dlsym(RTLD_DEFAULT, kRemovedIn13) != nullptr, caller.dli_fname};
    }
    const bool is_too_old = dlsym(library, kRemovedIn13) != nullptr;
    dlclose(library);
    return {is_too_old, caller.dli_fname};
}

} // namespace libnv::nixl
