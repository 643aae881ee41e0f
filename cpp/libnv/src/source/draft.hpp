// A family that is being put together from lines.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "registry/snapshot.hpp"
#include "source/scanner.hpp"

namespace libnv::source {

/// One family, line by line.
class Draft {
public:
    explicit Draft(std::string name) : name_(std::move(name)) {}

    bool has_lines() const noexcept { return !rows_.empty(); }
    bool is_typed() const noexcept { return is_typed_; }
    registry::Kind kind() const noexcept { return kind_; }
    void set_kind(registry::Kind kind) noexcept {
        kind_ = kind;
        is_typed_ = true;
    }
    void set_help(std::string help) { help_ = std::move(help); }

    /// Adds a line; `suffix` is what its name has behind that of the family.
    void add(Sample sample, std::string_view suffix, const Scanner &at);

    /// The family, whose lines are all there; throws where something is missing.
    registry::FamilySnapshot finish() const;

private:
    /// The lines of one series.
    struct Row {
        registry::LabelText labels;
        std::vector<std::pair<double, double>> steps; ///< bounds or ranks, with their values
        std::optional<double> sum;
        std::optional<double> count;
        double value = 0;
        double timestamp;
    };

    Row &row(std::vector<registry::Label> labels, const Sample &sample);
    registry::HistogramValue histogram(const Row &row) const;
    registry::Values values() const;

    std::string name_;
    std::string help_;
    registry::Kind kind_ = registry::Kind::kUnknown;
    bool is_typed_ = false;
    std::vector<Row> rows_;
    /// Where the row of some labels is, for kinds whose series have several lines.
    std::map<std::string, std::size_t> places_;
};

} // namespace libnv::source
