/* A value that is set. */
#ifndef LIBNV_CPP_GAUGE_HPP
#define LIBNV_CPP_GAUGE_HPP

#include "handle.hpp"

namespace libnv {
inline namespace LIBNV_NAMESPACE {

/* A measurement that may go up and down. NaN is kept. The last `set` wins, whichever thread it
 * comes from; it is one store, `inc` and `dec` are compare-and-swaps. */
class Gauge : public detail::Handle {
public:
    Gauge() noexcept = default;

    void set(double value) const noexcept { libnv_gauge_set(slot(), value); }

    /* Adds `by`. */
    void inc(double by = 1.0) const noexcept { libnv_gauge_add(slot(), by); }

    /* Takes `by` away. */
    void dec(double by = 1.0) const noexcept { libnv_gauge_add(slot(), -by); }

    double value() const noexcept { return read().amount; }

private:
    friend class detail::Maker;
    static constexpr std::uint32_t kKind = LIBNV_GAUGE;
    using Handle::Handle;
};

} // namespace LIBNV_NAMESPACE
} // namespace libnv

#endif
