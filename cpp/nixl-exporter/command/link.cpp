#include "link.hpp"

#include <iostream>
#include <stdexcept>

#include "plugin_file.hpp"

namespace nixl_command {

namespace fs = std::filesystem;

namespace {

/// Whether a link is there. What is there and no link is nobody's to remove.
bool is_linked(const fs::path &link) {
    const fs::file_status status = fs::symlink_status(link);
    if (fs::exists(status) && !fs::is_symlink(status)) {
        throw std::runtime_error(link.string() + " is a file, not a link; it is left as it is");
    }
    return fs::is_symlink(status);
}

} // namespace

void install(const fs::path &plugin, const fs::path &folder) {
    const fs::path link = folder / kPluginName;
    if (is_linked(link)) {
        if (fs::read_symlink(link) == plugin) {
            std::cout << "already installed: " << link.string() << '\n';
            return;
        }
        fs::remove(link);
    }
    fs::create_symlink(plugin, link);
    std::cout << "installed: " << link.string() << '\n';
}

void uninstall(const fs::path &folder) {
    const fs::path link = folder / kPluginName;
    if (!is_linked(link)) {
        std::cout << "not installed: " << link.string() << '\n';
        return;
    }
    fs::remove(link);
    std::cout << "removed: " << link.string() << '\n';
}

} // namespace nixl_command
