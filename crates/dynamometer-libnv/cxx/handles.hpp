// Handles of libnv.hpp over the slots of a container of Rust.
#pragma once

#include <memory>

#include <libnv/libnv.hpp>

#include "rust/cxx.h"

namespace libnv::rust {

using Counter = libnv::Counter;
using FloatCounter = libnv::FloatCounter;
using UpDownCounter = libnv::UpDownCounter;
using Gauge = libnv::Gauge;
using Histogram = libnv::Histogram;
using ExponentialHistogram = libnv::ExponentialHistogram;
using Info = libnv::Info;
using StateSet = libnv::StateSet;

// Each takes over a reference to a slot of its kind, also where it throws.

std::unique_ptr<Counter> counter_over(libnv_slot_v1 *slot);
std::unique_ptr<FloatCounter> float_counter_over(libnv_slot_v1 *slot);
std::unique_ptr<UpDownCounter> up_down_counter_over(libnv_slot_v1 *slot);
std::unique_ptr<Gauge> gauge_over(libnv_slot_v1 *slot);
std::unique_ptr<Histogram> histogram_over(libnv_slot_v1 *slot);
std::unique_ptr<ExponentialHistogram> exponential_histogram_over(libnv_slot_v1 *slot);
std::unique_ptr<Info> info_over(libnv_slot_v1 *slot);
std::unique_ptr<StateSet> state_set_over(libnv_slot_v1 *slot,
                                         ::rust::Vec<::rust::String> states);

} // namespace libnv::rust
