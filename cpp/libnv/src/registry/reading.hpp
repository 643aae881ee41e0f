// From sums of cells to values.
#pragma once

#include <cstdint>
#include <vector>

#include <libnv/libnv.h>

#include "registry/family.hpp"
#include "registry/snapshot.hpp"

namespace libnv::registry {

/// The values of a family's series, whose sums begin where `places` say.
Values values_of(const Family &family, const std::vector<std::uint32_t> &places,
                 const std::vector<std::uint64_t> &sums);

/// Reads one series. Counts of buckets go where `out` has room for them.
void read_one(const Series &series, libnv_value_v1 &out);

} // namespace libnv::registry
