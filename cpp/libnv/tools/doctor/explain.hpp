// Why a metric is on a page, or is not.
#pragma once

#include <string>
#include <vector>

#include "findings.hpp"

namespace doctor {

// Judges by the page in Prometheus text, the refusals of that name, and what else was found.
Explanation explain_by(const std::string &name, const std::string &page,
                       const std::vector<Refusal> &refusals, const Findings &findings);

} // namespace doctor
