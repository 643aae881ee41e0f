// The values of a registry at one instant, as plain data.
#pragma once

#include <cstdint>
#include <limits>
#include <memory>
#include <string>
#include <variant>
#include <vector>

namespace libnv::registry {

/// The kind of a family, in Prometheus' terms.
enum class Kind { kCounter, kGauge, kHistogram, kInfo, kStateSet, kUnknown, kSummary };

/// The word of a kind, as OpenMetrics has it.
const char *word(Kind kind) noexcept;

/// The labels of a series as they are written: `{a="1",b="x\"y"} `, or ` ` where
/// there are none; sorted by name, escaped, and shared with the series.
using LabelText = std::shared_ptr<const std::string>;

/// Counts per bucket, not cumulative, and the sum of what was observed.
struct HistogramValue {
    std::shared_ptr<const std::vector<double>> bounds; ///< without `+Inf`
    std::vector<std::uint64_t> counts;                 ///< one more than bounds
    double sum = 0;
};

/// Observations in adjacent buckets, the first and the last of which are not 0.
/// Bucket `i` of schema `s` holds magnitudes above 2^((i-1)/2^s) up to 2^(i/2^s).
struct ExponentialCounts {
    std::int32_t first = 0;
    std::vector<std::uint64_t> counts;
};

/// A distribution over exponential buckets.
struct ExponentialValue {
    std::int32_t schema = 0;
    double zero_threshold = 0;
    std::uint64_t zero_count = 0;
    ExponentialCounts positive;
    ExponentialCounts negative;
    double sum = 0;
};

/// Quantiles that a source computed: rank and value.
struct SummaryValue {
    std::vector<std::pair<double, double>> quantiles;
    double sum = 0;
    std::uint64_t count = 0;
};

/// One value for each series of a family.
using Values = std::variant<std::vector<std::uint64_t>,    // counters
                            std::vector<std::int64_t>,     // up-down counters
                            std::vector<double>,           // float counters, gauges, infos
                            std::vector<HistogramValue>,   //
                            std::vector<ExponentialValue>, //
                            std::vector<SummaryValue>>;

/// One family. Its columns are of one length.
struct FamilySnapshot {
    std::string name;
    Kind kind = Kind::kUnknown;
    std::string help;
    std::string unit; ///< empty where there is none
    /// Whose values these are under a further name; empty where the name is its own.
    std::string alias_of;
    std::vector<LabelText> labels;
    Values values;
    /// When each series began, in seconds since the Unix epoch; empty where not known.
    std::vector<double> created;
    /// When each value was measured, in seconds since the Unix epoch, NaN where not
    /// known; empty where no source said it.
    std::vector<double> timestamps;

    std::size_t size() const noexcept { return labels.size(); }
};

/// All families, sorted by name.
struct Snapshot {
    std::vector<FamilySnapshot> families;

    /// The family of that name, or null.
    const FamilySnapshot *family(const std::string &name) const noexcept;

    /// How many series there are, under all names.
    std::size_t series() const noexcept;
};

/// The number of observations: the sum of all buckets.
std::uint64_t count_of(const HistogramValue &value) noexcept;
std::uint64_t count_of(const ExponentialValue &value) noexcept;

/// True where each value is one number.
bool are_numbers(const Values &values) noexcept;

/// The number at `index`; of a distribution its sum.
double number_at(const Values &values, std::size_t index) noexcept;

} // namespace libnv::registry
