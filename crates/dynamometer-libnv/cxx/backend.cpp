#include "dynamometer-libnv/cxx/backend.hpp"

#include <string>
#include <utility>
#include <variant>

#include "dynamometer-libnv/src/backend/bridge.rs.h"
#include "registry/series.hpp"
#include "registry/table.hpp"

namespace libnv::rust {
namespace {

template <typename Number>
::rust::Vec<Number> copied(const std::vector<Number>& numbers) {
    ::rust::Vec<Number> all;
    all.reserve(numbers.size());
    for (const Number number : numbers) all.push_back(number);
    return all;
}

/// Puts the values of a family into the column of their type.
struct Fill {
    FamilyData& out;

    void operator()(const std::vector<std::uint64_t>& values) const {
        out.column = Column::Unsigned;
        out.unsigned_values = copied(values);
    }

    void operator()(const std::vector<std::int64_t>& values) const {
        out.column = Column::Signed;
        out.signed_values = copied(values);
    }

    void operator()(const std::vector<double>& values) const {
        out.column = Column::Float;
        out.float_values = copied(values);
    }

    void operator()(const std::vector<registry::HistogramValue>& values) const {
        out.column = Column::Histogram;
        for (const auto& value : values) {
            HistogramData data;
            data.bounds = copied(*value.bounds);
            data.counts = copied(value.counts);
            data.sum = value.sum;
            out.histograms.push_back(std::move(data));
        }
    }

    void operator()(const std::vector<registry::ExponentialValue>& values) const {
        out.column = Column::Exponential;
        for (const auto& value : values) {
            ExponentialData data;
            data.schema = value.schema;
            data.zero_threshold = value.zero_threshold;
            data.zero_count = value.zero_count;
            data.positive_first = value.positive.first;
            data.positive = copied(value.positive.counts);
            data.negative_first = value.negative.first;
            data.negative = copied(value.negative.counts);
            data.sum = value.sum;
            out.exponentials.push_back(std::move(data));
        }
    }

    void operator()(const std::vector<registry::SummaryValue>& values) const {
        out.column = Column::Summary;
        for (const auto& value : values) {
            SummaryData data;
            for (const auto& [rank, quantile] : value.quantiles) {
                data.ranks.push_back(rank);
                data.quantiles.push_back(quantile);
            }
            data.sum = value.sum;
            data.count = value.count;
            out.summaries.push_back(std::move(data));
        }
    }
};

FamilyData data_of(const registry::FamilySnapshot& family) {
    FamilyData data;
    data.name = family.name;
    data.kind = static_cast<ExposedKind>(family.kind);
    data.help = family.help;
    data.unit = family.unit;
    data.labels.reserve(family.labels.size());
    for (const auto& labels : family.labels) data.labels.push_back(*labels);
    data.created = copied(family.created);
    data.timestamps = copied(family.timestamps);
    std::visit(Fill{data}, family.values);
    return data;
}

} // namespace

::rust::Vec<FamilyData> Backend::snapshot() const {
    ::rust::Vec<FamilyData> all;
    for (const auto& family : registry_.snapshot().families) all.push_back(data_of(family));
    return all;
}

bool Backend::remove_written(::rust::Str family, ::rust::Str labels, bool spares_kept) const {
    return registry_.remove_written(std::string(family), std::string(labels), spares_kept);
}

std::unique_ptr<Backend> open_backend(::rust::Str service_name) {
    return std::make_unique<Backend>(std::string(service_name));
}

const libnv_registry_v1* functions() noexcept {
    return &registry::table();
}

::rust::String labels_of_slot(const libnv_slot_v1& slot) {
    return *registry::Series::of(slot).labels();
}

} // namespace libnv::rust
