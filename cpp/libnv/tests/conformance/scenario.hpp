// Scenario files: what is in them, and that nothing else is.
#pragma once

#include <string>
#include <vector>

#include "number.hpp"

namespace libnv::conformance {

/// One behaviour: steps against a registry of its own.
struct Scenario {
    std::string file;
    std::string name;
    std::string prefix;
    std::vector<Json> steps;
};

/// Reads all scenarios of a folder. Throws where one has a step, a field or a capability that
/// this runner does not know: nothing is skipped.
std::vector<Scenario> load(const std::string &folder);

/// The key that says what a step does; throws where there is none.
std::string verb_of(const Json &step);

} // namespace libnv::conformance
