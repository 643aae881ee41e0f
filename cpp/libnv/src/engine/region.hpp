// Reserved memory for cells: address space first, pages on first touch.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>

#include "engine/cell.hpp"

namespace libnv::engine {

// Zeroed cells at a fixed address above LIBNV_OFFSET_LIMIT, never unmapped (R1 of
// docs/adr/0002): a region has no destructor.
class Region {
public:
    // Reserves `bytes`, or says that the system refuses.
    static std::optional<Region> reserve(std::uint32_t bytes) noexcept;

    std::uint8_t *base() const noexcept { return base_; }

    // The cells from byte `offset` on.
    Cell *cells(std::uint32_t offset) const noexcept {
        return reinterpret_cast<Cell *>(base_ + offset);
    }

    // True where the region holds that many cells at `offset`.
    bool holds(std::uint32_t offset, std::uint32_t cells) const noexcept;

    // Drops the pages up to byte `end`, which then read zero: for the child of a fork,
    // where no other thread exists. It neither copies nor commits a page.
    void discard(std::uint32_t end) const noexcept;

private:
    Region(std::uint8_t *base, std::uint32_t bytes) noexcept : base_(base), bytes_(bytes) {}

    std::uint8_t *base_;
    std::uint32_t bytes_;
};

} // namespace libnv::engine
