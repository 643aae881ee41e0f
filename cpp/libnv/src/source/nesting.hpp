// Which registries wait for what this thread reads.
#pragma once

#include <atomic>
#include <memory>

#include <sys/types.h>

namespace libnv::source {

/// A registry that waits for a read, and what waits for that registry.
class Waiting {
public:
    /// `registry` waits for a read, which this thread begins.
    explicit Waiting(const void *registry);

    /// Marks this thread as the one that reads.
    void enter() const noexcept;

    /// True where the read asked for a registry that waits for it.
    bool is_nested() const noexcept { return is_nested_.load(std::memory_order_relaxed); }

    /// True where this thread reads for `registry`, directly or not; the read is nested then.
    static bool is_awaited_by(const void *registry) noexcept;

private:
    static const Waiting *current() noexcept;

    const pid_t process_;
    const void *const registry_;
    const Waiting *const outer_;
    mutable std::atomic<bool> is_nested_{false};
};

} // namespace libnv::source
