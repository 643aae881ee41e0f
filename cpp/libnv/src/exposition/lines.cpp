#include "exposition/lines.hpp"

#include <algorithm>
#include <cmath>
#include <type_traits>

#include "exposition/number.hpp"
#include "registry/exponential_value.hpp"
#include "registry/labels.hpp"

namespace libnv::exposition {
namespace {

using registry::ExponentialValue;
using registry::FamilySnapshot;
using registry::HistogramValue;
using registry::SummaryValue;

/// Writes the lines of one family.
class Lines {
public:
    Lines(std::string &page, const FamilySnapshot &family, Style style)
        : page_(page), family_(family), style_(style) {}

    template <class Number>
    void write(std::size_t at, Number value) {
        one(at, family_.name, value);
    }

    void write(std::size_t at, const HistogramValue &value) {
        bounded(at, value);
        totals(at, value.sum, count_of(value));
    }

    void write(std::size_t at, const ExponentialValue &value) {
        bounded(at, value);
        totals(at, value.sum, count_of(value));
    }

    void write(std::size_t at, const SummaryValue &value) {
        bounded(at, value);
        totals(at, value.sum, value.count);
    }

    template <class Distribution>
    void bounded(std::size_t at, const Distribution &value) {
        for (const auto &[bound, count] : cumulative(value)) {
            bound_line(at, "_bucket", "le", bound, count);
        }
    }

    void bounded(std::size_t at, const SummaryValue &value) {
        for (const auto &[rank, quantile] : value.quantiles) {
            bound_line(at, "", "quantile", rank, quantile);
        }
    }

    template <class Number>
    void one(std::size_t at, std::string_view name, Number number) {
        page_.append(name).append(*family_.labels[at]);
        append_number(page_, number);
        end(at);
    }

private:
    void totals(std::size_t at, double sum, std::uint64_t count) {
        one(at, family_.name + "_sum", sum);
        one(at, family_.name + "_count", count);
    }

    template <class Number>
    void bound_line(std::size_t at, const char *suffix, const char *label, double bound,
                    Number number) {
        const std::string_view pairs = registry::pairs_of(*family_.labels[at]);
        page_.append(family_.name).append(suffix).append("{").append(pairs);
        page_.append(pairs.empty() ? "" : ",").append(label).append("=\"");
        page_.append(bound_text(bound)).append("\"} ");
        append_number(page_, number);
        end(at);
    }

    void end(std::size_t at) {
        if (!family_.timestamps.empty() && !std::isnan(family_.timestamps[at])) {
            page_ += ' ';
            const double seconds = family_.timestamps[at];
            if (style_.has_milliseconds) {
                append_number(page_, static_cast<std::int64_t>(std::llround(seconds * 1000)));
            } else {
                append_number(page_, seconds);
            }
        }
        page_ += '\n';
    }

    std::string &page_;
    const FamilySnapshot &family_;
    Style style_;
};

template <class Write>
void each_value(const FamilySnapshot &family, Write write) {
    std::visit(
        [&](const auto &values) {
            for (std::size_t at = 0; at < family.size(); ++at) {
                write(at, values[at]);
            }
        },
        family.values);
}

bool has_bounds(const FamilySnapshot &family) {
    const auto *summaries = std::get_if<std::vector<SummaryValue>>(&family.values);
    return summaries == nullptr ||
           std::any_of(summaries->begin(), summaries->end(),
                       [](const SummaryValue &value) { return !value.quantiles.empty(); });
}

} // namespace

void write_header(std::string &page, std::string_view name, std::string_view type,
                  std::string_view help, bool escapes_quotes) {
    if (!help.empty()) {
        page.append("# HELP ").append(name).append(" ");
        const char *const escaped = escapes_quotes ? "\\\n\"" : "\\\n";
        for (std::size_t at = help.find_first_of(escaped); at != std::string_view::npos;
             at = help.find_first_of(escaped)) {
            page.append(help.substr(0, at)).append("\\");
            page += help[at] == '\n' ? 'n' : help[at];
            help.remove_prefix(at + 1);
        }
        page.append(help).append("\n");
    }
    page.append("# TYPE ").append(name).append(" ").append(type).append("\n");
}

void write_lines(std::string &page, const FamilySnapshot &family, Style style) {
    Lines lines(page, family, style);
    each_value(family, [&](std::size_t at, const auto &value) { lines.write(at, value); });
}

void write_apart(std::string &page, const FamilySnapshot &family, const char *type, Style style) {
    Lines lines(page, family, style);
    const bool is_summary = family.kind == registry::Kind::kSummary;
    const std::string bounded = is_summary ? family.name : family.name + "_bucket";
    const std::string sum = family.name + "_sum";
    const std::string count = family.name + "_count";
    const auto each_distribution = [&](auto write) {
        each_value(family, [&](std::size_t at, const auto &value) {
            if constexpr (!std::is_arithmetic_v<std::decay_t<decltype(value)>>) {
                write(at, value);
            }
        });
    };
    if (has_bounds(family)) {
        write_header(page, bounded, type, family.help, true);
        each_distribution([&](std::size_t at, const auto &value) { lines.bounded(at, value); });
    }
    write_header(page, sum, type, family.help, true);
    each_distribution([&](std::size_t at, const auto &value) { lines.one(at, sum, value.sum); });
    write_header(page, count, type, family.help, true);
    each_distribution([&](std::size_t at, const auto &value) {
        if constexpr (std::is_same_v<std::decay_t<decltype(value)>, SummaryValue>) {
            lines.one(at, count, value.count);
        } else {
            lines.one(at, count, count_of(value));
        }
    });
}

} // namespace libnv::exposition
