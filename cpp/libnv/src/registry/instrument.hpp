// The kinds of handle, and what a series of each is made of.
#pragma once

#include <cstdint>

#include <libnv/libnv.h>

#include "registry/snapshot.hpp"

namespace libnv::registry {

/// The kinds of handle; several are exposed as the same kind of family.
enum class Instrument : std::uint32_t {
    kCounter = LIBNV_COUNTER,
    kFloatCounter = LIBNV_FLOAT_COUNTER,
    kUpDownCounter = LIBNV_UP_DOWN_COUNTER,
    kGauge = LIBNV_GAUGE,
    kHistogram = LIBNV_HISTOGRAM,
    kExponentialHistogram = LIBNV_EXPONENTIAL_HISTOGRAM,
    kInfo = LIBNV_INFO,
    kStateSet = LIBNV_STATE_SET,
};

/// The instrument of that number; throws LIBNV_INVALID_ARGUMENT where there is none.
Instrument instrument_of(std::uint32_t kind);

/// The instrument with its article, as messages have it: `an up-down counter`.
const char *phrase(Instrument instrument) noexcept;

/// What its families are exposed as.
Kind exposed_kind(Instrument instrument) noexcept;

constexpr bool is_counter(Instrument instrument) noexcept {
    return instrument == Instrument::kCounter || instrument == Instrument::kFloatCounter;
}

constexpr bool is_histogram(Instrument instrument) noexcept {
    return instrument == Instrument::kHistogram || instrument == Instrument::kExponentialHistogram;
}

/// False where OpenMetrics allows no unit.
constexpr bool has_unit(Instrument instrument) noexcept {
    return instrument != Instrument::kInfo && instrument != Instrument::kStateSet;
}

/// True where the value is one shared cell that is set.
constexpr bool is_set(Instrument instrument) noexcept {
    return instrument == Instrument::kGauge || instrument == Instrument::kStateSet;
}

} // namespace libnv::registry
