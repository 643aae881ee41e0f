#include "meeting/pin.hpp"

#include <dlfcn.h>
#include <link.h>

#include <libnv/anchor.h>

namespace libnv::meeting {

void pin_this_library() noexcept {
    Dl_info info{};
    link_map *map = nullptr;
    if (dladdr1(&libnv_own_anchor_v1, &info, reinterpret_cast<void **>(&map), RTLD_DL_LINKMAP) ==
        0) {
        return;
    }
    const bool is_executable = map == nullptr || map->l_name == nullptr || *map->l_name == '\0';
    if (!is_executable) dlopen(map->l_name, RTLD_LAZY | RTLD_NOLOAD | RTLD_NODELETE);
}

} // namespace libnv::meeting
