#include "meeting/meeting.hpp"

#include <atomic>
#include <memory>
#include <new>

#include "api/table.hpp"
#include "engine/table.hpp"
#include "meeting/loaded_anchors.hpp"
#include "meeting/notice.hpp"
#include "meeting/pin.hpp"

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
    if (!__atomic_compare_exchange_n(&anchor.api, &published, table, false, __ATOMIC_ACQ_REL,
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

// The table in force, looked for where this copy does not know it yet.
Published find() noexcept {
    if (const libnv_api_v1 *known = published_in(libnv_own_anchor_v1)) return {known, 0};
    Published found = look();
    if (found.table != nullptr) publish_in(libnv_own_anchor_v1, found.table);
    return found;
}

const libnv_api_v1 *meet(const libnv_api_v1 &mine) noexcept {
    // Before anybody finds a pointer into this library.
    pin_this_library();
    const Published result = publish(mine);
    return result.table ? result.table : refuse(result.other_abi);
}

} // namespace

const libnv_api_v1 *api() noexcept {
    const Published found = find();
    if (found.table != nullptr) return found.table;
    return found.other_abi != 0 ? refuse(found.other_abi) : meet(api::table());
}

const libnv_cells_v1 &cells() noexcept {
    const libnv_api_v1 *table = api();
    return table ? *table->cells : engine::table();
}

} // namespace libnv::meeting

const libnv_api_v1 *libnv_meet(const libnv_cells_v1 *mine) {
    using namespace libnv;
    const auto found = meeting::find();
    if (found.table != nullptr) return found.table;
    if (found.other_abi != 0) return meeting::refuse(found.other_abi);
    // Reachable for ever from here, if it is the one in force.
    static std::atomic<const libnv_api_v1 *> kept{nullptr};
    std::unique_ptr<libnv_api_v1> table(new (std::nothrow) libnv_api_v1(api::table()));
    if (table == nullptr) return meeting::meet(api::table());
    table->cells = mine;
    const libnv_api_v1 *in_force = meeting::meet(*table);
    if (in_force == table.get()) kept.store(table.release(), std::memory_order_relaxed);
    return in_force;
}
