// The anchors of libnv in a process, found by their ELF notes as libnv itself does.
#pragma once

#include <cstdint>
#include <optional>

#include "memory.hpp"
#include "objects.hpp"

namespace doctor {

// `libnv_anchor_v1`, whose header would give this program an anchor too.
struct Anchor {
    std::uint64_t magic;
    std::uint32_t abi;
    std::uint32_t size;
    std::uint64_t api; // the address of a `libnv_api_v1`, or 0
    std::uint64_t reserved[5];
};
static_assert(sizeof(Anchor) == 64);

// The anchor of an object, if it has one.
std::optional<Anchor> anchor_of(const Memory &memory, const Object &object);

} // namespace doctor
