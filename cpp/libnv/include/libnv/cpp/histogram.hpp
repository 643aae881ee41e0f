/* Distributions over buckets, explicit or exponential. */
#ifndef LIBNV_CPP_HISTOGRAM_HPP
#define LIBNV_CPP_HISTOGRAM_HPP

#include <vector>

#include "handle.hpp"
#include "timer.hpp"

namespace libnv {
inline namespace LIBNV_NAMESPACE {

/* What a histogram adds up to. */
struct HistogramValue {
    std::uint64_t count = 0;
    double sum = 0.0;
    /* Observations for each bucket, not cumulative; the last is +Inf, or what is beyond the range
     * of an exponential layout. */
    std::vector<std::uint64_t> counts = {};
};

namespace detail {

class HistogramHandle : public Handle {
public:
    /* Sums the cells of all threads; cold. */
    HistogramValue value() const {
        HistogramValue value;
        if (slot()->buckets) value.counts.resize(slot()->buckets->count);
        libnv_value_v1 sums = read(value.counts.data(), value.counts.size());
        value.count = sums.observations;
        value.sum = sums.amount;
        return value;
    }

protected:
    using Handle::Handle;
};

} // namespace detail

/* Observations, counted in buckets with fixed upper bounds. NaN is dropped, and counted in
 * `dynamometer_dropped_samples_total`. Many buckets cost a record no more than few. */
class Histogram : public detail::HistogramHandle {
public:
    Histogram() noexcept = default;

    /* Counts `value`. */
    void observe(double value) const noexcept { libnv_histogram_observe(slot(), value); }

    /* Counts `value` `n` times, at the cost of once. */
    void observe_n(double value, std::uint64_t n) const noexcept {
        libnv_histogram_observe_n(slot(), value, n);
    }

    /* Starts a timer that observes its age in seconds when it is destroyed. */
    ScopedTimer<Histogram> start_timer() const noexcept { return ScopedTimer<Histogram>(*this); }

private:
    friend class detail::Maker;
    static constexpr std::uint32_t kKind = LIBNV_HISTOGRAM;
    using HistogramHandle::HistogramHandle;
};

/* Observations, counted in buckets that grow with the value: each is wider than the one before by
 * a constant factor, so that none need be chosen. NaN, and negative values where the layout is not
 * signed, are dropped and counted. */
class ExponentialHistogram : public detail::HistogramHandle {
public:
    ExponentialHistogram() noexcept = default;

    /* Counts `value`. */
    void observe(double value) const noexcept { libnv_exponential_observe(slot(), value); }

    /* Counts `value` `n` times, at the cost of once. */
    void observe_n(double value, std::uint64_t n) const noexcept {
        libnv_exponential_observe_n(slot(), value, n);
    }

    /* Starts a timer that observes its age in seconds when it is destroyed. */
    ScopedTimer<ExponentialHistogram> start_timer() const noexcept {
        return ScopedTimer<ExponentialHistogram>(*this);
    }

private:
    friend class detail::Maker;
    static constexpr std::uint32_t kKind = LIBNV_EXPONENTIAL_HISTOGRAM;
    using HistogramHandle::HistogramHandle;
};

} // namespace LIBNV_NAMESPACE
} // namespace libnv

#endif
