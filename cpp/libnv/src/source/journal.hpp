// What is told about one source: its self-metrics, and what is logged.
#pragma once

#include <atomic>
#include <mutex>
#include <set>
#include <string>
#include <vector>

#include "source/merge.hpp"

namespace libnv::source {

/// The self-metrics of one source, and what was logged of it.
class Journal {
public:
    explicit Journal(std::string name) : name_(std::move(name)) {}

    const std::string &name() const noexcept { return name_; }

    /// Takes its metrics off the page.
    void end() noexcept;

    /// Sets whether it is up, and how many seconds its last read took or takes by now; true
    /// where that is to be logged: it went down, or came up again.
    bool set(bool is_up, double seconds) noexcept;

    /// Sets how many seconds a read took that ended too late: it is down all the same.
    void set_late(double seconds) noexcept;

    void log_up() const;
    void log_down(const std::string &why) const;

    /// Counts what was left out of a read, and logs what was not logged before.
    void report_invalid(const std::vector<LeftOut> &invalid);

    /// Counts what clashed, and logs what was not logged before.
    void report_conflicts(const std::vector<LeftOut> &conflicts);

private:
    void log(const std::vector<LeftOut> &all);

    const std::string name_;
    std::atomic<bool> is_down_{false};
    std::atomic<bool> is_over_{false};
    std::mutex mutex_;
    std::set<std::string> logged_;
};

} // namespace libnv::source
