// What was found, for programs.
#pragma once

#include <iosfwd>

#include "findings.hpp"

namespace doctor {

// Writes one object and a line end. What could not be told is null.
void write_json(std::ostream &out, const Findings &findings);
void write_json(std::ostream &out, const Explanation &explanation);

} // namespace doctor
