// What is said on the standard error.
#pragma once

#include <string>

namespace libnv::registry {

/// Writes a line, unless LIBNV_QUIET=1.
void notice(const std::string &line) noexcept;

} // namespace libnv::registry
