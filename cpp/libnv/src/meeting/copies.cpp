#include "meeting/copies.hpp"

#include <climits>
#include <new>

#include <unistd.h>

#include "meeting/loaded_anchors.hpp"
#include "meeting/meeting.hpp"

namespace libnv::meeting {
namespace {

// The executable's name is empty in the loader's list.
std::string path_of(const dl_phdr_info &object) {
    if (object.dlpi_name != nullptr && *object.dlpi_name != '\0') return object.dlpi_name;
    char path[PATH_MAX];
    const ssize_t length = readlink("/proc/self/exe", path, sizeof path);
    return length > 0 ? std::string(path, static_cast<std::size_t>(length)) : "";
}

bool holds(const dl_phdr_info &object, std::uintptr_t address) noexcept {
    for (int at = 0; at < object.dlpi_phnum; ++at) {
        const auto &segment = object.dlpi_phdr[at];
        const std::uintptr_t start = object.dlpi_addr + segment.p_vaddr;
        if (segment.p_type == PT_LOAD && address - start < segment.p_memsz) return true;
    }
    return false;
}

} // namespace

std::vector<Copy> copies() {
    // A table may lie in allocated memory; its functions lie in the library it came from.
    const libnv_api_v1 *const table = api();
    const auto code = table ? reinterpret_cast<std::uintptr_t>(table->last_error) : 0;
    std::vector<Copy> found;
    bool is_complete = true;
    // The loader is called back from C, through which nothing may be thrown.
    for_each_anchor([&](const dl_phdr_info &object, libnv_anchor_v1 &anchor) noexcept {
        try {
            found.push_back({path_of(object), anchor.abi, code != 0 && holds(object, code)});
        } catch (...) {
            is_complete = false;
        }
    });
    if (!is_complete) throw std::bad_alloc();
    return found;
}

} // namespace libnv::meeting
