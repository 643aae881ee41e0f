#include "engine/segment.hpp"

#include <algorithm>

#include "engine/layout.hpp"

namespace libnv::engine {
namespace {

void add_unsigned(std::uint64_t *out, const Cell *cells, std::uint32_t from,
                  std::uint32_t to) noexcept {
    for (std::uint32_t at = from; at < to; ++at) out[at] += read(cells[at]);
}

void add_float(std::uint64_t &sum, const Cell &cell) noexcept {
    const std::uint64_t bits = read(cell);
    // An untouched cell is skipped, so that a lone -0.0 keeps its sign.
    if (bits != 0) sum = to_bits(to_double(sum) + to_double(bits));
}

} // namespace

std::uint32_t cells_before(const libnv_segment_v1 &segment, std::uint32_t end) noexcept {
    if (segment.offset >= end) return 0;
    return std::min(segment.cells, (end - segment.offset) / kCellBytes);
}

void add_cells(const libnv_segment_v1 &segment, const Cell *cells, std::uint32_t count,
               std::uint64_t *out) noexcept {
    out += segment.out;
    switch (segment.kind) {
    case LIBNV_FLOAT:
        for (std::uint32_t at = 0; at < count; ++at) add_float(out[at], cells[at]);
        break;
    case LIBNV_SUM_AND_COUNTS:
        add_unsigned(out, cells, 1, count);
        if (count > 0) add_float(out[0], cells[0]);
        break;
    case LIBNV_FIRST_OF_PAIR:
        add_unsigned(out, cells, 0, std::min(count, 1u));
        break;
    case LIBNV_SECOND_OF_PAIR:
        add_unsigned(out, cells, 1, count);
        break;
    default:
        add_unsigned(out, cells, 0, count);
        break;
    }
}

} // namespace libnv::engine
