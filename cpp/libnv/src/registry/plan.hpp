// A read of many series at once, in the order that keeps differences true.
#pragma once

#include <cstdint>
#include <vector>

#include <libnv/libnv.h>

#include "registry/series.hpp"

namespace libnv::registry {

/// What to sum in one pass over all slabs.
///
/// Up-down counters are read so that nested ones stay nested: all decrements in the order
/// they were planned, then all increments in reverse. Where an outer count is planned before
/// an inner one, and each thing enters the outer first and leaves it last, 0 <= inner <= outer
/// holds in every read.
class Plan {
public:
    /// Plans to sum the cells of a series and those joined to it; returns where the sums will
    /// be. Those that are set have none.
    std::uint32_t add(const Series &series);

    /// Sums everything planned. The series must still be there.
    std::vector<std::uint64_t> run();

private:
    struct Planned {
        const Series *series;
        std::uint32_t out;
    };

    void push(const Series &series, std::uint32_t kind, std::uint32_t out);
    void push(libnv_segment_v1 segment);
    void flush();

    std::vector<Planned> pairs_;
    std::vector<Planned> others_;
    std::vector<libnv_segment_v1> segments_;
    std::vector<std::uint64_t> sums_;
    std::uint32_t cells_ = 0;
};

} // namespace libnv::registry
