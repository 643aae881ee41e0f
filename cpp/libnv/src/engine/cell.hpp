// Loads and stores of cells, which other threads read at the same time.
#pragma once

#include <cstdint>
#include <cstring>

namespace libnv::engine {

using Cell = std::uint64_t;

// Acquire, free on x86-64: whoever sees a bucket or a decrement sees the sum or the
// increment that was written before it.
inline std::uint64_t read(const Cell &cell) noexcept {
    return __atomic_load_n(&cell, __ATOMIC_ACQUIRE);
}

// Zeroes cells that nobody writes. Each is read first, so that pages that no thread
// touched stay untouched.
inline void zero(Cell *cells, std::uint32_t count) noexcept {
    for (Cell *cell = cells; cell != cells + count; ++cell) {
        if (__atomic_load_n(cell, __ATOMIC_RELAXED) != 0) {
            __atomic_store_n(cell, std::uint64_t{0}, __ATOMIC_RELAXED);
        }
    }
}

inline double to_double(std::uint64_t bits) noexcept {
    double value;
    std::memcpy(&value, &bits, sizeof value);
    return value;
}

inline std::uint64_t to_bits(double value) noexcept {
    std::uint64_t bits;
    std::memcpy(&bits, &value, sizeof bits);
    return bits;
}

} // namespace libnv::engine
