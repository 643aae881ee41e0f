// What a registry holds, as a host would have to declare it.

#include <algorithm>
#include <mutex>

#include "registry/registry.hpp"
#include "registry/text_argument.hpp"

namespace libnv::registry {
namespace {

std::vector<libnv_str> borrowed_all(const std::vector<std::string> &texts) {
    std::vector<libnv_str> all;
    for (const std::string &text : texts) {
        all.push_back(borrowed(text));
    }
    return all;
}

/// A request that declares a family as it is, for series of some constant labels.
class Declaration {
public:
    explicit Declaration(const Family &family) : family_(family) {
        for (const Alias &alias : family.aliases()) {
            aliases_.push_back(borrowed(alias.name));
        }
        if (const States *states = family.layout().states()) {
            states_ = borrowed_all(*states);
        }
        names_ = borrowed_all(family.label_names());
        describe();
    }

    void visit(Series *series, const std::function<void(const Visited &)> &visit) {
        values_.clear();
        constant_.clear();
        const std::vector<Label> labels =
            series != nullptr ? labels_of(*series->labels()) : std::vector<Label>();
        split(labels);
        // A single series of a family that is looked up has constant labels only.
        const bool is_single = series != nullptr && values_.size() != names_.size();
        if (is_single) {
            values_.clear();
            constant_.clear();
            for (const auto &[name, value] : labels) {
                constant_.push_back({borrowed(name), borrowed(value)});
            }
        }
        request_.labels = constant_.data();
        request_.label_count = constant_.size();
        request_.label_names = names_.data();
        request_.label_name_count = is_single ? 0 : names_.size();
        visit({request_, values_, series});
    }

private:
    void describe() {
        const Layout &layout = family_.layout();
        request_.struct_size = sizeof request_;
        request_.kind = static_cast<std::uint32_t>(family_.instrument());
        request_.flags = LIBNV_RESOLVED;
        if (family_.options().has_shared_cells) {
            request_.flags |= LIBNV_SHARED_CELLS;
        }
        request_.name = borrowed(family_.name());
        request_.asked = borrowed(family_.asked());
        request_.help = borrowed(family_.help());
        request_.unit = borrowed(family_.unit());
        request_.aliases = aliases_.data();
        request_.alias_count = aliases_.size();
        request_.states = states_.data();
        request_.state_count = states_.size();
        request_.limit = family_.options().limit;
        if (const Bounds *bounds = layout.bounds()) {
            request_.bounds = bounds->upper()->data();
            request_.bound_count = bounds->upper()->size();
        }
        if (const ExponentialBuckets *buckets = layout.exponential()) {
            request_.schema = buckets->layout().schema;
            request_.min_exponent = buckets->layout().min_exponent;
            request_.max_exponent = buckets->layout().max_exponent;
            request_.is_signed = buckets->layout().is_signed ? 1 : 0;
        }
    }

    /// Tells the labels that are looked up from the constant ones; both are sorted.
    void split(const std::vector<Label> &labels) {
        const auto &names = family_.label_names();
        for (const auto &[name, value] : labels) {
            if (std::binary_search(names.begin(), names.end(), name)) {
                values_.push_back(borrowed(value));
            } else {
                constant_.push_back({borrowed(name), borrowed(value)});
            }
        }
    }

    const Family &family_;
    libnv_request_v1 request_{};
    std::vector<libnv_str> aliases_;
    std::vector<libnv_str> states_;
    std::vector<libnv_str> names_;
    std::vector<libnv_str> values_;
    std::vector<libnv_label> constant_;
};

} // namespace

void Registry::each_series(const std::function<void(const Visited &)> &visit) {
    const std::unique_lock<ForkLock> held(lock_);
    std::vector<Family *> all;
    for (const auto &[name, family] : families_) {
        all.push_back(family.get());
    }
    std::sort(all.begin(), all.end(),
              [](const Family *a, const Family *b) { return a->declared() < b->declared(); });
    for (Family *family : all) {
        Declaration declaration(*family);
        if (family->series().empty()) {
            declaration.visit(nullptr, visit);
        }
        for (Series *series : family->series()) {
            declaration.visit(series, visit);
        }
    }
}

} // namespace libnv::registry
