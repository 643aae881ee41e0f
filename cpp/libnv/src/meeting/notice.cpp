#include "meeting/notice.hpp"

#include <cstdio>
#include <cstdlib>
#include <cstring>

#include <libnv/version.h>

namespace libnv::meeting {

void notice_other_abi(std::uint32_t other_abi) noexcept {
    const char *quiet = std::getenv("LIBNV_QUIET");
    if (quiet != nullptr && std::strcmp(quiet, "1") == 0) return;
    std::fprintf(stderr,
                 "libnv: the metrics of this process belong to a copy of ABI %u; "
                 "libnv %s, of ABI %u, records nothing in it\n",
                 static_cast<unsigned>(other_abi), LIBNV_VERSION_STRING, LIBNV_ABI);
}

} // namespace libnv::meeting
