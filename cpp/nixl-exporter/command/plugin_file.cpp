#include "plugin_file.hpp"

#include <stdexcept>

namespace nixl_command {

namespace fs = std::filesystem;

fs::path plugin_file() {
    // Relative to this program, so that an installed tree may be moved; beside it
    // in the folder of a build.
    const fs::path here = fs::read_symlink("/proc/self/exe").parent_path();
    const fs::path installed = (here / LIBNV_NIXL_FROM_BIN / kPluginName).lexically_normal();
    for (const fs::path &path : {here / kPluginName, installed}) {
        if (fs::is_regular_file(path)) {
            return path;
        }
    }
    throw std::runtime_error("cannot find the plug-in: there is no " + installed.string());
}

} // namespace nixl_command
