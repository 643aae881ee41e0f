// The executable and the libraries that a process has mapped.
#pragma once

#include <sys/types.h>

#include <cstdint>
#include <string>
#include <vector>

namespace doctor {

struct Object {
    std::string path;
    std::uint64_t start = 0; // where its first page lies
    std::uint64_t end = 0;   // of its last mapping
};

// All of them, by address. Throws where the process is not there.
std::vector<Object> objects_of(pid_t pid);

// The path of the object that an address lies in, or an empty one.
std::string path_at(const std::vector<Object> &objects, std::uint64_t address);

} // namespace doctor
