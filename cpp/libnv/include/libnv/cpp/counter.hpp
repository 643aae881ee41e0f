/* Counts and amounts that only grow. */
#ifndef LIBNV_CPP_COUNTER_HPP
#define LIBNV_CPP_COUNTER_HPP

#include "handle.hpp"

namespace libnv {
inline namespace LIBNV_NAMESPACE {

/* A number of things, which only grows.
 *
 * Copies record into the same series. A record is one unlocked add to memory that no other thread
 * writes. Default-constructed and moved-from handles record nowhere. */
class Counter : public detail::Handle {
public:
    Counter() noexcept = default;

    /* Adds one. */
    void inc() const noexcept { libnv_counter_add(slot(), 1); }

    /* Adds `n`. */
    void inc_by(std::uint64_t n) const noexcept { libnv_counter_add(slot(), n); }

    /* Sums the cells of all threads; cold. */
    std::uint64_t value() const noexcept { return read().number; }

private:
    friend class detail::Maker;
    static constexpr std::uint32_t kKind = LIBNV_COUNTER;
    using Handle::Handle;
};

/* An amount that only grows: seconds spent, joules used.
 *
 * Negative amounts and NaN are dropped, and counted in `dynamometer_dropped_samples_total`. */
class FloatCounter : public detail::Handle {
public:
    FloatCounter() noexcept = default;

    /* Adds one. */
    void inc() const noexcept { libnv_float_counter_add(slot(), 1.0); }

    /* Adds `n`, unless it is negative or NaN. */
    void inc_by(double n) const noexcept { libnv_float_counter_add(slot(), n); }

    /* Sums the cells of all threads; cold. */
    double value() const noexcept { return read().amount; }

private:
    friend class detail::Maker;
    static constexpr std::uint32_t kKind = LIBNV_FLOAT_COUNTER;
    using Handle::Handle;
};

} // namespace LIBNV_NAMESPACE
} // namespace libnv

#endif
