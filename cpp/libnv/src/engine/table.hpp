// The engine of this copy behind the functions of the ABI.
#pragma once

#include <libnv/libnv.h>

namespace libnv::engine {

// The table of the C++ engine. Usable from static constructors and destructors; the
// engine is made at the first call of one of its functions.
const libnv_cells_v1 &table() noexcept;

} // namespace libnv::engine
