// What a registry holds, as plain data.

#include <algorithm>
#include <shared_mutex>

#include "registry/plan.hpp"
#include "registry/reading.hpp"
#include "registry/registry.hpp"
#include "registry/states.hpp"

namespace libnv::registry {
namespace {

/// A family without its values.
FamilySnapshot described(const Family &family, const std::string &name, const std::string &help) {
    FamilySnapshot described;
    described.name = name;
    described.kind = exposed_kind(family.instrument());
    described.help = help;
    described.unit = family.unit();
    return described;
}

void fill(FamilySnapshot &out, const Family &family, const Values &values) {
    for (const Series *series : family.series()) {
        out.labels.push_back(series->labels());
        out.created.push_back(series->created);
    }
    out.values = values;
}

/// Writes each set, a mask of states, as a series for each state: 1 where it is on. The label
/// of the states has whichever name the family has.
void fill_states(FamilySnapshot &out, const Family &family, const Values &values) {
    const auto &masks = std::get<std::vector<std::uint64_t>>(values);
    const States &states = *family.layout().states();
    std::vector<double> on;
    for (std::size_t at = 0; at < masks.size(); ++at) {
        const Series &series = *family.series()[at];
        const std::vector<Label> own = labels_of(*series.labels());
        for (std::size_t bit = 0; bit < states.size(); ++bit) {
            out.labels.push_back(
                std::make_shared<const std::string>(state_labels(own, out.name, states[bit])));
            out.created.push_back(series.created);
            on.push_back(static_cast<double>(masks[at] >> bit & 1));
        }
    }
    out.values = std::move(on);
}

void append(Snapshot &page, const Family &family, const Values &values) {
    const auto fill_in = family.layout().states() != nullptr ? fill_states : fill;
    for (const Alias &alias : family.aliases()) {
        FamilySnapshot renamed = described(family, alias.name, alias.help);
        renamed.alias_of = family.name();
        fill_in(renamed, family, values);
        page.families.push_back(std::move(renamed));
    }
    FamilySnapshot own = described(family, family.name(), family.help());
    fill_in(own, family, values);
    page.families.push_back(std::move(own));
}

} // namespace

Snapshot Registry::own_snapshot() {
    Snapshot page;
    {
        const std::shared_lock<ForkLock> held(lock_);
        std::vector<const Family *> all;
        for (const auto &[name, family] : families_) {
            all.push_back(family.get());
        }
        // In order of declaration: up-down counters nest in that order.
        std::sort(all.begin(), all.end(),
                  [](const Family *a, const Family *b) { return a->declared() < b->declared(); });
        Plan plan;
        std::vector<std::vector<std::uint32_t>> places;
        for (const Family *family : all) {
            auto &places_of_family = places.emplace_back();
            for (const Series *series : family->series()) {
                places_of_family.push_back(plan.add(*series));
            }
        }
        const std::vector<std::uint64_t> sums = plan.run();
        for (std::size_t at = 0; at < all.size(); ++at) {
            append(page, *all[at], values_of(*all[at], places[at], sums));
        }
    }
    std::sort(page.families.begin(), page.families.end(),
              [](const FamilySnapshot &a, const FamilySnapshot &b) { return a.name < b.name; });
    return page;
}

} // namespace libnv::registry
