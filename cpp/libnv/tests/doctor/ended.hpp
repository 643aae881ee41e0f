// How a command ended, and what it said.
#pragma once

#include <string>

struct Ended {
    int code;
    std::string out; // on its standard output
    std::string error;
};

// Runs a command line in a shell, and waits for its end.
Ended run(const std::string &line);
