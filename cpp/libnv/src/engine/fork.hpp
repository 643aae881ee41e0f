// What `fork` must not break: locks held elsewhere, leases of vanished threads.
#pragma once

#include <mutex>

namespace libnv::engine {

// The lock that holds off forks, for what is made once. Installs the handlers.
std::mutex &fork_hold() noexcept;

} // namespace libnv::engine
