#include "registry/registry.hpp"

#include <algorithm>
#include <mutex>
#include <shared_mutex>

#include "registry/error.hpp"
#include "registry/quoted.hpp"
#include "registry/self_metrics.hpp"
#include "registry/text_argument.hpp"

namespace libnv::registry {
namespace {

// The suffixes of a histogram's lines; no other family may have such a name.
constexpr std::string_view kHistogramSuffixes[] = {"_bucket", "_sum", "_count"};

std::vector<std::string> names_of(const Request &request) {
    std::vector<std::string> names = request.aliases;
    names.push_back(request.name.exposed);
    return names;
}

bool is_among(const std::vector<std::string> &names, const std::string &name) {
    return std::find(names.begin(), names.end(), name) != names.end();
}

void check_count(const LookUp &family, std::size_t given) {
    const auto &names = family.schema.names();
    if (given != names.size()) {
        throw Error(LIBNV_LABEL_COUNT, quoted(family.family.name()) + " has " +
                                           std::to_string(names.size()) + " labels, " +
                                           quoted(names) + ", and was given " +
                                           std::to_string(given) + " values");
    }
}

void count_overflow(const Series *series, bool is_overflow, const Family &family) {
    if (series != nullptr && is_overflow) {
        self_metrics().count_overflow(family.name());
    }
}

} // namespace

Registry::Registry(std::string service_name) : service_name_(std::move(service_name)) {}

Registry::~Registry() = default;

std::unique_ptr<LookUp> Registry::family(const libnv_request_v1 &given) {
    const Request request = Request::of(given);
    Schema schema(request.constant, request.label_names);
    const std::string &name = request.name.exposed;
    const std::unique_lock<ForkLock> held(lock_);
    check_aliases(request);
    const auto known = families_.find(name);
    if (known != families_.end()) {
        known->second->check(request);
    }
    if (known == families_.end() || !request.aliases.empty()) {
        check_lines(request);
    }
    auto &family = families_[name];
    if (family == nullptr) {
        family = std::make_unique<Family>(request, declared_++);
    }
    auto made = std::make_unique<LookUp>(*family, std::move(schema));
    made->form = family->admit(request, made->schema);
    for (const std::string &alias : request.aliases) {
        aliases_.emplace(alias, name);
    }
    return made;
}

Family *Registry::named(const std::string &name) const {
    const auto alias = aliases_.find(name);
    const auto known = families_.find(alias == aliases_.end() ? name : alias->second);
    return known == families_.end() ? nullptr : known->second.get();
}

/// Refuses a name or an alias that stands for something else.
void Registry::check_aliases(const Request &request) const {
    const std::string &name = request.name.exposed;
    if (const auto known = aliases_.find(name); known != aliases_.end()) {
        throw Error(LIBNV_NAME_COLLISION,
                    quoted(name) + " is another name of " + quoted(known->second));
    }
    for (const std::string &alias : request.aliases) {
        const auto known = aliases_.find(alias);
        const bool is_of_other = known != aliases_.end() && known->second != name;
        if (families_.count(alias) != 0 || alias == name || is_of_other) {
            throw Error(LIBNV_NAME_COLLISION, quoted(alias) + " can not be another name of " +
                                                  quoted(name) + ": it is in use");
        }
    }
}

/// Refuses a family whose lines would be read as those of another, under any of their names.
void Registry::check_lines(const Request &request) const {
    const bool is_own_histogram = is_histogram(request.instrument);
    const std::vector<std::string> own = names_of(request);
    const auto clash = [](const std::string &name, const std::string &other) {
        throw Error(LIBNV_NAME_COLLISION, quoted(name) +
                                              " would share lines with the histogram or family " +
                                              quoted(other));
    };
    const auto is_of_histogram = [&](const std::string &name) {
        const Family *known = named(name);
        return (is_own_histogram && is_among(own, name)) ||
               (known != nullptr && is_histogram(known->instrument()));
    };
    for (const std::string &name : own) {
        for (const std::string_view suffix : kHistogramSuffixes) {
            if (name.size() >= suffix.size() &&
                std::string_view(name).substr(name.size() - suffix.size()) == suffix) {
                const std::string stem = name.substr(0, name.size() - suffix.size());
                if (is_of_histogram(stem)) {
                    clash(name, stem);
                }
            }
            const std::string line = name + std::string(suffix);
            if (is_own_histogram && (named(line) != nullptr || is_among(own, line))) {
                clash(name, line);
            }
        }
    }
}

libnv_slot_v1 *Registry::look_up(const LookUp &family, const libnv_str *values, std::size_t count) {
    check_count(family, count);
    const std::uint64_t hash = family.schema.hash(values);
    {
        const std::shared_lock<ForkLock> held(lock_);
        Series *const series = family.family.find(family.schema, family.form, values, hash);
        if (series != nullptr) {
            return series->share();
        }
    }
    return make(family, values, nullptr);
}

libnv_slot_v1 *Registry::adopt(const LookUp &family, const libnv_str *values, std::size_t count,
                               const GivenCells &cells) {
    check_count(family, count);
    return make(family, values, &cells);
}

libnv_slot_v1 *Registry::make(const LookUp &family, const libnv_str *values,
                              const GivenCells *cells) {
    // Those that are there are UTF-8: only new ones need a look.
    text_arguments(values, family.schema.names().size(), "the value of a label");
    Family &of = family.family;
    Key key = family.key(values);
    Series *series = nullptr;
    bool is_overflow = false;
    libnv_slot_v1 *slot = nullptr;
    {
        const std::unique_lock<ForkLock> held(lock_);
        series = of.find(key);
        bool is_new = false;
        if (series == nullptr && !of.is_full()) {
            try {
                series = &of.insert(std::move(key), cells);
                is_new = true;
            } catch (const Error &) {
                // Where there is an overflow series already, nothing is lost.
                series = of.find(family.overflow_key());
                is_overflow = true;
                if (series == nullptr) {
                    throw;
                }
            }
        } else if (series == nullptr) {
            Key overflow = family.overflow_key();
            series = of.find(overflow);
            is_overflow = true;
            if (series == nullptr) {
                series = &of.insert_overflow(std::move(overflow));
            }
        }
        if (cells != nullptr && !is_new) {
            series->join(*cells);
        }
        slot = series->share();
    }
    count_overflow(series, is_overflow, of);
    return slot;
}

bool Registry::remove(const LookUp &family, const libnv_str *values, std::size_t count) {
    if (count != family.schema.names().size()) {
        return false;
    }
    const std::uint64_t hash = family.schema.hash(values);
    const std::unique_lock<ForkLock> held(lock_);
    Series *const series = family.family.find(family.schema, family.form, values, hash);
    if (series == nullptr) {
        return false;
    }
    family.family.remove(*series);
    return true;
}

Snapshot Registry::snapshot() {
    source::Reads reads = sources_.begin();
    Snapshot page = own_snapshot();
    reads.merge_into(page);
    return page;
}

} // namespace libnv::registry
