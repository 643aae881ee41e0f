// What to sum: a stretch of cells, how to read it, and where the sums go.
#pragma once

#include <cstdint>

#include <libnv/libnv.h>

#include "engine/cell.hpp"

namespace libnv::engine {

// True for the kinds whose order is what keeps a difference from going negative.
inline bool is_ordered(const libnv_segment_v1 &segment) noexcept {
    return segment.kind == LIBNV_FIRST_OF_PAIR || segment.kind == LIBNV_SECOND_OF_PAIR;
}

// How many of the cells of `segment` lie below byte `end`: all or none, but for cells of
// several series that were joined.
std::uint32_t cells_before(const libnv_segment_v1 &segment, std::uint32_t end) noexcept;

// Adds the first `count` cells of `segment`, which are those of one slab, to `out`.
void add_cells(const libnv_segment_v1 &segment, const Cell *cells, std::uint32_t count,
               std::uint64_t *out) noexcept;

} // namespace libnv::engine
