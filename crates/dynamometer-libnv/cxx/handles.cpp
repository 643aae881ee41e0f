#include "dynamometer-libnv/cxx/handles.hpp"

#include <utility>

namespace libnv::rust {
namespace {

template <class Handle>
std::unique_ptr<Handle> over(libnv_slot_v1 *slot) {
    Handle handle = detail::Maker::make<Handle>(slot, nullptr);
    return std::make_unique<Handle>(std::move(handle));
}

} // namespace

std::unique_ptr<Counter> counter_over(libnv_slot_v1 *slot) {
    return over<Counter>(slot);
}

std::unique_ptr<FloatCounter> float_counter_over(libnv_slot_v1 *slot) {
    return over<FloatCounter>(slot);
}

std::unique_ptr<UpDownCounter> up_down_counter_over(libnv_slot_v1 *slot) {
    return over<UpDownCounter>(slot);
}

std::unique_ptr<Gauge> gauge_over(libnv_slot_v1 *slot) {
    return over<Gauge>(slot);
}

std::unique_ptr<Histogram> histogram_over(libnv_slot_v1 *slot) {
    return over<Histogram>(slot);
}

} // namespace libnv::rust
