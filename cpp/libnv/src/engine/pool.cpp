#include "engine/pool.hpp"

#include <new>

namespace libnv::engine {

Slab *Pool::lease(Lessee lessee) noexcept {
    const std::lock_guard held(lock_);
    Slab *slab = idle_;
    if (slab != nullptr) {
        idle_ = slab->next_idle_;
    } else {
        const auto region = Region::reserve(slab_bytes_);
        if (!region) return nullptr;
        slab = new (std::nothrow) Slab(*region);
        if (slab == nullptr) return nullptr;
        slab->older_ = newest_.load(std::memory_order_relaxed);
        // Release: a reader that finds the slab finds its region and `older_`.
        newest_.store(slab, std::memory_order_release);
    }
    slab->lessee_.store(lessee, std::memory_order_relaxed);
    slab->leases_.fetch_add(1, std::memory_order_relaxed);
    return slab;
}

void Pool::give_back(Slab &slab) noexcept {
    const std::lock_guard held(lock_);
    push_idle(slab);
}

void Pool::reclaim_from_threads(const Slab *of_this_thread) noexcept {
    for_each([&](Slab &slab) {
        if (slab.lessee() == Lessee::kThread && &slab != of_this_thread) {
            slab.exit_slots.forget();
            push_idle(slab);
        }
    });
}

void Pool::push_idle(Slab &slab) noexcept {
    slab.lessee_.store(Lessee::kNobody, std::memory_order_relaxed);
    slab.next_idle_ = idle_;
    idle_ = &slab;
}

} // namespace libnv::engine
