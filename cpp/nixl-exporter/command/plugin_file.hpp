#pragma once

#include <filesystem>

namespace nixl_command {

/// The name by which NIXL finds the exporter "libnv".
constexpr const char *kPluginName = "libtelemetry_exporter_libnv.so";

/// Where the plug-in of this installation is; throws where it is not there.
std::filesystem::path plugin_file();

} // namespace nixl_command
