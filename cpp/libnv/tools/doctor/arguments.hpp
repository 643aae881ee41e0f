// The arguments of libnv-doctor.
#pragma once

#include <sys/types.h>

#include <stdexcept>
#include <string>
#include <vector>

namespace doctor {

struct Arguments {
    bool wants_help = false;
    bool wants_json = false;
    pid_t pid = 0;       // 0: this process, after loading
    std::string explain; // a metric's name, or empty
    std::vector<std::string> libraries;
};

// Words that mean nothing to the command.
struct UsageError : std::runtime_error {
    using std::runtime_error::runtime_error;
};

// Reads the words after the command's name, or throws a UsageError.
Arguments parse(const std::vector<std::string> &words);

extern const char *const kHelp;

} // namespace doctor
