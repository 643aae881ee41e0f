#include "registry/series_table.hpp"

namespace libnv::registry {

void SeriesTable::reserve() {
    if (2 * (count_ + 1) <= entries_.size()) {
        return;
    }
    std::vector<Entry> larger(entries_.empty() ? 8 : 2 * entries_.size());
    entries_.swap(larger);
    count_ = 0;
    for (const Entry &entry : larger) {
        if (entry.series != nullptr) {
            insert(*entry.series);
        }
    }
}

void SeriesTable::insert(Series &series) noexcept {
    std::size_t at = series.hash() & mask();
    while (entries_[at].series != nullptr) {
        at = (at + 1) & mask();
    }
    entries_[at] = {series.hash(), &series};
    ++count_;
}

void SeriesTable::erase(const Series &series) noexcept {
    std::size_t hole = series.hash() & mask();
    while (entries_[hole].series != &series) {
        hole = (hole + 1) & mask();
    }
    for (std::size_t at = (hole + 1) & mask(); entries_[at].series != nullptr;
         at = (at + 1) & mask()) {
        const std::size_t home = entries_[at].hash & mask();
        // It may move up unless its home lies behind the hole.
        if (((at - home) & mask()) >= ((at - hole) & mask())) {
            entries_[hole] = entries_[at];
            hole = at;
        }
    }
    entries_[hole] = {};
    --count_;
}

} // namespace libnv::registry
