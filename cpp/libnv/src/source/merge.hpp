// Several snapshots on one page, and what may be on none.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "registry/snapshot.hpp"

namespace libnv::source {

/// Something that was left out of a page.
struct LeftOut {
    std::string message;
    std::uint64_t series;
};

/// Leaves out what no page may hold: names and labels beginning with `__`, and labels that the
/// lines of a family need themselves.
std::vector<LeftOut> check(registry::Snapshot &snapshot);

/// Adds the families of `other`, and returns what clashes: what is on the page stays, then what
/// comes first in `other`.
std::vector<LeftOut> merge(registry::Snapshot &page, registry::Snapshot other);

} // namespace libnv::source
