// The copies of libnv in this process.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include <libnv/libnv.h>

namespace libnv::meeting {

// A library or executable that holds a copy, or a meeting point of one.
struct Copy {
    std::string path;
    std::uint32_t abi;
    bool is_owner; // the table in force came from here
};

// All copies, in the order of loading.
std::vector<Copy> copies();

} // namespace libnv::meeting
