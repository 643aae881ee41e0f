#include "registry/notice.hpp"

#include <cstdio>
#include <cstdlib>
#include <cstring>

namespace libnv::registry {

void notice(const std::string &line) noexcept {
    const char *const quiet = std::getenv("LIBNV_QUIET");
    if (quiet == nullptr || std::strcmp(quiet, "1") != 0) {
        std::fprintf(stderr, "libnv: %s\n", line.c_str());
    }
}

} // namespace libnv::registry
