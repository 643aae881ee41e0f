// What was expected, and what was found.
#pragma once

#include <stdexcept>
#include <string>

namespace libnv::conformance {

/// Why a step failed.
class Mismatch : public std::runtime_error {
public:
    Mismatch(const std::string &expected, const std::string &found)
        : std::runtime_error("expected: " + expected + "\n  found:    " + found) {}
};

inline void expect(bool holds, const std::string &expected, const std::string &found) {
    if (!holds) throw Mismatch(expected, found);
}

} // namespace libnv::conformance
