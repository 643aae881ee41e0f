/* A count of things that come and go. */
#ifndef LIBNV_CPP_UP_DOWN_COUNTER_HPP
#define LIBNV_CPP_UP_DOWN_COUNTER_HPP

#include "handle.hpp"

namespace libnv {
inline namespace LIBNV_NAMESPACE {

class InFlight;

/* How many there are now. Never seen below what was true, whichever thread takes away what another
 * one added, and cheaper than a gauge. */
class UpDownCounter : public detail::Handle {
public:
    UpDownCounter() noexcept = default;

    /* Adds one. */
    void inc() const noexcept { libnv_up_down_counter_add(slot(), 1); }

    /* Takes one away. */
    void dec() const noexcept { libnv_up_down_counter_add(slot(), -1); }

    /* Adds `n`, which may be negative. */
    void add(std::int64_t n) const noexcept { libnv_up_down_counter_add(slot(), n); }

    /* Counts one thing for as long as what is returned lives, on whichever thread it ends. */
    [[nodiscard]] InFlight in_flight() const noexcept;

    /* Sums the cells of all threads; cold. */
    std::int64_t value() const noexcept { return read().difference; }

private:
    friend class detail::Maker;
    static constexpr std::uint32_t kKind = LIBNV_UP_DOWN_COUNTER;
    using Handle::Handle;
};

/* One thing in flight, counted until it is destroyed. */
class [[nodiscard]] InFlight {
public:
    explicit InFlight(UpDownCounter counter) noexcept : counter_(std::move(counter)) {
        counter_.inc();
    }
    InFlight(InFlight &&) noexcept = default;
    InFlight(const InFlight &) = delete;
    InFlight &operator=(const InFlight &) = delete;
    /* What was moved from holds a handle that records nowhere. */
    ~InFlight() { counter_.dec(); }

private:
    UpDownCounter counter_;
};

inline InFlight UpDownCounter::in_flight() const noexcept {
    return InFlight(*this);
}

} // namespace LIBNV_NAMESPACE
} // namespace libnv

#endif
