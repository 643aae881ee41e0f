#include "host_name.hpp"

#include <sys/utsname.h>

namespace libnv::nixl {

std::string host_name() {
    utsname machine{};
    return uname(&machine) == 0 && machine.nodename[0] != '\0' ? machine.nodename : "unknown";
}

} // namespace libnv::nixl
