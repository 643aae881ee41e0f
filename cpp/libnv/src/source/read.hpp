// One read of a source, on a thread of its own.
#pragma once

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <memory>
#include <mutex>
#include <optional>
#include <string>

#include <sys/types.h>

#include <libnv/libnv.h>

#include "registry/snapshot.hpp"
#include "source/journal.hpp"
#include "source/nesting.hpp"

namespace libnv::source {

/// What someone attached; dropped when nobody reads it or will.
class Source {
public:
    explicit Source(const libnv_source_v1 &given) noexcept : given_(given) {}
    ~Source();
    Source(const Source &) = delete;
    Source &operator=(const Source &) = delete;

    /// Everything it writes; throws where it fails.
    std::string text() const;

private:
    libnv_source_v1 given_;
};

/// A read that is under way, or has ended.
class Read {
public:
    using Clock = std::chrono::steady_clock;

    /// What can be said of a read to someone who would wait for it too.
    enum class Joined { kWaiting, kOverdue, kEnded };

    Read(std::shared_ptr<const Source> source, std::shared_ptr<Journal> journal,
         Clock::duration timeout);

    /// Starts the thread that reads for `waiting`.
    static void start(const std::shared_ptr<Read> &read, std::shared_ptr<Waiting> waiting);

    /// Says whether it can be waited for. Takes no lock.
    Joined join() const noexcept;

    /// Notes that it was passed over because it takes too long.
    void note_overdue() noexcept { journal_->set(false, elapsed()); }

    /// Waits until it has ended, or for the timeout since `since`; nothing where it failed.
    std::optional<registry::Snapshot> wait(Clock::time_point since);

private:
    enum class Phase { kRunning, kOverdue, kEnded };

    registry::Snapshot read(const Waiting &waiting) const;
    void run(const Waiting &waiting);
    void end(std::optional<registry::Snapshot> snapshot, const std::string &failure);
    double elapsed() const;

    const std::shared_ptr<const Source> source_;
    const std::shared_ptr<Journal> journal_;
    const Clock::duration timeout_;
    const Clock::time_point started_ = Clock::now();
    /// The process that it runs in: in the child of a fork nobody reads on.
    const pid_t process_;

    std::mutex mutex_;
    std::condition_variable ended_;
    std::atomic<Phase> phase_{Phase::kRunning}; // changed under the mutex
    std::optional<registry::Snapshot> snapshot_;
};

} // namespace libnv::source
