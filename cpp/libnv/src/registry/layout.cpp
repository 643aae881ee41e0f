#include "registry/layout.hpp"

#include "registry/quoted.hpp"

namespace libnv::registry {

std::uint32_t Layout::cells(Instrument instrument) const noexcept {
    switch (instrument) {
    case Instrument::kUpDownCounter:
        return 2;
    case Instrument::kHistogram:
    case Instrument::kExponentialHistogram:
        return 1 + buckets_.count;
    case Instrument::kInfo:
        return 0;
    default:
        return 1;
    }
}

std::string Layout::describe() const {
    if (const Bounds *all = bounds()) {
        return " with the buckets " + quoted(*all->upper());
    }
    if (const ExponentialBuckets *all = exponential()) {
        return " with the buckets " + all->layout().quoted();
    }
    if (const States *all = states()) {
        return " with the states " + quoted(*all);
    }
    return {};
}

} // namespace libnv::registry
