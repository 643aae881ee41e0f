#include "source/merge.hpp"

#include <algorithm>
#include <limits>
#include <set>
#include <string_view>
#include <type_traits>

#include "registry/labels.hpp"
#include "registry/quoted.hpp"

namespace libnv::source {
namespace {

using registry::FamilySnapshot;
using registry::Kind;
using registry::Snapshot;
using registry::Values;

constexpr double kUnknownTime = std::numeric_limits<double>::quiet_NaN();

/// The suffixes of the lines that a family of a kind has besides those of its own name.
std::vector<std::string_view> suffixes(Kind kind) {
    switch (kind) {
    case Kind::kHistogram:
        return {"_bucket", "_sum", "_count"};
    case Kind::kSummary:
        return {"_sum", "_count"};
    default:
        return {};
    }
}

/// The label that the lines of a kind have besides the series' own; empty for none.
std::string_view reserved_label(Kind kind) {
    switch (kind) {
    case Kind::kHistogram:
        return "le";
    case Kind::kSummary:
        return "quantile";
    default:
        return {};
    }
}

std::string series_text(const FamilySnapshot &family, std::size_t at) {
    const std::string &text = *family.labels[at];
    return family.name + text.substr(0, text.size() - 1);
}

template <class Item>
std::vector<Item> picked(const std::vector<Item> &all, const std::vector<std::size_t> &rows) {
    std::vector<Item> some;
    if (!all.empty()) {
        for (const std::size_t row : rows) {
            some.push_back(all[row]);
        }
    }
    return some;
}

/// Leaves the series at `rows`.
void pick(FamilySnapshot &family, const std::vector<std::size_t> &rows) {
    family.labels = picked(family.labels, rows);
    family.created = picked(family.created, rows);
    family.timestamps = picked(family.timestamps, rows);
    std::visit([&](auto &values) { values = picked(values, rows); }, family.values);
}

bool may_be_labelled(const FamilySnapshot &family, std::size_t at) {
    for (const auto &[name, value] : registry::labels_of(*family.labels[at])) {
        if (name.compare(0, 2, "__") == 0 || name == reserved_label(family.kind)) {
            return false;
        }
    }
    return true;
}

void append_times(std::vector<double> &times, std::size_t before, const std::vector<double> &more,
                  std::size_t added) {
    if (times.empty() && more.empty()) {
        return;
    }
    times.resize(before, kUnknownTime);
    times.insert(times.end(), more.begin(), more.end());
    times.resize(before + added, kUnknownTime);
}

/// True where values of `more` may follow these: both numbers, or distributions of one type.
bool takes(const Values &values, const Values &more) {
    return values.index() == more.index() || (are_numbers(values) && are_numbers(more));
}

/// Whole numbers and floats together become floats.
Values as_floats(const Values &values, std::size_t size) {
    std::vector<double> floats;
    for (std::size_t at = 0; at < size; ++at) {
        floats.push_back(number_at(values, at));
    }
    return floats;
}

void append(FamilySnapshot &family, FamilySnapshot more) {
    const std::size_t before = family.size();
    const std::size_t added = more.size();
    if (family.values.index() != more.values.index()) {
        family.values = as_floats(family.values, before);
        more.values = as_floats(more.values, added);
    }
    std::visit(
        [&](auto &values) {
            const auto &others = std::get<std::decay_t<decltype(values)>>(more.values);
            values.insert(values.end(), others.begin(), others.end());
        },
        family.values);
    family.labels.insert(family.labels.end(), more.labels.begin(), more.labels.end());
    append_times(family.created, before, more.created, added);
    append_times(family.timestamps, before, more.timestamps, added);
}

using Seen = std::set<std::string_view>;

/// Leaves series that were not seen before; they are from now on.
void keep_unseen(FamilySnapshot &family, Seen &seen, std::vector<LeftOut> &conflicts) {
    std::vector<std::size_t> rows;
    for (std::size_t at = 0; at < family.size(); ++at) {
        if (seen.insert(*family.labels[at]).second) {
            rows.push_back(at);
        } else {
            conflicts.push_back({series_text(family, at) + " is there twice, first one kept", 1});
        }
    }
    if (rows.size() < family.size()) {
        pick(family, rows);
    }
}

void absorb(FamilySnapshot &family, FamilySnapshot other, std::vector<LeftOut> &conflicts) {
    if (other.size() == 0) {
        return;
    }
    const std::string kept = word(family.kind);
    if (family.kind != other.kind) {
        conflicts.push_back({family.name + " is a " + kept + " and would be a " + word(other.kind) +
                                 " too, left out",
                             other.size()});
        return;
    }
    if (!takes(family.values, other.values)) {
        conflicts.push_back(
            {family.name + " holds another type of " + kept + " too, left out", other.size()});
        return;
    }
    Seen seen;
    for (const auto &labels : family.labels) {
        seen.insert(*labels);
    }
    // The texts that were seen stay alive in either family.
    const auto labels = other.labels;
    keep_unseen(other, seen, conflicts);
    append(family, std::move(other));
}

FamilySnapshot *find(std::vector<FamilySnapshot> &families, const std::string &name) {
    const auto at = std::find_if(families.begin(), families.end(),
                                 [&](const FamilySnapshot &known) { return known.name == name; });
    return at == families.end() ? nullptr : &*at;
}

/// The family that would share lines with another, or null.
const FamilySnapshot *shared_with(std::vector<FamilySnapshot> &families,
                                  const FamilySnapshot &other) {
    for (const FamilySnapshot &family : families) {
        for (const std::string_view suffix : suffixes(family.kind)) {
            if (other.name == family.name + std::string(suffix)) {
                return &family;
            }
        }
        for (const std::string_view suffix : suffixes(other.kind)) {
            if (family.name == other.name + std::string(suffix)) {
                return &family;
            }
        }
    }
    return nullptr;
}

} // namespace

std::vector<LeftOut> check(Snapshot &snapshot) {
    std::vector<LeftOut> invalid;
    auto &families = snapshot.families;
    const auto is_invalid = [&](const FamilySnapshot &family) {
        if (family.name.compare(0, 2, "__") != 0) {
            return false;
        }
        invalid.push_back(
            {registry::quoted(family.name) + " can not be a name, left out", family.size()});
        return true;
    };
    families.erase(std::remove_if(families.begin(), families.end(), is_invalid), families.end());
    for (FamilySnapshot &family : families) {
        std::vector<std::size_t> rows;
        for (std::size_t at = 0; at < family.size(); ++at) {
            if (may_be_labelled(family, at)) {
                rows.push_back(at);
            } else {
                invalid.push_back({registry::quoted(series_text(family, at)) +
                                       " has labels that can not be, left out",
                                   1});
            }
        }
        if (rows.size() < family.size()) {
            pick(family, rows);
        }
    }
    return invalid;
}

std::vector<LeftOut> merge(Snapshot &page, Snapshot other) {
    std::vector<LeftOut> conflicts;
    for (FamilySnapshot &family : other.families) {
        if (FamilySnapshot *known = find(page.families, family.name)) {
            absorb(*known, std::move(family), conflicts);
        } else if (const auto *kept = shared_with(page.families, family)) {
            if (family.size() > 0) {
                conflicts.push_back(
                    {family.name + " would share lines with " + kept->name + ", left out",
                     family.size()});
            }
        } else {
            Seen seen;
            const auto labels = family.labels;
            keep_unseen(family, seen, conflicts);
            page.families.push_back(std::move(family));
        }
    }
    std::sort(page.families.begin(), page.families.end(),
              [](const FamilySnapshot &a, const FamilySnapshot &b) { return a.name < b.name; });
    return conflicts;
}

} // namespace libnv::source
