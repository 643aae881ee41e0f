// A counter over the engine's table, as a copy of the record path keeps one.
#pragma once

#include <cstdint>

#include "engine/table.hpp"

namespace libnv::engine::test {

inline thread_local std::uint8_t *base_of_this_thread = nullptr;

inline std::uint8_t *lease(std::uint8_t *&slot) {
    return table().lease(&slot);
}

inline libnv_cell_stats_v1 stats() {
    libnv_cell_stats_v1 out{};
    out.struct_size = sizeof out;
    table().stats(&out);
    return out;
}

inline std::uint64_t &cell_at(std::uint8_t *base, std::uint32_t offset) {
    return *reinterpret_cast<std::uint64_t *>(base + offset);
}

// Adds without a lock, as the only writer of the cell.
inline void add_alone(std::uint64_t &cell, std::uint64_t n) {
    __atomic_store_n(&cell, __atomic_load_n(&cell, __ATOMIC_RELAXED) + n, __ATOMIC_RELAXED);
}

class Counter {
public:
    Counter() : answer_(table().allocate(LIBNV_SPACE_THREAD, 1)) {}
    Counter(const Counter &) = delete;
    Counter &operator=(const Counter &) = delete;
    ~Counter() { table().free(offset(), 1); }

    bool is_allocated() const { return answer_ >= 0; }
    std::uint32_t offset() const { return static_cast<std::uint32_t>(answer_); }

    // Adds in the slab of this thread; in the shared one, by an atomic add, where there is none.
    // True where it was the thread's own.
    bool add(std::uint64_t n) const {
        std::uint8_t *base = base_of_this_thread;
        if (base == nullptr) base = lease(base_of_this_thread);
        if (base == nullptr) {
            __atomic_fetch_add(&cell_at(table().shared_base(), offset()), n, __ATOMIC_RELAXED);
            return false;
        }
        add_alone(cell_at(base, offset()), n);
        return true;
    }

    std::uint64_t value() const {
        const libnv_segment_v1 segment{offset(), 1, LIBNV_UNSIGNED, 0};
        std::uint64_t sum = 0;
        table().sum(&segment, 1, &sum, 1);
        return sum;
    }

private:
    std::int64_t answer_;
};

} // namespace libnv::engine::test
