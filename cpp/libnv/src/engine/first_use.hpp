// The engine of this copy, made at its first use.
#pragma once

#include <libnv/libnv.h>

#include "engine/engine.hpp"

namespace libnv::engine {

// Makes the engine at the first call; null where no address space can be reserved.
Engine *engine() noexcept;

// The engine where it was used before.
Engine *engine_in_use() noexcept;

} // namespace libnv::engine
