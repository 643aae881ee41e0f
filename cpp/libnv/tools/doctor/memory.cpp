#include "memory.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <system_error>

namespace doctor {

Memory::Memory(pid_t pid) {
    const std::string path = "/proc/" + std::to_string(pid) + "/mem";
    file_ = open(path.c_str(), O_RDONLY | O_CLOEXEC);
    if (file_ < 0) {
        throw std::system_error(errno, std::generic_category(),
                                "cannot look into process " + std::to_string(pid));
    }
}

Memory::~Memory() {
    close(file_);
}

bool Memory::read(std::uint64_t address, void *out, std::size_t size) const noexcept {
    const ssize_t got = pread(file_, out, size, static_cast<off_t>(address));
    return got >= 0 && static_cast<std::size_t>(got) == size;
}

std::string Memory::text(std::uint64_t address) const {
    constexpr std::size_t kLongest = 4096;
    std::string text;
    for (char c = 0; text.size() < kLongest && read(address + text.size(), c) && c != '\0';) {
        text += c;
    }
    return text;
}

} // namespace doctor
