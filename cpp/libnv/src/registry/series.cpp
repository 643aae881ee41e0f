#include "registry/series.hpp"

#include "meeting/meeting.hpp"
#include "registry/table.hpp"

namespace libnv::registry {
namespace {

constexpr std::int64_t kNowhere = LIBNV_FLAGGED | LIBNV_AT_NOWHERE;

std::uint32_t bytes_of(std::int64_t offset) noexcept {
    return static_cast<std::uint32_t>(offset);
}

/// Where a handle records to cells that were taken in a space.
std::int64_t recorded_at(std::int64_t taken, bool is_set) noexcept {
    const std::int64_t offset = bytes_of(taken);
    const bool is_plain = taken >> 32 == LIBNV_SPACE_THREAD || is_set;
    return is_plain ? offset : offset | LIBNV_FLAGGED | LIBNV_AT_SHARED;
}

std::uint64_t *shared_cell(std::int64_t offset) noexcept {
    return reinterpret_cast<std::uint64_t *>(meeting::cells().shared_base() + bytes_of(offset));
}

void store_if_zero(std::uint64_t *cell, std::uint64_t bits) noexcept {
    std::uint64_t zero = 0;
    __atomic_compare_exchange_n(cell, &zero, bits, false, __ATOMIC_SEQ_CST, __ATOMIC_RELAXED);
}

} // namespace

Series::Series(Instrument instrument, std::shared_ptr<const Layout> layout, Key key)
    : layout_(std::move(layout)), labels_(std::make_shared<const std::string>(std::move(key.text))),
      hash_(key.hash), form_(labels_->find('\\') == std::string::npos ? key.form : Key::kNoForm) {
    slot_.buckets = layout_->buckets();
    slot_.kind = static_cast<std::uint32_t>(instrument);
    slot_.cell_count = layout_->cells(instrument);
    slot_.references = 1;
    slot_.registry = &table();
    slot_.series = this;
    slot_.offset = kNowhere;
}

Series *Series::make(Instrument instrument, std::shared_ptr<const Layout> layout, Key key,
                     bool has_shared_cells) {
    std::unique_ptr<Series, void (*)(Series *)> series(
        new Series(instrument, std::move(layout), std::move(key)),
        [](Series *made) { delete made; });
    if (series->slot_.cell_count == 0) {
        return series.release();
    }
    const std::uint32_t space = is_set(instrument) ? LIBNV_SPACE_GAUGE
                                : has_shared_cells ? LIBNV_SPACE_SHARED
                                                   : LIBNV_SPACE_THREAD;
    const std::int64_t taken = meeting::cells().allocate(space, series->slot_.cell_count);
    if (taken < 0) {
        return nullptr;
    }
    series->set_offset(recorded_at(taken, is_set(instrument)));
    return series.release();
}

Series *Series::of_cells(Instrument instrument, std::shared_ptr<const Layout> layout, Key key,
                         std::int64_t offset) {
    auto *series = new Series(instrument, std::move(layout), std::move(key));
    if (series->slot_.cell_count != 0) {
        series->set_offset(offset);
    }
    return series;
}

Series::~Series() {
    if (slot_.offset != kNowhere) {
        free_cells(slot_.offset);
    }
    while (joined_ != nullptr) {
        Joined *const one = joined_;
        joined_ = one->next;
        if (one->cells.own == nullptr) {
            free_cells(one->cells.offset);
        }
        delete one;
    }
}

void Series::set_offset(std::int64_t offset) noexcept {
    offset &= ~(offset < 0 ? LIBNV_AT_WATCHED : 0);
    if (is_set(instrument())) {
        slot_.cells = shared_cell(offset);
    }
    slot_.offset = offset;
}

void Series::free_cells(std::int64_t offset) const noexcept {
    if (!is_lent_) {
        meeting::cells().free(bytes_of(offset), slot_.cell_count);
    }
}

libnv_slot_v1 *Series::share() noexcept {
    __atomic_add_fetch(&slot_.references, 1, __ATOMIC_RELAXED);
    return &slot_;
}

void Series::release() noexcept {
    if (__atomic_sub_fetch(&slot_.references, 1, __ATOMIC_ACQ_REL) == 0) {
        delete this;
    }
}

void Series::join(const GivenCells &cells) {
    if (slot_.cell_count == 0) {
        return;
    }
    if (is_set(instrument())) {
        const auto *const from = cells.own != nullptr ? cells.own : shared_cell(cells.offset);
        store_if_zero(slot_.cells, __atomic_load_n(from, __ATOMIC_SEQ_CST));
    }
    auto *const one = new Joined{cells, __atomic_load_n(&joined_, __ATOMIC_RELAXED)};
    __atomic_store_n(&joined_, one, __ATOMIC_RELEASE);
}

void Series::lend_to(const libnv_slot_v1 &host) noexcept {
    is_lent_ = true;
    auto *const cell = __atomic_load_n(&host.cells, __ATOMIC_ACQUIRE);
    if (is_set(instrument()) && cell != nullptr) {
        __atomic_store_n(&slot_.cells, cell, __ATOMIC_SEQ_CST);
    }
}

std::uint64_t Series::bits() const noexcept {
    const auto *const cell = __atomic_load_n(&slot_.cells, __ATOMIC_ACQUIRE);
    return cell == nullptr ? 0 : __atomic_load_n(cell, __ATOMIC_RELAXED);
}

const Series::Joined *Series::joined() const noexcept {
    return __atomic_load_n(&joined_, __ATOMIC_ACQUIRE);
}

} // namespace libnv::registry
