#include "engine/region.hpp"

#include <sys/mman.h>

#include "engine/layout.hpp"

namespace libnv::engine {

std::optional<Region> Region::reserve(std::uint32_t bytes) noexcept {
    void *address = mmap(nullptr, bytes, PROT_READ | PROT_WRITE,
                         MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    if (address == MAP_FAILED) return std::nullopt;
    if (reinterpret_cast<std::uintptr_t>(address) <= std::uintptr_t{LIBNV_OFFSET_LIMIT}) {
        munmap(address, bytes);
        return std::nullopt;
    }
    // Advice only: a kernel that lacks it serves all the same. With huge pages the first
    // record of a thread would commit 2 MiB.
    madvise(address, bytes, MADV_NOHUGEPAGE);
    madvise(address, bytes, MADV_DONTDUMP);
    return Region(static_cast<std::uint8_t *>(address), bytes);
}

bool Region::holds(std::uint32_t offset, std::uint32_t cells) const noexcept {
    const std::uint64_t end = offset + std::uint64_t{cells} * kCellBytes;
    return end <= bytes_ && offset % kCellBytes == 0;
}

void Region::discard(std::uint32_t end) const noexcept {
    madvise(base_, end, MADV_DONTNEED);
}

} // namespace libnv::engine
