#include "objects.hpp"

#include <fstream>
#include <sstream>
#include <stdexcept>

namespace doctor {

std::vector<Object> objects_of(pid_t pid) {
    std::ifstream maps("/proc/" + std::to_string(pid) + "/maps");
    if (!maps) {
        throw std::runtime_error("cannot look into process " + std::to_string(pid) +
                                 ": there is none, or it is another user's");
    }
    std::vector<Object> objects;
    for (std::string line; std::getline(maps, line);) {
        std::istringstream words(line);
        std::uint64_t start = 0, end = 0, offset = 0;
        char dash = 0;
        std::string rights, device, inode, path;
        words >> std::hex >> start >> dash >> end >> rights >> offset >> device >> inode;
        std::getline(words >> std::ws, path);
        if (!objects.empty() && (path == objects.back().path || path.empty())) {
            // A further segment, or the zeroes behind the last one.
            if (start == objects.back().end) objects.back().end = end;
        }
        if (offset == 0 && !path.empty() && path[0] == '/' && path != "/dev/zero") {
            if (objects.empty() || objects.back().path != path) {
                objects.push_back({path, start, end});
            }
        }
    }
    return objects;
}

std::string path_at(const std::vector<Object> &objects, std::uint64_t address) {
    for (const Object &object : objects) {
        if (address >= object.start && address < object.end) return object.path;
    }
    return {};
}

} // namespace doctor
