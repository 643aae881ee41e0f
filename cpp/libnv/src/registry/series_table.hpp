// Finds the series of one family by the hash of their labels.
#pragma once

#include <cstdint>
#include <vector>

#include "registry/series.hpp"

namespace libnv::registry {

/// Open addressing, at most half full; a removed entry's successors move up.
class SeriesTable {
public:
    /// The series of that hash for which `is_it` is true, or null.
    template <class IsIt>
    Series *find(std::uint64_t hash, IsIt is_it) const {
        if (entries_.empty()) {
            return nullptr;
        }
        for (std::size_t at = hash & mask();; at = (at + 1) & mask()) {
            const Entry &entry = entries_[at];
            if (entry.series == nullptr) {
                return nullptr;
            }
            if (entry.hash == hash && is_it(*entry.series)) {
                return entry.series;
            }
        }
    }

    /// Makes room for one more series, so that `insert` can not fail.
    void reserve();
    void insert(Series &series) noexcept;
    void erase(const Series &series) noexcept;

private:
    struct Entry {
        std::uint64_t hash = 0;
        Series *series = nullptr;
    };

    std::size_t mask() const noexcept { return entries_.size() - 1; }

    std::vector<Entry> entries_;
    std::size_t count_ = 0;
};

} // namespace libnv::registry
