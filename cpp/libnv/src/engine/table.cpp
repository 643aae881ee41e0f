#include "engine/table.hpp"

#include <algorithm>
#include <atomic>
#include <cstring>

#include "engine/first_use.hpp"
#include "engine/thread_exit.hpp"

namespace libnv::engine {
namespace {

// Records that found no slab: each asks again, for there may be one by then.
std::atomic<std::uint64_t> fallback_records{0};

std::uint8_t *lease(std::uint8_t **slot) noexcept {
    Slab *const slab = lease_to_thread(slot);
    if (slab == nullptr) {
        fallback_records.fetch_add(1, std::memory_order_relaxed);
        return nullptr;
    }
    *slot = slab->region().base();
    return *slot;
}

std::uint8_t *lease_to_lock() noexcept {
    Engine *const used = engine();
    Slab *const slab = used ? used->pool().lease(Lessee::kLock) : nullptr;
    return slab ? slab->region().base() : nullptr;
}

void return_from_lock(std::uint8_t *base) noexcept {
    Engine *const used = engine();
    if (used == nullptr) return;
    Slab *leased = nullptr;
    used->pool().for_each([&](Slab &slab) {
        if (slab.region().base() == base && slab.lessee() == Lessee::kLock) leased = &slab;
    });
    if (leased != nullptr) used->pool().give_back(*leased);
}

std::int64_t allocate(std::uint32_t space, std::uint32_t cells) noexcept {
    Engine *const used = engine();
    if (used == nullptr || space > LIBNV_SPACE_GAUGE) return -1;
    const auto taken = used->allocate(static_cast<Space>(space), cells);
    if (!taken) return -1;
    return std::int64_t{static_cast<std::uint32_t>(taken->space)} << 32 | taken->offset;
}

void free_cells(std::uint32_t offset, std::uint32_t cells) noexcept {
    if (Engine *used = engine()) used->free(offset, cells);
}

void sum(const libnv_segment_v1 *segments, std::size_t count, std::uint64_t *out,
         std::size_t out_len) noexcept {
    // A caller may pass null for nothing.
    if (count == 0 || out_len == 0) return;
    if (const Engine *used = engine()) used->sum(segments, count, out, out_len);
}

std::uint8_t *shared_base() noexcept {
    const Engine *const used = engine();
    return used ? used->shared().base() : nullptr;
}

// Fills no more than the caller has room for.
void stats(libnv_cell_stats_v1 *out) noexcept {
    libnv_cell_stats_v1 full{};
    if (const Engine *used = engine()) used->count(full);
    full.fallback_records = fallback_records.load(std::memory_order_relaxed);
    full.struct_size = std::min(out->struct_size, sizeof full);
    std::memcpy(out, &full, full.struct_size);
}

constexpr libnv_cells_v1 kTable = {
    sizeof(libnv_cells_v1),
    LIBNV_ABI,
    lease,
    lease_to_lock,
    return_from_lock,
    allocate,
    free_cells,
    sum,
    shared_base,
    stats,
};

} // namespace

const libnv_cells_v1 &table() noexcept {
    return kTable;
}

} // namespace libnv::engine
