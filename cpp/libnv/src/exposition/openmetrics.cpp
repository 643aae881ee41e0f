#include <algorithm>
#include <cmath>
#include <map>
#include <string_view>
#include <vector>

#include "exposition/formats.hpp"
#include "exposition/lines.hpp"
#include "registry/labels.hpp"

namespace libnv::exposition {
namespace {

using registry::FamilySnapshot;
using registry::Kind;

/// How a family is written.
struct Shape {
    enum class Form {
        kTyped, ///< under a name of this format, as its type
        kPlain, ///< plain numbers under the name they have
        kApart, ///< a distribution whose lines are families of their own
    };

    Form form;
    std::string base;
    const char *type;
};

bool ends_with(std::string_view text, std::string_view suffix) {
    return text.size() >= suffix.size() && text.substr(text.size() - suffix.size()) == suffix;
}

/// How a family is written whose type forbids a name or a value of it.
Shape fallback(const FamilySnapshot &family) {
    if (!are_numbers(family.values)) {
        return {Shape::Form::kApart, family.name, word(Kind::kUnknown)};
    }
    const bool is_gauge =
        family.kind == Kind::kGauge || family.kind == Kind::kInfo || family.kind == Kind::kStateSet;
    // Nothing is lost: a set of states and facts is a set of gauges.
    return {Shape::Form::kPlain, family.name, word(is_gauge ? Kind::kGauge : Kind::kUnknown)};
}

/// As its type without a suffix that the name must have.
Shape without(const FamilySnapshot &family, std::string_view suffix) {
    if (!ends_with(family.name, suffix) || family.name.size() == suffix.size()) {
        return fallback(family);
    }
    std::string base = family.name.substr(0, family.name.size() - suffix.size());
    return {Shape::Form::kTyped, std::move(base), word(family.kind)};
}

template <class IsIt>
bool are_all(const FamilySnapshot &family, IsIt is_it) {
    for (std::size_t at = 0; at < family.size(); ++at) {
        if (!is_it(number_at(family.values, at))) {
            return false;
        }
    }
    return true;
}

/// True where each series has the label that names its state.
bool has_states(const FamilySnapshot &family) {
    return std::all_of(family.labels.begin(), family.labels.end(), [&](const auto &text) {
        const auto labels = registry::labels_of(*text);
        return std::any_of(labels.begin(), labels.end(),
                           [&](const auto &label) { return label.first == family.name; });
    });
}

/// A sum is of values that were never negative.
bool has_lawful_buckets(const FamilySnapshot &family) {
    if (const auto *all = std::get_if<std::vector<registry::HistogramValue>>(&family.values)) {
        return std::all_of(all->begin(), all->end(), [](const auto &value) {
            return value.sum >= 0 && (value.bounds->empty() || value.bounds->front() >= 0);
        });
    }
    if (const auto *all = std::get_if<std::vector<registry::ExponentialValue>>(&family.values)) {
        return std::all_of(all->begin(), all->end(), [](const auto &value) {
            return value.sum >= 0 && value.negative.counts.empty();
        });
    }
    return false;
}

bool has_lawful_quantiles(const FamilySnapshot &family) {
    const auto *all = std::get_if<std::vector<registry::SummaryValue>>(&family.values);
    const auto is_lawful = [](const registry::SummaryValue &value) {
        return value.sum >= 0 &&
               std::all_of(value.quantiles.begin(), value.quantiles.end(), [](const auto &one) {
                   const auto [rank, quantile] = one;
                   // Nothing to compute a quantile from is no negative one.
                   return rank >= 0 && rank <= 1 && (std::isnan(quantile) || quantile >= 0);
               });
    };
    return all != nullptr && std::all_of(all->begin(), all->end(), is_lawful);
}

/// The shape of a family that is alone on its page.
Shape own_shape(const FamilySnapshot &family) {
    const Shape as_it_is = {Shape::Form::kTyped, family.name, word(family.kind)};
    const bool is_number = are_numbers(family.values);
    switch (family.kind) {
    case Kind::kGauge:
    case Kind::kUnknown:
        return is_number ? Shape{Shape::Form::kPlain, family.name, word(family.kind)}
                         : fallback(family);
    case Kind::kCounter:
        return is_number && are_all(family, [](double value) { return value >= 0; })
                   ? without(family, "_total")
                   : fallback(family);
    case Kind::kInfo:
        return is_number && are_all(family, [](double value) { return value == 1; })
                   ? without(family, "_info")
                   : fallback(family);
    case Kind::kStateSet: {
        const auto is_state = [](double value) { return value == 0 || value == 1; };
        return is_number && are_all(family, is_state) && has_states(family) ? as_it_is
                                                                            : fallback(family);
    }
    case Kind::kHistogram:
        return has_lawful_buckets(family) ? as_it_is : fallback(family);
    case Kind::kSummary:
        break;
    }
    return has_lawful_quantiles(family) ? as_it_is : fallback(family);
}

/// The names that no other family may have.
std::vector<std::string> reserved(const FamilySnapshot &family, const Shape &shape) {
    std::vector<std::string_view> suffixes = {""};
    if (shape.form == Shape::Form::kTyped) {
        switch (family.kind) {
        case Kind::kCounter:
            suffixes = {"", "_total", "_created"};
            break;
        case Kind::kInfo:
            suffixes = {"", "_info"};
            break;
        case Kind::kSummary:
            suffixes = {"", "_count", "_sum", "_created"};
            break;
        case Kind::kHistogram:
            suffixes = {"", "_count", "_sum", "_bucket", "_created"};
            break;
        default:
            break;
        }
    } else if (shape.form == Shape::Form::kApart) {
        suffixes = {family.kind == Kind::kSummary ? "" : "_bucket", "_count", "_sum"};
    }
    std::vector<std::string> names;
    for (const std::string_view suffix : suffixes) {
        names.push_back(shape.base + std::string(suffix));
    }
    return names;
}

/// The shape of each family: as what it is where the rules of its type hold, and the names that
/// its type reserves are no other family's.
std::vector<Shape> shapes_of(const registry::Snapshot &snapshot) {
    std::vector<Shape> shapes;
    std::map<std::string, std::size_t> owners;
    for (const FamilySnapshot &family : snapshot.families) {
        shapes.push_back(own_shape(family));
        if (family.size() > 0) {
            for (std::string &name : reserved(family, shapes.back())) {
                ++owners[std::move(name)];
            }
        }
    }
    for (std::size_t at = 0; at < shapes.size(); ++at) {
        const auto names = reserved(snapshot.families[at], shapes[at]);
        const bool is_shared = std::any_of(names.begin(), names.end(), [&](const auto &name) {
            const auto known = owners.find(name);
            return known != owners.end() && known->second > 1;
        });
        if (is_shared) {
            shapes[at] = fallback(snapshot.families[at]);
        }
    }
    return shapes;
}

/// True where the name, but for `_total`, ends in the unit.
bool is_named_for_unit(const FamilySnapshot &family, const std::string &base) {
    return !family.unit.empty() && family.kind != Kind::kInfo && family.kind != Kind::kStateSet &&
           ends_with(base, "_" + family.unit);
}

} // namespace

std::string to_openmetrics(const registry::Snapshot &snapshot) {
    std::string page;
    const std::vector<Shape> shapes = shapes_of(snapshot);
    for (std::size_t at = 0; at < shapes.size(); ++at) {
        const FamilySnapshot &family = snapshot.families[at];
        const auto &[form, base, type] = shapes[at];
        if (family.size() == 0) {
            continue;
        }
        if (form == Shape::Form::kApart) {
            write_apart(page, family, type, {false});
            continue;
        }
        write_header(page, base, type, family.help, true);
        if (is_named_for_unit(family, base)) {
            page.append("# UNIT ").append(base).append(" ").append(family.unit).append("\n");
        }
        write_lines(page, family, {false});
    }
    return page.append("# EOF\n");
}

} // namespace libnv::exposition
