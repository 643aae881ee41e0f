#include "registry/reading.hpp"

#include <algorithm>
#include <cstring>

#include "registry/plan.hpp"

namespace libnv::registry {
namespace {

double float_of(std::uint64_t bits) {
    double value = 0;
    std::memcpy(&value, &bits, sizeof value);
    return value;
}

std::int64_t difference(const std::uint64_t *pair) {
    return static_cast<std::int64_t>(pair[0] - pair[1]);
}

HistogramValue histogram(const Series &series, const std::uint64_t *sums) {
    const std::uint32_t buckets = series.slot().cell_count - 1;
    return {series.layout().bounds()->upper(), {sums + 1, sums + 1 + buckets}, float_of(sums[0])};
}

template <class Value, class Read>
std::vector<Value> each(const std::vector<Series *> &all, Read read) {
    std::vector<Value> values;
    values.reserve(all.size());
    for (std::size_t at = 0; at < all.size(); ++at) {
        values.push_back(read(*all[at], at));
    }
    return values;
}

} // namespace

Values values_of(const Family &family, const std::vector<std::uint32_t> &places,
                 const std::vector<std::uint64_t> &sums) {
    const auto at_place = [&](std::size_t at) { return sums.data() + places[at]; };
    const auto &all = family.series();
    switch (family.instrument()) {
    case Instrument::kCounter:
        return each<std::uint64_t>(all,
                                   [&](const Series &, std::size_t at) { return *at_place(at); });
    case Instrument::kFloatCounter:
        return each<double>(
            all, [&](const Series &, std::size_t at) { return float_of(*at_place(at)); });
    case Instrument::kUpDownCounter:
        return each<std::int64_t>(
            all, [&](const Series &, std::size_t at) { return difference(at_place(at)); });
    case Instrument::kHistogram:
        return each<HistogramValue>(all, [&](const Series &series, std::size_t at) {
            return histogram(series, at_place(at));
        });
    case Instrument::kExponentialHistogram:
        return each<ExponentialValue>(all, [&](const Series &series, std::size_t at) {
            const std::uint64_t *const cells = at_place(at);
            return series.layout().exponential()->value(float_of(cells[0]), cells + 1);
        });
    case Instrument::kGauge:
        return each<double>(
            all, [](const Series &series, std::size_t) { return float_of(series.bits()); });
    case Instrument::kStateSet:
        return each<std::uint64_t>(all,
                                   [](const Series &series, std::size_t) { return series.bits(); });
    case Instrument::kInfo:
        break;
    }
    // A fact is true from the start.
    return std::vector<double>(all.size(), 1.0);
}

void read_one(const Series &series, libnv_value_v1 &out) {
    Plan plan;
    plan.add(series);
    const std::vector<std::uint64_t> sums = plan.run();
    out.kind = series.slot().kind;
    out.bucket_count = 0;
    switch (series.instrument()) {
    case Instrument::kCounter:
        out.number = sums[0];
        return;
    case Instrument::kFloatCounter:
        out.amount = float_of(sums[0]);
        return;
    case Instrument::kUpDownCounter:
        out.difference = difference(sums.data());
        return;
    case Instrument::kGauge:
        out.amount = float_of(series.bits());
        return;
    case Instrument::kStateSet:
        out.number = series.bits();
        return;
    case Instrument::kInfo:
        out.amount = 1;
        return;
    default:
        break;
    }
    out.amount = float_of(sums[0]);
    out.bucket_count = static_cast<std::uint32_t>(sums.size() - 1);
    out.observations = 0;
    for (std::size_t at = 1; at < sums.size(); ++at) {
        out.observations += sums[at];
    }
    if (out.buckets != nullptr) {
        const std::size_t room = std::min<std::size_t>(out.capacity, out.bucket_count);
        std::copy_n(sums.begin() + 1, room, out.buckets);
    }
}

} // namespace libnv::registry
