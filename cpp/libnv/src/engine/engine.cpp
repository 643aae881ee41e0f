#include "engine/engine.hpp"

#include <new>

#include "engine/segment.hpp"

namespace libnv::engine {

Engine *Engine::make() noexcept {
    for (const Layout &layout : kLayouts) {
        if (const auto shared = Region::reserve(layout.gauge_end)) {
            return new (std::nothrow) Engine(layout, *shared);
        }
    }
    return nullptr;
}

std::optional<Taken> Engine::allocate(Space space, std::uint32_t cells) noexcept try {
    const std::lock_guard held(spaces_lock_);
    const auto offset = spaces_.take(space, cells);
    if (!offset) return std::nullopt;
    return Taken{spaces_.space_of(*offset), *offset};
} catch (...) {
    return std::nullopt;
}

void Engine::free(std::uint32_t offset, std::uint32_t cells) noexcept try {
    const std::lock_guard held(spaces_lock_);
    if (!shared_.holds(offset, cells)) return;
    zero(shared_.cells(offset), cells);
    if (spaces_.space_of(offset) == Space::kThread) {
        pool_.for_each([&](Slab &slab) { zero(slab.region().cells(offset), cells); });
    }
    spaces_.give(offset, cells);
} catch (...) {
    // Without memory to note it, the range is not used again.
}

void Engine::sum(const libnv_segment_v1 *segments, std::size_t count, std::uint64_t *out,
                 std::size_t out_len) const noexcept {
    const libnv_segment_v1 *const end = segments + count;
    for (const libnv_segment_v1 *run = segments; run != end;) {
        const libnv_segment_v1 *run_end = run + 1;
        while (run_end != end && !is_ordered(*run) && !is_ordered(*run_end)) ++run_end;
        for (const auto *segment = run; segment != run_end; ++segment) {
            if (is_sound(*segment, out_len)) {
                add_cells(*segment, shared_.cells(segment->offset), segment->cells, out);
            }
        }
        pool_.for_each([&](const Slab &slab) {
            for (const auto *segment = run; segment != run_end; ++segment) {
                // A run of neighbours may go on past the end of the slabs.
                const std::uint32_t here = cells_before(*segment, layout_.thread_end);
                if (here > 0 && is_sound(*segment, out_len)) {
                    add_cells(*segment, slab.region().cells(segment->offset), here, out);
                }
            }
        });
        run = run_end;
    }
}

bool Engine::is_sound(const libnv_segment_v1 &segment, std::size_t out_len) const noexcept {
    return shared_.holds(segment.offset, segment.cells) && segment.out <= out_len &&
           segment.cells <= out_len - segment.out;
}

void Engine::count(libnv_cell_stats_v1 &stats) const noexcept {
    stats.slabs = stats.leased = stats.leases = 0;
    pool_.for_each([&](const Slab &slab) {
        stats.slabs += 1;
        stats.leased += slab.lessee() == Lessee::kNobody ? 0 : 1;
        stats.leases += slab.leases();
    });
}

void Engine::lock_for_fork() noexcept {
    spaces_lock_.lock();
    pool_.lock().lock();
}

void Engine::unlock_after_fork() noexcept {
    pool_.lock().unlock();
    spaces_lock_.unlock();
}

void Engine::start_child(const Slab *of_this_thread) noexcept {
    // A gauge is a statement that still holds; a count belongs to the parent.
    shared_.discard(layout_.shared_end);
    pool_.for_each([&](const Slab &slab) { slab.region().discard(layout_.thread_end); });
    pool_.reclaim_from_threads(of_this_thread);
}

} // namespace libnv::engine
