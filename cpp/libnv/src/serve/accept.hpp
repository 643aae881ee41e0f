// Which format of the page a client wants.
#pragma once

#include <cstdint>
#include <string_view>

namespace libnv::http {

// LIBNV_OPENMETRICS where the value of an `Accept` header wants version 1.0.0 of it more than
// Prometheus text, else LIBNV_TEXT: also where it wants neither.
//
// Each format has the weight of the range that names it most closely; of equal weights the closer
// range counts, then the one that comes first. See RFC 9110, section 12.5.1.
std::uint32_t format_of(std::string_view accept);

} // namespace libnv::http
