/* Slots that are in no container. */
#ifndef LIBNV_CPP_DETACHED_HPP
#define LIBNV_CPP_DETACHED_HPP

#include <string>

#include "handle.hpp"
#include "registry.hpp"

/* The registry that they are made in, which nobody reads; one for a library. */
extern "C" {
__attribute__((weak, visibility("hidden"))) void *libnv_detail_detached = nullptr;
}

namespace libnv {
inline namespace LIBNV_NAMESPACE {
namespace detail {

inline Registry registry_of_detached() noexcept {
    const libnv_api_v1 *api = libnv_api();
    if (!api) return {};
    void *known = __atomic_load_n(&libnv_detail_detached, __ATOMIC_ACQUIRE);
    void *opened = nullptr;
    if (!known && api->open(to_c("detached"), &opened) == LIBNV_OK) {
        if (__atomic_compare_exchange_n(&libnv_detail_detached, &known, opened, false,
                                        __ATOMIC_ACQ_REL, __ATOMIC_ACQUIRE))
            known = opened;
        else
            api->close(opened);
    }
    return known ? Registry{api->registry, known} : Registry();
}

/* A slot of that kind that works, and that nobody sees; or the one that records nowhere.
 *
 * It is looked up and removed at once: its cells live until its last reference is released. */
inline libnv_slot_v1 *detached_slot(std::uint32_t kind) {
    Registry registry = registry_of_detached();
    if (!registry) return &libnv_no_slot;
    Options options;
    if (kind == LIBNV_STATE_SET)
        for (int state = 0; state < 64; ++state) options.states.push_back(std::to_string(state));
    std::vector<std::string> label_names = {"handle"};
    std::string name = "detached_" + std::to_string(kind);
    Request request(kind, Scope(), name, options, label_names);
    libnv_family *family = nullptr;
    if (registry.functions->family(registry.self, request.get(), &family) != LIBNV_OK)
        return &libnv_no_slot;
    // An address is a label that no other thread uses now.
    std::string unique = std::to_string(reinterpret_cast<std::uintptr_t>(&request));
    libnv_str value = to_c(unique);
    libnv_slot_v1 *slot = nullptr;
    std::uint32_t removed = 0;
    if (registry.functions->look_up(registry.self, family, &value, 1, &slot) != LIBNV_OK)
        slot = &libnv_no_slot;
    (void)registry.functions->remove(registry.self, family, &value, 1, &removed);
    registry.functions->release_family(registry.self, family);
    return slot;
}

} // namespace detail
} // namespace LIBNV_NAMESPACE
} // namespace libnv

#endif
