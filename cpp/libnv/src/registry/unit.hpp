// Base units, as Prometheus names them.
#pragma once

#include <string_view>

namespace libnv::registry {

/// True for `seconds`, `bytes` and the other base units: numbers of different
/// components can be compared only in those.
bool is_base_unit(std::string_view name) noexcept;

} // namespace libnv::registry
