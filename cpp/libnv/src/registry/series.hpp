// One series: its labels, its cells, and the slot that recorders see.
#pragma once

#include <cstdint>
#include <memory>
#include <string>

#include <libnv/libnv.h>

#include "registry/instrument.hpp"
#include "registry/layout.hpp"
#include "registry/snapshot.hpp"

namespace libnv::registry {

/// What a series is found by.
struct Key {
    /// Of a schema that was not numbered.
    static constexpr std::uint32_t kNoForm = UINT32_MAX;

    std::string text;
    std::uint64_t hash = 0;
    /// The number of the form that wrote the text, among those of its family.
    std::uint32_t form = kNoForm;
};

/// Cells that were recorded to before they became part of a series.
struct GivenCells {
    std::int64_t offset = 0;      ///< as in a slot, where `own` is null
    std::uint64_t *own = nullptr; ///< outside of any slab; they are never freed
};

/// A slot, kept alive by those who refer to it: its registry, and handles.
///
/// The last one to let go gives the cells back: there is no writer left then.
class Series {
public:
    /// Takes cells for a new series, with one reference; null where there are none left.
    static Series *make(Instrument instrument, std::shared_ptr<const Layout> layout, Key key,
                        bool has_shared_cells);

    /// Makes a series of cells that were recorded to before; it gives them back at its end.
    static Series *of_cells(Instrument instrument, std::shared_ptr<const Layout> layout, Key key,
                            std::int64_t offset);

    Series(const Series &) = delete;
    Series &operator=(const Series &) = delete;

    static Series &of(const libnv_slot_v1 &slot) noexcept {
        return *static_cast<Series *>(slot.series);
    }

    libnv_slot_v1 &slot() noexcept { return slot_; }
    const libnv_slot_v1 &slot() const noexcept { return slot_; }
    Instrument instrument() const noexcept { return static_cast<Instrument>(slot_.kind); }
    const Layout &layout() const noexcept { return *layout_; }
    const LabelText &labels() const noexcept { return labels_; }
    std::uint64_t hash() const noexcept { return hash_; }

    /// The number of the form that wrote the labels; `Key::kNoForm` where values in them
    /// are escaped.
    std::uint32_t form() const noexcept { return form_; }

    /// Takes one more reference; the caller knows of another that stays meanwhile.
    libnv_slot_v1 *share() noexcept;

    /// Lets a reference go, and ends the series with the last.
    void release() noexcept;

    /// Ends a series whose last reference was released.
    void end() noexcept { delete this; }

    /// Makes cells part of the value for ever. A series that is set takes their value, where
    /// it has none.
    void join(const GivenCells &cells);

    /// Shares the cells with a series of a host that adopted them: they are never given back
    /// from now on. What is set is set in the host's cell.
    void lend_to(const libnv_slot_v1 &host) noexcept;

    /// The bits of a series that is set.
    std::uint64_t bits() const noexcept;

    /// Cells that were joined to those of a series.
    struct Joined {
        GivenCells cells;
        Joined *next;
    };
    const Joined *joined() const noexcept;

    std::size_t place = 0; ///< where the family lists it
    double created = 0;    ///< in seconds since the Unix epoch

private:
    Series(Instrument instrument, std::shared_ptr<const Layout> layout, Key key);
    ~Series();

    void set_offset(std::int64_t offset) noexcept;
    void free_cells(std::int64_t offset) const noexcept;

    libnv_slot_v1 slot_{};
    std::shared_ptr<const Layout> layout_;
    LabelText labels_;
    std::uint64_t hash_;
    std::uint32_t form_;
    bool is_lent_ = false;
    Joined *joined_ = nullptr; // atomic; only grows
};

} // namespace libnv::registry
