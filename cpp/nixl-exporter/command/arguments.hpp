#pragma once

#include <stdexcept>
#include <string>
#include <vector>

namespace nixl_command {

enum class Action { Help, Path, Install, Uninstall };

/// What the command was asked to do.
struct Arguments {
    Action action = Action::Help;
    std::string plugin_dir;         // empty: NIXL_PLUGIN_DIR, else where NIXL's package is
    std::string python = "python3"; // that is asked for the package
};

/// Words that mean nothing to the command.
struct UsageError : std::runtime_error {
    using std::runtime_error::runtime_error;
};

/// Reads the words after the command's name, or throws a UsageError.
Arguments parse(const std::vector<std::string> &words);

/// What `--help` prints.
extern const char *const kHelp;

} // namespace nixl_command
