#include "registry/unit.hpp"

#include <algorithm>
#include <array>

namespace libnv::registry {

bool is_base_unit(std::string_view name) noexcept {
    constexpr std::array<std::string_view, 9> kUnits = {
        "seconds", "bytes", "ratio", "celsius", "joules", "volts", "amperes", "meters", "grams"};
    return std::find(kUnits.begin(), kUnits.end(), name) != kUnits.end();
}

} // namespace libnv::registry
