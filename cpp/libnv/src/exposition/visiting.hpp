// A page as plain C structures.
#pragma once

#include <libnv/libnv.h>

#include "registry/snapshot.hpp"

namespace libnv::exposition {

/// What a family is shown to; it may keep nothing of it.
using VisitFamily = void (*)(void *context, const libnv_family_values_v1 *family);

/// Shows each family.
void visit_families(const registry::Snapshot &snapshot, VisitFamily visit, void *context);

} // namespace libnv::exposition
