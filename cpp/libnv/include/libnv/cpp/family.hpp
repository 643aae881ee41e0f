/* Series that differ in the values of their labels. */
#ifndef LIBNV_CPP_FAMILY_HPP
#define LIBNV_CPP_FAMILY_HPP

#include <array>
#include <initializer_list>

#include "counter.hpp"
#include "declare.hpp"
#include "gauge.hpp"
#include "histogram.hpp"
#include "info.hpp"
#include "up_down_counter.hpp"

namespace libnv {
inline namespace LIBNV_NAMESPACE {

class Container;

/* A family of series, looked up by the values of its labels. Copies are the same family.
 *
 * A look-up compares texts: keep what it returns where the labels are known before. */
template <class Handle>
class Family {
public:
    /* A family in no container, whose handles record nowhere. */
    Family() noexcept = default;

    /* Finds or makes the series of these values, in the order of the label names. Where their
     * number is wrong, the mistake is reported, and the handle is in no container. */
    Handle with_label_values(std::initializer_list<std::string_view> values) const {
        return with_label_values(values.begin(), values.size());
    }

    Handle with_label_values(const std::string_view *values, std::size_t count) const {
        if (!hold_) return Handle();
        Result<Handle> found = try_with_label_values(values, count);
        if (found) return *std::move(found);
        hold_->registry().report(hold_->name(), found.error());
        return Handle();
    }

    /* Finds or makes the series of these values, or says what is wrong with them. */
    Result<Handle> try_with_label_values(std::initializer_list<std::string_view> values) const {
        return try_with_label_values(values.begin(), values.size());
    }

    Result<Handle> try_with_label_values(const std::string_view *values, std::size_t count) const {
        if (!hold_) return detail::unavailable();
        libnv_slot_v1 *slot = nullptr;
        libnv_status status = with_c(values, count, [&](const libnv_str *texts) {
            return hold_->look_up(texts, count, &slot);
        });
        if (status != LIBNV_OK) return hold_->registry().last_error(status);
        return detail::Maker::make<Handle>(slot, hold_->states());
    }

    /* Takes a series off the page; false where there was none. Handles on it record on, and nobody
     * sees it. */
    bool remove(std::initializer_list<std::string_view> values) const {
        return remove(values.begin(), values.size());
    }

    bool remove(const std::string_view *values, std::size_t count) const {
        std::uint32_t removed = 0;
        if (hold_)
            (void)with_c(values, count, [&](const libnv_str *texts) {
                return hold_->remove(texts, count, &removed);
            });
        return removed != 0;
    }

private:
    friend class Container;

    explicit Family(detail::FamilyHold hold)
        : hold_(std::make_shared<const detail::FamilyHold>(std::move(hold))) {}

    template <class Call>
    static libnv_status with_c(const std::string_view *values, std::size_t count, Call call) {
        constexpr std::size_t kFew = 8;
        if (count <= kFew) {
            std::array<libnv_str, kFew> few;
            for (std::size_t at = 0; at < count; ++at) few[at] = detail::to_c(values[at]);
            return call(few.data());
        }
        std::vector<libnv_str> many;
        for (std::size_t at = 0; at < count; ++at) many.push_back(detail::to_c(values[at]));
        return call(many.data());
    }

    std::shared_ptr<const detail::FamilyHold> hold_;
};

using CounterFamily = Family<Counter>;
using FloatCounterFamily = Family<FloatCounter>;
using UpDownCounterFamily = Family<UpDownCounter>;
using GaugeFamily = Family<Gauge>;
using HistogramFamily = Family<Histogram>;
using ExponentialHistogramFamily = Family<ExponentialHistogram>;
using InfoFamily = Family<Info>;
using StateSetFamily = Family<StateSet>;

} // namespace LIBNV_NAMESPACE
} // namespace libnv

#endif
