#include "dynamometer-libnv/cxx/handles.hpp"

#include <string>
#include <utility>
#include <vector>

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

std::unique_ptr<ExponentialHistogram> exponential_histogram_over(libnv_slot_v1 *slot) {
    return over<ExponentialHistogram>(slot);
}

std::unique_ptr<Info> info_over(libnv_slot_v1 *slot) {
    return over<Info>(slot);
}

std::unique_ptr<StateSet> state_set_over(libnv_slot_v1 *slot, ::rust::Vec<::rust::String> states) {
    // Lets the reference go where anything is thrown.
    StateSet set = detail::Maker::make<StateSet>(slot, nullptr);
    auto known = std::make_shared<std::vector<std::string>>();
    for (const ::rust::String &state : states) known->emplace_back(state);
    set = detail::Maker::make<StateSet>(libnv_slot_share(slot), std::move(known));
    return std::make_unique<StateSet>(std::move(set));
}

} // namespace libnv::rust
