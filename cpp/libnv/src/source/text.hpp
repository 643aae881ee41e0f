// Prometheus text, version 0.0.4, as a source returns it.
#pragma once

#include <string_view>

#include "registry/snapshot.hpp"

namespace libnv::source {

/// Reads a page, which may be that of several exporters one behind the other; throws a
/// `FormatError` where it is not in the format. OpenMetrics, which ends in `# EOF`, is refused.
registry::Snapshot read_text(std::string_view page);

} // namespace libnv::source
