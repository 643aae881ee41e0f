// What was found, for people.
#pragma once

#include <iosfwd>

#include "findings.hpp"

namespace doctor {

// Writes tables; in colours for a terminal that wants them.
void write_text(std::ostream &out, const Findings &findings, bool has_colours);
void write_text(std::ostream &out, const Explanation &explanation, bool has_colours);

} // namespace doctor
