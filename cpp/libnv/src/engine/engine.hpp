// The engine: slabs, offsets and sums of one process.
#pragma once

#include <cstddef>
#include <cstdint>
#include <mutex>
#include <optional>

#include <libnv/libnv.h>

#include "engine/layout.hpp"
#include "engine/pool.hpp"
#include "engine/region.hpp"
#include "engine/spaces.hpp"

namespace libnv::engine {

// Cells taken: where they begin, and the space that they lie in.
struct Taken {
    Space space;
    std::uint32_t offset;
};

// Who leases what, and what it adds up to: a port of the Rust engine, under the law of
// docs/adr/0002. Never destroyed.
class Engine {
public:
    // Reserves the shared slab; null where not even the smallest can be had.
    static Engine *make() noexcept;

    // Takes zeroed, contiguous cells; nothing where the space is full.
    std::optional<Taken> allocate(Space space, std::uint32_t cells) noexcept;

    // Zeroes a range and gives it back. The caller vouches that no writer is left.
    void free(std::uint32_t offset, std::uint32_t cells) noexcept;

    // Adds what the segments say, over all slabs, to `out`.
    //
    // Goes slab by slab and reads each one's lines in the order given. Segments of the
    // pair kinds are summed one by one instead, since they must be read in order.
    void sum(const libnv_segment_v1 *segments, std::size_t count, std::uint64_t *out,
             std::size_t out_len) const noexcept;

    // Slabs that exist, on lease now, and leases ever given.
    void count(libnv_cell_stats_v1 &stats) const noexcept;

    // Takes the locks in order before a fork, and releases them on both sides.
    void lock_for_fork() noexcept;
    void unlock_after_fork() noexcept;

    // Starts the child of a fork at zero, with the lease of its only thread (F1).
    void start_child(const Slab *of_this_thread) noexcept;

    Pool &pool() noexcept { return pool_; }
    const Pool &pool() const noexcept { return pool_; }
    const Region &shared() const noexcept { return shared_; }

private:
    Engine(const Layout &layout, Region shared) noexcept
        : layout_(layout), shared_(shared), spaces_(layout), pool_(layout.thread_end) {}

    bool is_sound(const libnv_segment_v1 &segment, std::size_t out_len) const noexcept;

    Layout layout_;
    Region shared_;
    std::mutex spaces_lock_;
    Spaces spaces_;
    Pool pool_;
};

} // namespace libnv::engine
