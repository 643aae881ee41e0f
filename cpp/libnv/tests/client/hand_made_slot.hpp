// A slot without a registry's series behind it, over cells of the engine.
#pragma once

#include <libnv/record.h>

#include <cstdint>
#include <vector>

namespace libnv::test {

class HandMadeSlot {
public:
    // Takes that many cells in a space, and records there with these flags.
    explicit HandMadeSlot(std::uint32_t cells, std::uint32_t space = LIBNV_SPACE_THREAD,
                          std::int64_t flags = 0) {
        registry_.struct_size = sizeof registry_;
        registry_.abi = LIBNV_ABI;
        registry_.notify = [](libnv_slot_v1 *recorded) { ++of(recorded).notified_; };
        registry_.drop_slot = [](libnv_slot_v1 *released) { ++of(released).dropped_; };
        registry_.count_dropped = [](void *, std::uint32_t reason, std::uint64_t values) {
            refused[reason] += values;
        };
        std::int64_t offset = libnv_api()->cells->allocate(space, cells);
        slot.offset = (offset & UINT32_MAX) | (flags ? flags | LIBNV_FLAGGED : 0);
        slot.cell_count = cells;
        slot.references = 1;
        slot.registry = &registry_;
        slot.series = this;
        if (space == LIBNV_SPACE_GAUGE)
            slot.cells = reinterpret_cast<std::uint64_t *>(libnv_api()->cells->shared_base() +
                                                           static_cast<std::uint32_t>(offset));
        for (std::uint64_t &count : refused) count = 0;
    }
    HandMadeSlot(const HandMadeSlot &) = delete;
    HandMadeSlot &operator=(const HandMadeSlot &) = delete;

    // The sums of all cells over all threads.
    std::vector<std::uint64_t> sums(std::uint32_t kind = LIBNV_UNSIGNED) const {
        std::vector<std::uint64_t> out(slot.cell_count);
        libnv_segment_v1 segment = {static_cast<std::uint32_t>(slot.offset), slot.cell_count, kind,
                                    0};
        libnv_api()->cells->sum(&segment, 1, out.data(), out.size());
        return out;
    }

    // What the first cell of the shared slab holds.
    std::uint64_t in_shared_slab() const {
        std::uint8_t *base = libnv_api()->cells->shared_base();
        void *cell = base + static_cast<std::uint32_t>(slot.offset);
        return __atomic_load_n(static_cast<std::uint64_t *>(cell), __ATOMIC_RELAXED);
    }

    double float_sum() const { return libnv_detail_to_double(sums(LIBNV_FLOAT)[0]); }

    int notified() const { return notified_; }
    int dropped() const { return dropped_; }

    libnv_slot_v1 slot = {};
    // By reason.
    static inline std::uint64_t refused[3];

private:
    static HandMadeSlot &of(libnv_slot_v1 *theirs) {
        return *static_cast<HandMadeSlot *>(theirs->series);
    }

    libnv_registry_v1 registry_ = {};
    int notified_ = 0;
    int dropped_ = 0;
};

} // namespace libnv::test
