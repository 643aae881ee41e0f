// One thread's cells, and the list of all slabs.
#pragma once

#include <atomic>
#include <cstdint>

#include "engine/exit_slots.hpp"
#include "engine/region.hpp"

namespace libnv::engine {

// Who leases a slab.
enum class Lessee : std::uint8_t { kNobody, kThread, kLock };

// The cells that one lessee at a time writes (S2 of docs/adr/0002).
//
// Created when the pool is empty, leased over and over, and never freed (S1).
class Slab {
public:
    explicit Slab(Region region) noexcept : region_(region) {}
    Slab(const Slab &) = delete;
    Slab &operator=(const Slab &) = delete;

    const Region &region() const noexcept { return region_; }
    std::uint64_t leases() const noexcept { return leases_.load(std::memory_order_relaxed); }
    Lessee lessee() const noexcept { return lessee_.load(std::memory_order_relaxed); }

    ExitSlots exit_slots;

private:
    friend class Pool;

    Region region_;
    Slab *older_ = nullptr; // written once, before publication
    Slab *next_idle_ = nullptr;
    std::atomic<std::uint64_t> leases_{0};
    std::atomic<Lessee> lessee_{Lessee::kNobody};
};

} // namespace libnv::engine
