// Reads the memory of a process while that runs on.
#pragma once

#include <sys/types.h>

#include <cstddef>
#include <cstdint>
#include <string>

namespace doctor {

class Memory {
public:
    // Throws where this process may not look into that one.
    explicit Memory(pid_t pid);
    ~Memory();
    Memory(const Memory &) = delete;
    Memory &operator=(const Memory &) = delete;

    // Fills `out`; false where that is not mapped.
    bool read(std::uint64_t address, void *out, std::size_t size) const noexcept;

    template <typename T>
    bool read(std::uint64_t address, T &out) const noexcept {
        return read(address, &out, sizeof out);
    }

    // A text that ends in NUL, cut at 4096 bytes; empty where that is not mapped.
    std::string text(std::uint64_t address) const;

private:
    int file_;
};

} // namespace doctor
