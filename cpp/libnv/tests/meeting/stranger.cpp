// A plug-in of ABI 2: its anchor says so, and what it publishes nobody here understands.
#include <cstdint>

#include <libnv/anchor.h>

#include "meeting/plugin.hpp"

namespace {

const std::uint64_t table_of_another_abi[32] = {sizeof table_of_another_abi, 2};

void publish(std::uint64_t) {
    const auto *table = reinterpret_cast<const libnv_api_v1 *>(table_of_another_abi);
    __atomic_store_n(&libnv_own_anchor_v1.api, table, __ATOMIC_RELEASE);
}

const libnv_api_v1 *published() {
    return __atomic_load_n(&libnv_own_anchor_v1.api, __ATOMIC_ACQUIRE);
}

} // namespace

extern "C" __attribute__((visibility("default"))) const Plugin *plugin() {
    libnv_own_anchor_v1.abi = 2;
    static const Plugin offered = {published, publish, nullptr};
    return &offered;
}
