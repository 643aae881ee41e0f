// Keeps the library that this copy lies in loaded.
#pragma once

namespace libnv::meeting {

// Makes the loader never unload the library that holds this copy: others keep pointers
// into it from now on. Nothing to do for an executable.
void pin_this_library() noexcept;

} // namespace libnv::meeting
