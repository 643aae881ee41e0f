// What the library says of itself: mistakes that were counted, not thrown.
#pragma once

#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <utility>

#include "registry/error.hpp"
#include "registry/fork_lock.hpp"
#include "registry/registry.hpp"

namespace libnv::registry {

/// Why samples were dropped; the first three as LIBNV_DROPPED_* have them.
enum class Dropped : std::uint32_t {
    kNotANumber = LIBNV_DROPPED_NAN,
    kNegative = LIBNV_DROPPED_NEGATIVE,
    kUnknownState = LIBNV_DROPPED_UNKNOWN_STATE,
    kSourceInvalid,
    kSourceConflict,
};

/// The library's own metrics, `dynamometer_*`, in a registry of their own.
///
/// A mistake in them does not report itself: it would come back here.
class SelfMetrics {
public:
    SelfMetrics();

    /// The values now.
    Snapshot snapshot();

    void count_dropped(Dropped why, std::uint64_t samples) noexcept;

    /// Counts a look-up that went to the overflow series of a family.
    void count_overflow(const std::string &family) noexcept;

    /// Counts a refused registration and logs it, once for each name and kind.
    void report(std::string_view name, const Error &error);

    /// Counts a source that is not attached and logs it, once for each name and kind.
    void report_source(std::string_view name, const Error &error);

    /// Says whether a source is up, and how long its last read took.
    void set_source(const std::string &source, bool is_up, double seconds) noexcept;

    /// Takes what is said of a source off the page.
    void remove_source(const std::string &source) noexcept;

private:
    std::unique_ptr<LookUp> declare(const char *name, std::uint32_t kind, const char *label,
                                    const char *help);
    libnv_slot_v1 *slot(const LookUp &family, std::string_view value) noexcept;
    bool is_new(std::string_view name, const Error &error);

    Registry registry_;
    std::unique_ptr<LookUp> overflows_;
    std::unique_ptr<LookUp> source_up_;
    std::unique_ptr<LookUp> source_duration_;
    // Slots are null where there were no cells to be had. These are never released.
    libnv_slot_v1 *series_ = nullptr;
    std::map<libnv_status, libnv_slot_v1 *> errors_;
    std::map<Dropped, libnv_slot_v1 *> dropped_;
    ForkLock lock_;
    std::set<std::pair<std::string, libnv_status>> logged_;
};

/// The one of this copy; made at its first use, and never destroyed.
SelfMetrics &self_metrics();

} // namespace libnv::registry
