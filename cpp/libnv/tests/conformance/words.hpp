// Words of scenario files.
#pragma once

#include <cstdint>
#include <string>

#include <libnv/libnv.h>

namespace libnv::conformance {

/// The kind of that name; throws where there is none.
std::uint32_t kind_of(const std::string &name);

/// The name of an error's kind; its number where scenarios have no name for it.
std::string kind_name(libnv_status status);

} // namespace libnv::conformance
