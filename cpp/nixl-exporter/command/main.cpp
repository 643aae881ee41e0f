/// libnv-nixl: puts the exporter plug-in where NIXL finds it.

#include <exception>
#include <iostream>

#include "arguments.hpp"
#include "link.hpp"
#include "nixl_folders.hpp"
#include "plugin_file.hpp"

using namespace nixl_command;

namespace {

void run(const Arguments &arguments) {
    switch (arguments.action) {
    case Action::Help:
        std::cout << kHelp;
        break;
    case Action::Path:
        std::cout << plugin_file().string() << '\n';
        break;
    case Action::Install:
        for (const auto &folder : nixl_folders(arguments)) {
            install(plugin_file(), folder);
        }
        break;
    case Action::Uninstall:
        for (const auto &folder : nixl_folders(arguments)) {
            uninstall(folder);
        }
        break;
    }
}

} // namespace

int main(int count, char **words) {
    try {
        run(parse({words + 1, words + count}));
        return 0;
    } catch (const UsageError &error) {
        std::cerr << "libnv-nixl: " << error.what() << "; see libnv-nixl --help\n";
        return 2;
    } catch (const std::exception &error) {
        std::cerr << "libnv-nixl: " << error.what() << '\n';
        return 1;
    }
}
