#pragma once

#include <filesystem>

namespace nixl_command {

/// Links the plug-in into a folder, in place of a link that is there; says what it did.
///
/// Throws where there is a file of that name, which was not put there by us.
void install(const std::filesystem::path &plugin, const std::filesystem::path &folder);

/// Removes the link from a folder, if there is one; says what it did.
void uninstall(const std::filesystem::path &folder);

} // namespace nixl_command
