#include "dynamometer-libnv/cxx/backend.hpp"

#include <stdexcept>
#include <string>
#include <utility>

#include "dynamometer-libnv/src/backend/bridge.rs.h"

namespace libnv::rust {
namespace {

libnv_str given(::rust::Str text) noexcept {
    return {text.data(), text.size()};
}

::rust::String taken(const libnv_str &text) noexcept {
    return ::rust::String::lossy(text.data == nullptr ? "" : text.data, text.len);
}

/// Throws what libnv says of a call that it refused.
void check(libnv_status status, const libnv_error_v1 *(*last_error)()) {
    if (status == LIBNV_OK) return;
    const libnv_str &message = last_error()->message;
    throw std::runtime_error(std::string(message.data, message.len));
}

/// The numbers of a column; none where it is not there.
template <typename Number>
::rust::Vec<Number> copied(const Number *numbers, std::size_t count) {
    ::rust::Vec<Number> all;
    if (numbers == nullptr) return all;
    all.reserve(count);
    for (std::size_t at = 0; at < count; ++at) all.push_back(numbers[at]);
    return all;
}

HistogramData data_of(const libnv_histogram_v1 &value) {
    HistogramData data;
    data.bounds = copied(value.bounds, value.bound_count);
    data.counts = copied(value.counts, value.bound_count + 1);
    data.sum = value.sum;
    return data;
}

ExponentialData data_of(const libnv_exponential_v1 &value) {
    ExponentialData data;
    data.schema = value.schema;
    data.zero_threshold = value.zero_threshold;
    data.zero_count = value.zero_count;
    data.positive_first = value.positive_first;
    data.positive = copied(value.positive, value.positive_count);
    data.negative_first = value.negative_first;
    data.negative = copied(value.negative, value.negative_count);
    data.sum = value.sum;
    return data;
}

SummaryData data_of(const libnv_summary_v1 &value) {
    SummaryData data;
    for (std::size_t at = 0; at < value.quantile_count; ++at) {
        data.ranks.push_back(value.quantiles[at].rank);
        data.quantiles.push_back(value.quantiles[at].value);
    }
    data.sum = value.sum;
    data.count = value.count;
    return data;
}

template <typename Data, typename Value>
::rust::Vec<Data> data_of_all(const Value *values, std::size_t count) {
    ::rust::Vec<Data> all;
    all.reserve(count);
    for (std::size_t at = 0; at < count; ++at) all.push_back(data_of(values[at]));
    return all;
}

/// Puts the values of a family into the column of their type; false for one that a later libnv
/// may have.
bool fill(FamilyData &data, const libnv_family_values_v1 &family) {
    switch (family.column) {
    case LIBNV_COLUMN_UNSIGNED:
        data.unsigned_values = copied(family.unsigned_values, family.series);
        break;
    case LIBNV_COLUMN_SIGNED:
        data.signed_values = copied(family.signed_values, family.series);
        break;
    case LIBNV_COLUMN_FLOAT:
        data.float_values = copied(family.float_values, family.series);
        break;
    case LIBNV_COLUMN_HISTOGRAM:
        data.histograms = data_of_all<HistogramData>(family.histograms, family.series);
        break;
    case LIBNV_COLUMN_EXPONENTIAL:
        data.exponentials = data_of_all<ExponentialData>(family.exponentials, family.series);
        break;
    case LIBNV_COLUMN_SUMMARY:
        data.summaries = data_of_all<SummaryData>(family.summaries, family.series);
        break;
    default:
        return false;
    }
    data.column = static_cast<Column>(family.column);
    return true;
}

/// Adds a family; called by libnv, through which nothing may be thrown.
void add(void *families, const libnv_family_values_v1 *family) noexcept {
    FamilyData data;
    if (!fill(data, *family)) return;
    data.name = taken(family->name);
    data.kind = static_cast<ExposedKind>(family->kind);
    data.help = taken(family->help);
    data.unit = taken(family->unit);
    data.labels.reserve(family->series);
    for (std::size_t at = 0; at < family->series; ++at) {
        data.labels.push_back(taken(family->labels[at]));
    }
    data.created = copied(family->created, family->series);
    data.timestamps = copied(family->timestamps, family->series);
    static_cast<::rust::Vec<FamilyData> *>(families)->push_back(std::move(data));
}

} // namespace

Backend::Backend(const libnv_api_v1 &api, ::rust::Str service_name) : api_(api) {
    check(api.open(given(service_name), &registry_), api.last_error);
}

Backend::~Backend() {
    api_.close(registry_);
}

::rust::Vec<FamilyData> Backend::snapshot() const {
    ::rust::Vec<FamilyData> all;
    check(functions()->each_family(registry_, add, &all), functions()->last_error);
    return all;
}

bool Backend::remove_written(::rust::Str family, ::rust::Str labels, bool spares_kept) const {
    std::uint32_t removed = 0;
    check(functions()->remove_written(registry_, given(family), given(labels), spares_kept ? 1 : 0,
                                      &removed),
          functions()->last_error);
    return removed != 0;
}

std::unique_ptr<Backend> open_backend(const libnv_api_v1 &api, ::rust::Str service_name) {
    return std::make_unique<Backend>(api, service_name);
}

::rust::String labels_of_slot(const libnv_slot_v1 &slot) {
    std::string labels;
    const auto append = [](void *context, const char *data, std::size_t len) {
        static_cast<std::string *>(context)->append(data, len);
    };
    check(slot.registry->write_labels(nullptr, &slot, append, &labels), slot.registry->last_error);
    return labels;
}

} // namespace libnv::rust
