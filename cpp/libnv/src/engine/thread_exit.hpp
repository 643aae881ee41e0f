// The lease of the calling thread, and its end.
#pragma once

#include <cstdint>

#include "engine/slab.hpp"

namespace libnv::engine {

// Makes the key whose destructor takes a thread's slab back. Called once.
void create_exit_key() noexcept;

// Leases a slab to the calling thread, or finds the one it has, and notes `slot` to be
// nulled at its exit. Null past that exit (T3 of docs/adr/0002), and where there is no
// slab, key or place to be had.
Slab *lease_to_thread(std::uint8_t **slot) noexcept;

// The slab that the calling thread leases now, or null.
Slab *slab_of_this_thread() noexcept;

} // namespace libnv::engine
