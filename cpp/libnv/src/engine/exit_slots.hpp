// What a slab must undo when the thread that leases it exits.
#pragma once

#include <array>
#include <atomic>
#include <cstddef>
#include <cstdint>

namespace libnv::engine {

// The thread-local pointers, one for each copy of the record paths, that name a slab.
//
// Written by the thread that leases the slab; atomic for the child of a fork, which
// forgets those of vanished threads.
class ExitSlots {
public:
    // Copies whose pointers one thread's exit can null.
    static constexpr std::size_t kPlaces = 16;

    // Notes a pointer to null at exit; false where there is no place left.
    bool add(std::uint8_t **slot) noexcept;

    // Nulls every pointer noted. Called on the thread that leases the slab, whose
    // thread-local storage is still there.
    void null_all() noexcept;

    // Forgets all pointers, without touching what they point to.
    void forget() noexcept;

    // True in the first round of the exit of the present lessee.
    bool is_first_round() noexcept { return rounds_.fetch_add(1, std::memory_order_relaxed) == 0; }

private:
    std::array<std::atomic<std::uint8_t **>, kPlaces> slots_{};
    std::atomic<std::uint32_t> rounds_{0};
};

} // namespace libnv::engine
