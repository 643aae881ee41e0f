#pragma once

#include <string>

namespace libnv::nixl {

/// The name of this machine, or "unknown".
std::string host_name();

} // namespace libnv::nixl
