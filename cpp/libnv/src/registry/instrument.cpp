#include "registry/instrument.hpp"

#include <string>

#include "registry/error.hpp"

namespace libnv::registry {

Instrument instrument_of(std::uint32_t kind) {
    if (kind < LIBNV_COUNTER || kind > LIBNV_STATE_SET) {
        throw Error(LIBNV_INVALID_ARGUMENT,
                    "a family can not be declared: there is no kind " + std::to_string(kind));
    }
    return static_cast<Instrument>(kind);
}

const char *phrase(Instrument instrument) noexcept {
    switch (instrument) {
    case Instrument::kCounter:
        return "a counter";
    case Instrument::kFloatCounter:
        return "a float counter";
    case Instrument::kUpDownCounter:
        return "an up-down counter";
    case Instrument::kGauge:
        return "a gauge";
    case Instrument::kHistogram:
        return "a histogram";
    case Instrument::kExponentialHistogram:
        return "an exponential histogram";
    case Instrument::kInfo:
        return "an info";
    case Instrument::kStateSet:
        break;
    }
    return "a state set";
}

Kind exposed_kind(Instrument instrument) noexcept {
    switch (instrument) {
    case Instrument::kCounter:
    case Instrument::kFloatCounter:
        return Kind::kCounter;
    case Instrument::kUpDownCounter:
    case Instrument::kGauge:
        return Kind::kGauge;
    case Instrument::kHistogram:
    case Instrument::kExponentialHistogram:
        return Kind::kHistogram;
    case Instrument::kInfo:
        return Kind::kInfo;
    case Instrument::kStateSet:
        break;
    }
    return Kind::kStateSet;
}

} // namespace libnv::registry
