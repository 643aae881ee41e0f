// Slabs on lease: taken by a thread or a lock, handed on with their values.
#pragma once

#include <atomic>
#include <cstdint>
#include <mutex>

#include "engine/slab.hpp"

namespace libnv::engine {

// The slabs, and those that nobody leases now.
//
// A slab changes hands with its values: a successor adds on top, so there are as many
// slabs as there were threads alive at once, and no count is ever moved. The lock
// orders the last write of one lessee before the first of the next.
class Pool {
public:
    explicit Pool(std::uint32_t slab_bytes) noexcept : slab_bytes_(slab_bytes) {}

    // Leases an idle slab or a new one; null where none can be reserved.
    Slab *lease(Lessee lessee) noexcept;

    // Takes a slab back from its lessee, which writes to it no more.
    void give_back(Slab &slab) noexcept;

    // Takes back what vanished threads leased. In the child of a fork, under `lock`.
    void reclaim_from_threads(const Slab *of_this_thread) noexcept;

    // Visits every slab published so far. The list only grows, so it takes no lock.
    template <typename Visit>
    void for_each(Visit visit) const {
        for (Slab *slab = newest_.load(std::memory_order_acquire); slab; slab = slab->older_) {
            visit(*slab);
        }
    }

    // The lock of the idle slabs, for fork.
    std::mutex &lock() noexcept { return lock_; }

private:
    void push_idle(Slab &slab) noexcept;

    std::atomic<Slab *> newest_{nullptr};
    std::mutex lock_;
    Slab *idle_ = nullptr;
    std::uint32_t slab_bytes_;
};

} // namespace libnv::engine
