#include "engine/exit_slots.hpp"

namespace libnv::engine {

bool ExitSlots::add(std::uint8_t **slot) noexcept {
    for (auto &place : slots_) {
        // A copy that leases again finds the place it has: places fill in order.
        std::uint8_t **known = place.load(std::memory_order_relaxed);
        if (known == nullptr || known == slot) {
            place.store(slot, std::memory_order_relaxed);
            return true;
        }
    }
    return false;
}

void ExitSlots::null_all() noexcept {
    for (auto &place : slots_) {
        std::uint8_t **slot = place.load(std::memory_order_relaxed);
        if (slot != nullptr) *slot = nullptr;
    }
    forget();
}

void ExitSlots::forget() noexcept {
    rounds_.store(0, std::memory_order_relaxed);
    for (auto &place : slots_) place.store(nullptr, std::memory_order_relaxed);
}

} // namespace libnv::engine
