// Characters that can not be seen, or that join the one before them.
#pragma once

#include <cstdint>

namespace libnv::registry {

/// True where Rust's `char::escape_debug` writes the code of a character.
bool is_unprintable(std::uint32_t code) noexcept;

} // namespace libnv::registry
