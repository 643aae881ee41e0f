#include "source/draft.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "registry/quoted.hpp"

namespace libnv::source {
namespace {

using registry::Kind;
using registry::quoted;

constexpr double kUnknownTime = std::numeric_limits<double>::quiet_NaN();

/// The largest float up to which every whole number is one.
constexpr double kWhole = 9007199254740992.0;

bool is_count(double value) {
    return value >= 0 && value <= kWhole && std::trunc(value) == value;
}

/// Takes the label of a bound or a rank off a sample.
double take_bound(Sample &sample, const char *label, const Scanner &at) {
    const auto known = std::find_if(sample.labels.begin(), sample.labels.end(),
                                    [&](const auto &one) { return one.first == label; });
    if (known == sample.labels.end()) {
        at.fail("a line of " + quoted(sample.name) + " has no label " + quoted(label));
    }
    const double bound = at.number(known->second);
    sample.labels.erase(known);
    return bound;
}

} // namespace

void Draft::add(Sample sample, std::string_view suffix, const Scanner &at) {
    if (kind_ != Kind::kHistogram && kind_ != Kind::kSummary) {
        row(sample.labels, sample).value = sample.value;
        return;
    }
    if (suffix == "_sum" || suffix == "_count") {
        Row &own = row(sample.labels, sample);
        std::optional<double> &total = suffix == "_sum" ? own.sum : own.count;
        if (total.has_value()) {
            at.fail(quoted(sample.name) + " is there twice for one series");
        }
        total = sample.value;
        return;
    }
    const double bound = take_bound(sample, kind_ == Kind::kHistogram ? "le" : "quantile", at);
    auto &steps = row(sample.labels, sample).steps;
    const bool is_there = std::any_of(steps.begin(), steps.end(),
                                      [&](const auto &step) { return step.first == bound; });
    if (is_there || std::isnan(bound)) {
        at.fail("a line of " + quoted(sample.name) + " has a bound that is there or is none");
    }
    steps.emplace_back(bound, sample.value);
}

Draft::Row &Draft::row(std::vector<registry::Label> labels, const Sample &sample) {
    std::string text = registry::label_text({labels.begin(), labels.end()});
    const bool has_lines = kind_ == Kind::kHistogram || kind_ == Kind::kSummary;
    const auto place = places_.find(text);
    if (has_lines && place != places_.end()) {
        return rows_[place->second];
    }
    places_.emplace(text, rows_.size());
    Row row;
    row.labels = std::make_shared<const std::string>(std::move(text));
    row.timestamp = kUnknownTime;
    if (sample.milliseconds.has_value()) {
        row.timestamp = static_cast<double>(*sample.milliseconds) / 1000;
    }
    rows_.push_back(std::move(row));
    return rows_.back();
}

registry::HistogramValue Draft::histogram(const Row &row) const {
    const auto refuse = [&](const char *why) {
        throw FormatError("histogram " + quoted(name_ + *row.labels) + " " + why);
    };
    auto steps = row.steps;
    std::sort(steps.begin(), steps.end());
    if (steps.empty() || steps.back().first != std::numeric_limits<double>::infinity()) {
        refuse("has no bucket +Inf");
    }
    if (row.count.has_value() && *row.count != steps.back().second) {
        refuse("has another count than in its bucket +Inf");
    }
    std::vector<double> bounds;
    registry::HistogramValue value;
    double below = 0;
    for (const auto &[bound, count] : steps) {
        if (!is_count(count) || count < below) {
            refuse("has buckets that are not cumulative counts");
        }
        if (std::isfinite(bound)) {
            bounds.push_back(bound);
        } else if (bound < 0) {
            refuse("has a bucket -Inf");
        }
        value.counts.push_back(static_cast<std::uint64_t>(count - below));
        below = count;
    }
    value.bounds = std::make_shared<const std::vector<double>>(std::move(bounds));
    value.sum = row.sum.value_or(0);
    return value;
}

registry::Values Draft::values() const {
    if (kind_ == Kind::kHistogram) {
        std::vector<registry::HistogramValue> values;
        for (const Row &row : rows_) {
            values.push_back(histogram(row));
        }
        return values;
    }
    if (kind_ == Kind::kSummary) {
        std::vector<registry::SummaryValue> values;
        for (const Row &row : rows_) {
            if (!is_count(row.count.value_or(0))) {
                throw FormatError("summary " + quoted(name_) + " has a count that is none");
            }
            values.push_back({row.steps, row.sum.value_or(0),
                              static_cast<std::uint64_t>(row.count.value_or(0))});
        }
        return values;
    }
    std::vector<double> values;
    for (const Row &row : rows_) {
        values.push_back(row.value);
    }
    return values;
}

registry::FamilySnapshot Draft::finish() const {
    registry::FamilySnapshot family;
    family.name = name_;
    family.kind = kind_;
    family.help = help_;
    bool are_timed = false;
    for (const Row &row : rows_) {
        family.labels.push_back(row.labels);
        family.timestamps.push_back(row.timestamp);
        are_timed |= !std::isnan(row.timestamp);
    }
    if (!are_timed) {
        family.timestamps.clear();
    }
    family.values = values();
    return family;
}

} // namespace libnv::source
