#include "registry/plan.hpp"

#include <cstring>

#include "meeting/meeting.hpp"

namespace libnv::registry {
namespace {

constexpr std::uint32_t kCellBytes = 8;

std::uint32_t kind_of(Instrument instrument) {
    switch (instrument) {
    case Instrument::kFloatCounter:
        return LIBNV_FLOAT;
    case Instrument::kHistogram:
    case Instrument::kExponentialHistogram:
        return LIBNV_SUM_AND_COUNTS;
    default:
        return LIBNV_UNSIGNED;
    }
}

void add_float(std::uint64_t &sum, std::uint64_t bits) {
    if (bits == 0) {
        return;
    }
    double total = 0;
    double more = 0;
    std::memcpy(&total, &sum, sizeof total);
    std::memcpy(&more, &bits, sizeof more);
    total += more;
    std::memcpy(&sum, &total, sizeof sum);
}

std::uint64_t load(const std::uint64_t &cell) {
    return __atomic_load_n(&cell, __ATOMIC_ACQUIRE);
}

/// Adds cells outside of any slab, as a segment of that kind adds those in slabs.
void add_own(const std::uint64_t *cells, std::uint32_t count, std::uint32_t kind,
             std::uint64_t *out) {
    switch (kind) {
    case LIBNV_FIRST_OF_PAIR:
        out[0] += load(cells[0]);
        return;
    case LIBNV_SECOND_OF_PAIR:
        out[1] += load(cells[1]);
        return;
    case LIBNV_FLOAT:
        add_float(out[0], load(cells[0]));
        return;
    default:
        break;
    }
    const std::uint32_t first = kind == LIBNV_SUM_AND_COUNTS ? 1 : 0;
    for (std::uint32_t at = first; at < count; ++at) {
        out[at] += load(cells[at]);
    }
    if (kind == LIBNV_SUM_AND_COUNTS) {
        add_float(out[0], load(cells[0]));
    }
}

bool is_followed_by(const libnv_segment_v1 &one, const libnv_segment_v1 &next) {
    const bool are_joined = one.kind == LIBNV_UNSIGNED || one.kind == LIBNV_FLOAT;
    return are_joined && one.kind == next.kind &&
           one.offset + one.cells * kCellBytes == next.offset && one.out + one.cells == next.out;
}

} // namespace

std::uint32_t Plan::add(const Series &series) {
    const std::uint32_t out = cells_;
    if (is_set(series.instrument()) || series.slot().cell_count == 0) {
        return out;
    }
    cells_ += series.slot().cell_count;
    const bool is_pair = series.instrument() == Instrument::kUpDownCounter;
    (is_pair ? pairs_ : others_).push_back({&series, out});
    return out;
}

std::vector<std::uint64_t> Plan::run() {
    sums_.assign(cells_, 0);
    for (const Planned &pair : pairs_) {
        push(*pair.series, LIBNV_SECOND_OF_PAIR, pair.out);
    }
    for (std::size_t at = pairs_.size(); at-- > 0;) {
        push(*pairs_[at].series, LIBNV_FIRST_OF_PAIR, pairs_[at].out);
    }
    for (const Planned &other : others_) {
        push(*other.series, kind_of(other.series->instrument()), other.out);
    }
    flush();
    return std::move(sums_);
}

void Plan::push(const Series &series, std::uint32_t kind, std::uint32_t out) {
    const libnv_slot_v1 &slot = series.slot();
    push({static_cast<std::uint32_t>(slot.offset), slot.cell_count, kind, out});
    for (const auto *one = series.joined(); one != nullptr; one = one->next) {
        if (one->cells.own == nullptr) {
            push({static_cast<std::uint32_t>(one->cells.offset), slot.cell_count, kind, out});
        } else {
            // In its turn: what was planned before is read before.
            flush();
            add_own(one->cells.own, slot.cell_count, kind, &sums_[out]);
        }
    }
}

void Plan::push(libnv_segment_v1 segment) {
    if (!segments_.empty() && is_followed_by(segments_.back(), segment)) {
        segments_.back().cells += segment.cells;
    } else {
        segments_.push_back(segment);
    }
}

void Plan::flush() {
    if (!segments_.empty()) {
        meeting::cells().sum(segments_.data(), segments_.size(), sums_.data(), sums_.size());
        segments_.clear();
    }
}

} // namespace libnv::registry
