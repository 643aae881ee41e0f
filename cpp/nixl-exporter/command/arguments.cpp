#include "arguments.hpp"

namespace nixl_command {

const char *const kHelp =
    R"(libnv-nixl: let NIXL report its telemetry into the metrics of its process

usage: libnv-nixl --path
       libnv-nixl --install   [--plugin-dir DIR] [--python PROGRAM]
       libnv-nixl --uninstall [--plugin-dir DIR] [--python PROGRAM]

  --path            print where the plug-in is
  --install         link it into the folder of NIXL's plug-ins
  --uninstall       remove that link
  --plugin-dir DIR  the folder; else NIXL_PLUGIN_DIR, else those of the NIXL
                    packages that the Python program knows
  --python PROGRAM  the Python program to ask, instead of python3

Examples:
  libnv-nixl --install
  libnv-nixl --install --python ~/venv/bin/python
  NIXL_TELEMETRY_ENABLE=y NIXL_TELEMETRY_EXPORTER=libnv python3 worker.py

Exit codes: 0 done, 1 it could not be done, 2 the arguments are wrong.
)";

namespace {

void choose(Arguments &arguments, Action action) {
    if (arguments.action != Action::Help) {
        throw UsageError("only one of --path, --install and --uninstall can be done at a time");
    }
    arguments.action = action;
}

} // namespace

Arguments parse(const std::vector<std::string> &words) {
    Arguments arguments;
    for (std::size_t i = 0; i < words.size(); ++i) {
        const std::string &word = words[i];
        const auto value = [&] {
            if (i + 1 == words.size()) {
                throw UsageError(word + " needs a value");
            }
            return words[++i];
        };
        if (word == "--help" || word == "-h") {
            return {};
        } else if (word == "--path") {
            choose(arguments, Action::Path);
        } else if (word == "--install") {
            choose(arguments, Action::Install);
        } else if (word == "--uninstall") {
            choose(arguments, Action::Uninstall);
        } else if (word == "--plugin-dir") {
            arguments.plugin_dir = value();
        } else if (word == "--python") {
            arguments.python = value();
        } else {
            throw UsageError("unknown argument \"" + word + "\"");
        }
    }
    if (arguments.action == Action::Help) {
        throw UsageError("one of --path, --install and --uninstall is needed");
    }
    return arguments;
}

} // namespace nixl_command
