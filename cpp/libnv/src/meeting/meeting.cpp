#include "meeting/meeting.hpp"

#include <atomic>
#include <memory>
#include <new>

#include "api/table.hpp"
#include "engine/table.hpp"
#include "meeting/loaded_anchors.hpp"
#include "meeting/notice.hpp"

namespace libnv::meeting {
namespace {

// The table that somebody published, or the version of those who did and are not
// understood.
struct Published {
    const libnv_api_v1 *table = nullptr;
    std::uint32_t other_abi = 0;
};

Published look() noexcept {
    Published found;
    for_each_anchor([&](const dl_phdr_info &, libnv_anchor_v1 &anchor) {
        const libnv_api_v1 *table = published_in(anchor);
        if (table == nullptr) return;
        if (anchor.abi == LIBNV_ABI) {
            found.table = table;
        } else {
            found.other_abi = anchor.abi;
        }
    });
    return found;
}

void publish_in(libnv_anchor_v1 &anchor, const libnv_api_v1 *&table) noexcept {
    const libnv_api_v1 *published = nullptr;
    // In one order with what waits: see libnv_late_api.
    if (!__atomic_compare_exchange_n(&anchor.api, &published, table, false, __ATOMIC_SEQ_CST,
                                     __ATOMIC_ACQUIRE)) {
        table = published;
    }
}

// Publishes `mine` unless another is in force. The first anchor decides; every other gets
// the same, so that the table is found when the first one's library is gone.
Published publish(const libnv_api_v1 &mine) noexcept {
    Published result;
    while_nothing_is_loaded([&] {
        result = look();
        if (result.table == nullptr && result.other_abi != 0) return;
        if (result.table == nullptr) result.table = &mine;
        for_each_anchor([&](const dl_phdr_info &, libnv_anchor_v1 &anchor) {
            if (anchor.abi == LIBNV_ABI) publish_in(anchor, result.table);
        });
        publish_in(libnv_own_anchor_v1, result.table);
    });
    return result;
}

const libnv_api_v1 *refuse(std::uint32_t other_abi) noexcept {
    static std::atomic<bool> was_told{false};
    if (!was_told.exchange(true, std::memory_order_relaxed)) notice_other_abi(other_abi);
    return nullptr;
}

// The table that this copy uses, once it has one.
std::atomic<const libnv_api_v1 *> known{nullptr};

// Whether this copy published, and has not had bound what waited for that.
std::atomic<bool> is_binding_due{false};

// What binds the things that wait at an anchor, for the anchor with that number of those where
// anything does; null beyond the last. They stay loaded, so each keeps its number.
using Bind = void (*)();
Bind bind_at(std::size_t number) noexcept {
    Bind found = nullptr;
    for_each_anchor([&](const dl_phdr_info &, libnv_anchor_v1 &anchor) {
        if (anchor.abi != LIBNV_ABI || found != nullptr) return;
        const Bind bind = __atomic_load_n(&anchor.bind, __ATOMIC_SEQ_CST);
        if (bind != nullptr && number-- == 0) found = bind;
    });
    return found;
}

// Another's table, or `mine` where there is none.
const libnv_api_v1 *meet(const libnv_api_v1 &mine) noexcept {
    // Before anybody finds a pointer into this library.
    libnv_stay_loaded();
    const Published result = publish(mine);
    if (result.table == nullptr) return refuse(result.other_abi);
    known.store(result.table, std::memory_order_release);
    if (result.table == &mine) is_binding_due.store(true, std::memory_order_release);
    return result.table;
}

} // namespace

const libnv_api_v1 *api() noexcept {
    const libnv_api_v1 *table = known.load(std::memory_order_acquire);
    return table ? table : meet(api::table());
}

const libnv_api_v1 *api_with(const libnv_cells_v1 &cells) noexcept {
    libnv_keep_loaded(&cells);
    if (const libnv_api_v1 *table = known.load(std::memory_order_acquire)) return table;
    // Reachable for ever from here, if it is the one in force.
    static std::atomic<const libnv_api_v1 *> kept{nullptr};
    std::unique_ptr<libnv_api_v1> table(new (std::nothrow) libnv_api_v1(api::table()));
    if (table == nullptr) return api();
    table->cells = &cells;
    const libnv_api_v1 *in_force = meet(*table);
    if (in_force == table.get()) kept.store(table.release(), std::memory_order_relaxed);
    return in_force;
}

const libnv_cells_v1 &cells() noexcept {
    const libnv_api_v1 *table = api();
    return table ? *table->cells : engine::table();
}

void bind_what_waits() noexcept {
    if (!is_binding_due.load(std::memory_order_acquire) || !is_binding_due.exchange(false)) return;
    std::size_t number = 0;
    // Out of the loader's hands: a registry is called.
    while (const Bind bind = bind_at(number++)) bind();
}

} // namespace libnv::meeting
