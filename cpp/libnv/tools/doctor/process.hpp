// What can be told of a process by looking into its memory.
#pragma once

#include <sys/types.h>

#include "findings.hpp"

namespace doctor {

// Finds the copies, and who of them owns. Throws where the process cannot be read.
Findings examine(pid_t pid);

} // namespace doctor
