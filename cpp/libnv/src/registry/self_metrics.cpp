#include "registry/self_metrics.hpp"

#include <cstring>
#include <mutex>

#include "meeting/meeting.hpp"
#include "registry/notice.hpp"
#include "registry/quoted.hpp"
#include "registry/text_argument.hpp"

namespace libnv::registry {
namespace {

constexpr char kOverflows[] = "dynamometer_cardinality_overflow_total";

// Mistakes that are logged; further ones are only counted.
constexpr std::size_t kMostLogged = 1000;

constexpr std::pair<Dropped, const char *> kDropped[] = {
    {Dropped::kNotANumber, "nan"},
    {Dropped::kNegative, "negative"},
    {Dropped::kUnknownState, "unknown_state"},
    {Dropped::kSourceInvalid, "source_invalid"},
    {Dropped::kSourceConflict, "source_conflict"},
};

/// The one cell of a series that lives in the shared slab.
std::uint64_t *cell(const libnv_slot_v1 &slot) {
    auto *const base = meeting::cells().shared_base();
    return reinterpret_cast<std::uint64_t *>(base + static_cast<std::uint32_t>(slot.offset));
}

void add(libnv_slot_v1 *slot, std::uint64_t n) {
    if (slot != nullptr) {
        __atomic_fetch_add(cell(*slot), n, __ATOMIC_RELAXED);
    }
}

void set(libnv_slot_v1 *slot, double value) {
    std::uint64_t bits = 0;
    std::memcpy(&bits, &value, sizeof bits);
    if (slot != nullptr) {
        __atomic_store_n(cell(*slot), bits, __ATOMIC_RELAXED);
    }
}

void release(libnv_slot_v1 *slot) {
    if (slot != nullptr) {
        Series::of(*slot).release();
    }
}

} // namespace

SelfMetrics &self_metrics() {
    static SelfMetrics *const metrics = new SelfMetrics;
    return *metrics;
}

SelfMetrics::SelfMetrics() : registry_("dynamometer") {
    const auto errors =
        declare("dynamometer_registration_errors_total", LIBNV_COUNTER, "reason",
                "Total number of metrics that could not be registered and record nowhere.");
    for (libnv_status status = LIBNV_INVALID_NAME; kind_name(status) != nullptr; ++status) {
        errors_[status] = slot(*errors, kind_name(status));
    }
    const auto dropped = declare("dynamometer_dropped_samples_total", LIBNV_COUNTER, "reason",
                                 "Total number of recorded values that were dropped.");
    for (const auto &[why, reason] : kDropped) {
        dropped_[why] = slot(*dropped, reason);
    }
    overflows_ = declare(kOverflows, LIBNV_COUNTER, "family",
                         "Total number of look-ups that ended in a family's overflow series.");
    source_up_ = declare("dynamometer_source_up", LIBNV_GAUGE, "source",
                         "Whether the last read of an attached source succeeded, 1 or 0.");
    source_duration_ = declare("dynamometer_source_duration_seconds", LIBNV_GAUGE, "source",
                               "Time that the last read of an attached source took, in seconds.");
    const auto series = declare("dynamometer_series", LIBNV_GAUGE, nullptr,
                                "Number of live series in this process.");
    series_ = slot(*series, {});
}

std::unique_ptr<LookUp> SelfMetrics::declare(const char *name, std::uint32_t kind,
                                             const char *label, const char *help) {
    const libnv_str label_name = borrowed(label != nullptr ? label : "");
    libnv_request_v1 request{};
    request.struct_size = sizeof request;
    request.kind = kind;
    request.flags = LIBNV_SHARED_CELLS;
    request.name = borrowed(name);
    request.help = borrowed(help);
    request.label_names = &label_name;
    request.label_name_count = label != nullptr ? 1 : 0;
    return registry_.family(request);
}

libnv_slot_v1 *SelfMetrics::slot(const LookUp &family, std::string_view value) noexcept {
    try {
        const libnv_str text = borrowed(value);
        return registry_.look_up(family, &text, family.schema.names().size());
    } catch (...) {
        return nullptr;
    }
}

Snapshot SelfMetrics::snapshot() {
    set(series_, static_cast<double>(Family::series_in_process()));
    return registry_.own_snapshot();
}

void SelfMetrics::count_dropped(Dropped why, std::uint64_t samples) noexcept {
    const auto known = dropped_.find(why);
    if (known != dropped_.end()) {
        add(known->second, samples);
    }
}

void SelfMetrics::count_overflow(const std::string &family) noexcept {
    // Its own overflow is not counted: it would come back here.
    if (family != kOverflows) {
        libnv_slot_v1 *const counter = slot(*overflows_, family);
        add(counter, 1);
        release(counter);
    }
}

void SelfMetrics::report(std::string_view name, const Error &error) {
    if (is_new(name, error)) {
        notice("metric " + quoted(name) +
               " is not registered, its handle is detached: " + error.whole());
    }
}

void SelfMetrics::report_source(std::string_view name, const Error &error) {
    if (is_new(name, error)) {
        notice("source " + quoted(name) + " is not attached: " + error.whole());
    }
}

/// Counts a refusal; true where it should be logged.
bool SelfMetrics::is_new(std::string_view name, const Error &error) {
    const auto known = errors_.find(error.status);
    if (known != errors_.end()) {
        add(known->second, 1);
    }
    const std::unique_lock<ForkLock> held(lock_);
    return logged_.size() < kMostLogged && logged_.emplace(name, error.status).second;
}

void SelfMetrics::set_source(const std::string &source, bool is_up, double seconds) noexcept {
    libnv_slot_v1 *const up = slot(*source_up_, source);
    libnv_slot_v1 *const duration = slot(*source_duration_, source);
    set(up, is_up ? 1 : 0);
    set(duration, seconds);
    release(up);
    release(duration);
}

void SelfMetrics::remove_source(const std::string &source) noexcept {
    const libnv_str text = borrowed(source);
    registry_.remove(*source_up_, &text, 1);
    registry_.remove(*source_duration_, &text, 1);
}

} // namespace libnv::registry
