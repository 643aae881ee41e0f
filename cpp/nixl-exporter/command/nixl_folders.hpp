#pragma once

#include <filesystem>
#include <vector>

#include "arguments.hpp"

namespace nixl_command {

/// The folders in which NIXL looks for plug-ins; throws where none is known.
std::vector<std::filesystem::path> nixl_folders(const Arguments &arguments);

} // namespace nixl_command
