// The formats that a page can be written in.
#pragma once

#include <cstdint>
#include <string>

#include "registry/snapshot.hpp"

namespace libnv::exposition {

/// Prometheus text 0.0.4. Units and created times are left out; infos and state sets are
/// gauges; exponential buckets are put together to one for each doubling.
std::string to_text(const registry::Snapshot &snapshot);

/// OpenMetrics text 1.0.0, without created times. What its rules forbid under the type that a
/// family has is of unknown type: a name never depends on the format.
std::string to_openmetrics(const registry::Snapshot &snapshot);

/// JSON, for scripts.
std::string to_json(const registry::Snapshot &snapshot);

/// The page in one of LIBNV_TEXT, LIBNV_OPENMETRICS and LIBNV_JSON; throws
/// LIBNV_INVALID_ARGUMENT where there is no such format.
std::string write_page(const registry::Snapshot &snapshot, std::uint32_t format);

} // namespace libnv::exposition
