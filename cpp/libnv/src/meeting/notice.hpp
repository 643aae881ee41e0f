// What is said on the standard error, once, about copies that do not understand each other.
#pragma once

#include <cstdint>

namespace libnv::meeting {

// Says that a copy of another ABI owns this process. Quiet with LIBNV_QUIET=1.
void notice_other_abi(std::uint32_t other_abi) noexcept;

} // namespace libnv::meeting
