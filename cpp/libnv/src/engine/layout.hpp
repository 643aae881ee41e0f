// Where cells lie inside a slab: the offsets, and what each stretch is for.
//
//   0        kFirst           thread_end          shared_end            gauge_end
//   | scratch | thread cells  | shared additive   | gauges (set)        |
//   |<---- every thread's slab, and the --------->|
//   |<---- shared slab has all of it ------------------------------------>|
//
// An offset below `thread_end` exists in every slab; the rest only in the one
// shared slab, whose cells are changed by atomic read-modify-write or set.
#pragma once

#include <cstdint>

#include <libnv/libnv.h>

namespace libnv::engine {

// Bytes of one cell: a uint64_t, or the bits of a double.
inline constexpr std::uint32_t kCellBytes = 8;

// The first offset that is handed out, one pair of cache lines past scratch.
inline constexpr std::uint32_t kFirst = 128;

// The ends of the three stretches, in bytes. Each is a multiple of 4096.
struct Layout {
    std::uint32_t thread_end;
    std::uint32_t shared_end;
    std::uint32_t gauge_end;
};

inline constexpr std::uint32_t kMib = 1u << 20;

// The layouts to try, largest first. Reserved pages cost nothing until they are
// touched; the smaller ones are for processes of limited address space.
inline constexpr Layout kLayouts[] = {
    {64 * kMib, 512 * kMib, 1024 * kMib},
    {4 * kMib, 32 * kMib, 64 * kMib},
    {kMib / 4, 2 * kMib, 4 * kMib},
};

static_assert(kLayouts[0].gauge_end < LIBNV_OFFSET_LIMIT);

} // namespace libnv::engine
