// What is wrong with a process.
#pragma once

#include <string>
#include <vector>

#include "findings.hpp"

namespace doctor {

// One sentence for each problem; none where all is well.
std::vector<std::string> problems_of(const Findings &findings);

} // namespace doctor
