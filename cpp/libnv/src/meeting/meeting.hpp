// Which copy's table is in force in this process.
#pragma once

#include <libnv/libnv.h>

namespace libnv::meeting {

// The table in force; the first call of a process publishes this copy's. Null where a
// copy of another ABI owns the process.
const libnv_api_v1 *api() noexcept;

// The same; where this publishes, it is with the cells of another engine, whose library
// stays loaded.
const libnv_api_v1 *api_with(const libnv_cells_v1 &cells) noexcept;

// The cells in force; this copy's own, which nobody reads, where a copy of another ABI
// owns the process.
const libnv_cells_v1 &cells() noexcept;

// Has every copy that late-binds bind what it counted before this copy published its table; does
// nothing where that was done, or another's table is in force. It registers families and
// series: not to be called from where the cells or a registry are made.
void bind_what_waits() noexcept;

} // namespace libnv::meeting
