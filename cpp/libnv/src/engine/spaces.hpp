// Offsets: which are free, and which belong to a series.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <vector>

#include "engine/layout.hpp"

namespace libnv::engine {

// Which stretch of the layout a range of cells lies in. The numbers are the ABI's.
enum class Space : std::uint32_t {
    kThread = LIBNV_SPACE_THREAD,
    kShared = LIBNV_SPACE_SHARED,
    kGauge = LIBNV_SPACE_GAUGE,
};

// Free offsets of one stretch: a bump pointer, and ranges that came back.
class Stretch {
public:
    Stretch(std::uint32_t start, std::uint32_t end) noexcept : next_(start), end_(end) {}

    std::optional<std::uint32_t> take(std::uint32_t bytes);
    void give(std::uint32_t offset, std::uint32_t bytes);

private:
    std::uint32_t next_;
    std::uint32_t end_;
    // Free offsets by size in bytes; none of the lists is empty.
    std::map<std::uint32_t, std::vector<std::uint32_t>> returned_;
};

// The free offsets of all stretches.
class Spaces {
public:
    explicit Spaces(const Layout &layout) noexcept;

    // Takes contiguous cells in `space`, or nothing where it is full. A full thread
    // stretch overflows into the shared one: such a series is recorded by atomic adds,
    // slower and never lost.
    std::optional<std::uint32_t> take(Space space, std::uint32_t cells);

    // Gives back a range whose cells are zero again.
    void give(std::uint32_t offset, std::uint32_t cells);

    Space space_of(std::uint32_t offset) const noexcept;

private:
    Stretch &stretch(Space space) noexcept;

    Layout layout_;
    Stretch thread_;
    Stretch shared_;
    Stretch gauge_;
};

} // namespace libnv::engine
