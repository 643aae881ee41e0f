#include "exposition/visiting.hpp"

#include <string_view>

namespace libnv::exposition {
namespace {

using registry::FamilySnapshot;

libnv_str borrowed(std::string_view text) noexcept {
    return {text.data(), text.size()};
}

/// Null for a column that is not there.
template <class Value>
const Value *column(const std::vector<Value> &values) noexcept {
    return values.empty() ? nullptr : values.data();
}

/// A family, and what its structure points to besides the snapshot.
class Shown {
public:
    explicit Shown(const FamilySnapshot &family) {
        labels_.reserve(family.size());
        for (const auto &labels : family.labels) labels_.push_back(borrowed(*labels));
        shown_.struct_size = sizeof shown_;
        shown_.name = borrowed(family.name);
        shown_.help = borrowed(family.help);
        shown_.unit = borrowed(family.unit);
        shown_.kind = static_cast<std::uint32_t>(family.kind);
        shown_.column = static_cast<std::uint32_t>(family.values.index());
        shown_.series = family.size();
        shown_.labels = column(labels_);
        shown_.created = column(family.created);
        shown_.timestamps = column(family.timestamps);
        std::visit([this](const auto &values) { show(values); }, family.values);
    }

    const libnv_family_values_v1 &get() const noexcept { return shown_; }

private:
    void show(const std::vector<std::uint64_t> &values) { shown_.unsigned_values = column(values); }
    void show(const std::vector<std::int64_t> &values) { shown_.signed_values = column(values); }
    void show(const std::vector<double> &values) { shown_.float_values = column(values); }

    void show(const std::vector<registry::HistogramValue> &values) {
        for (const auto &value : values) {
            histograms_.push_back(
                {column(*value.bounds), value.bounds->size(), value.counts.data(), value.sum});
        }
        shown_.histograms = column(histograms_);
    }

    void show(const std::vector<registry::ExponentialValue> &values) {
        for (const auto &value : values) {
            libnv_exponential_v1 one{};
            one.zero_threshold = value.zero_threshold;
            one.zero_count = value.zero_count;
            one.positive = column(value.positive.counts);
            one.positive_count = value.positive.counts.size();
            one.negative = column(value.negative.counts);
            one.negative_count = value.negative.counts.size();
            one.sum = value.sum;
            one.schema = value.schema;
            one.positive_first = value.positive.first;
            one.negative_first = value.negative.first;
            exponentials_.push_back(one);
        }
        shown_.exponentials = column(exponentials_);
    }

    void show(const std::vector<registry::SummaryValue> &values) {
        std::size_t all = 0;
        for (const auto &value : values) all += value.quantiles.size();
        // Pointed into from now on.
        quantiles_.reserve(all);
        for (const auto &value : values) {
            const auto *const first = quantiles_.data() + quantiles_.size();
            for (const auto &[rank, quantile] : value.quantiles) {
                quantiles_.push_back({rank, quantile});
            }
            summaries_.push_back({first, value.quantiles.size(), value.sum, value.count});
        }
        shown_.summaries = column(summaries_);
    }

    libnv_family_values_v1 shown_{};
    std::vector<libnv_str> labels_;
    std::vector<libnv_histogram_v1> histograms_;
    std::vector<libnv_exponential_v1> exponentials_;
    std::vector<libnv_quantile_v1> quantiles_;
    std::vector<libnv_summary_v1> summaries_;
};

} // namespace

void visit_families(const registry::Snapshot &snapshot, VisitFamily visit, void *context) {
    for (const FamilySnapshot &family : snapshot.families) {
        const Shown shown(family);
        visit(context, &shown.get());
    }
}

} // namespace libnv::exposition
