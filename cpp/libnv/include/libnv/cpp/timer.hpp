/* A duration that ends in a histogram. */
#ifndef LIBNV_CPP_TIMER_HPP
#define LIBNV_CPP_TIMER_HPP

#include <chrono>
#include <utility>

#include "namespace.hpp"

namespace libnv {
inline namespace LIBNV_NAMESPACE {

/* Observes its age, in seconds, when it is destroyed. */
template <class Histogram>
class [[nodiscard]] ScopedTimer {
public:
    explicit ScopedTimer(Histogram histogram) noexcept
        : histogram_(std::move(histogram)), started_(Clock::now()) {}
    /* What was moved from holds a handle that records nowhere. */
    ScopedTimer(ScopedTimer &&) noexcept = default;
    ScopedTimer(const ScopedTimer &) = delete;
    ScopedTimer &operator=(const ScopedTimer &) = delete;
    ~ScopedTimer() { histogram_.observe(elapsed().count()); }

    /* The time since the timer was started. */
    std::chrono::duration<double> elapsed() const noexcept { return Clock::now() - started_; }

    /* Observes now, once and for all, and returns what was observed. */
    std::chrono::duration<double> stop() noexcept {
        auto taken = elapsed();
        histogram_.observe(taken.count());
        discard();
        return taken;
    }

    /* Ends the timer without observing. */
    void discard() noexcept { histogram_ = Histogram(); }

private:
    using Clock = std::chrono::steady_clock;

    Histogram histogram_;
    Clock::time_point started_;
};

} // namespace LIBNV_NAMESPACE
} // namespace libnv

#endif
