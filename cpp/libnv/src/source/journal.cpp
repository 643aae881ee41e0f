#include "source/journal.hpp"

#include "registry/notice.hpp"
#include "registry/quoted.hpp"
#include "registry/self_metrics.hpp"

namespace libnv::source {
namespace {

using registry::Dropped;
using registry::self_metrics;

// What is logged of one source; the rest is only counted.
constexpr std::size_t kMostLogged = 100;

std::uint64_t series_in(const std::vector<LeftOut> &all) {
    std::uint64_t series = 0;
    for (const LeftOut &one : all) {
        series += one.series;
    }
    return series;
}

} // namespace

void Journal::end() noexcept {
    is_over_.store(true);
    self_metrics().remove_source(name_);
}

bool Journal::set(bool is_up, double seconds) noexcept {
    if (!is_over_.load()) {
        self_metrics().set_source(name_, is_up, seconds);
    }
    return is_down_.exchange(!is_up) == is_up;
}

void Journal::set_late(double seconds) noexcept {
    if (!is_over_.load()) {
        self_metrics().set_source(name_, false, seconds);
    }
}

void Journal::log_up() const {
    registry::notice("source " + registry::quoted(name_) + " is up again");
}

void Journal::log_down(const std::string &why) const {
    registry::notice("source " + registry::quoted(name_) + " is down: " + why);
}

void Journal::report_invalid(const std::vector<LeftOut> &invalid) {
    self_metrics().count_dropped(Dropped::kSourceInvalid, series_in(invalid));
    log(invalid);
}

void Journal::report_conflicts(const std::vector<LeftOut> &conflicts) {
    self_metrics().count_dropped(Dropped::kSourceConflict, series_in(conflicts));
    log(conflicts);
}

void Journal::log(const std::vector<LeftOut> &all) {
    const std::lock_guard<std::mutex> held(mutex_);
    for (const LeftOut &one : all) {
        if (logged_.size() < kMostLogged && logged_.insert(one.message).second) {
            registry::notice("source " + registry::quoted(name_) + ": " + one.message);
        }
    }
}

} // namespace libnv::source
