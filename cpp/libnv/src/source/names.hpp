// Names of sources, each once in the process.
#pragma once

#include <string>

namespace libnv::source {

/// Takes a name until it is given back; throws where it is empty or taken.
void take_name(const std::string &name);

void give_name_back(const std::string &name);

} // namespace libnv::source
