// Removing series by their labels as they are written, for a container of Rust.

#include <mutex>

#include "registry/labels.hpp"
#include "registry/registry.hpp"

namespace libnv::registry {

bool Registry::remove_written(const std::string &name, const std::string &labels,
                              bool spares_kept) {
    // Its own reference, and that of who asks.
    constexpr std::uint32_t kUnkept = 2;
    const Schema schema(labels_of(labels), {});
    const Key key{labels, schema.hash(nullptr), Key::kNoForm};
    const std::unique_lock<ForkLock> held(lock_);
    const auto family = families_.find(name);
    Series *const series = family == families_.end() ? nullptr : family->second->find(key);
    if (series == nullptr) {
        return false;
    }
    const libnv_slot_v1 &slot = series->slot();
    if (spares_kept && __atomic_load_n(&slot.references, __ATOMIC_ACQUIRE) > kUnkept) {
        return false;
    }
    family->second->remove(*series);
    return true;
}

} // namespace libnv::registry
