#include "registry/family.hpp"

#include <algorithm>
#include <atomic>
#include <ctime>

#include "registry/error.hpp"
#include "registry/quoted.hpp"
#include "registry/states.hpp"

namespace libnv::registry {
namespace {

// The series that a family may have where nobody says otherwise.
constexpr std::uint64_t kDefaultLimit = 1000000;

std::atomic<std::uint64_t> g_series{0};

double unix_time() {
    timespec now{};
    clock_gettime(CLOCK_REALTIME, &now);
    return static_cast<double>(now.tv_sec) + static_cast<double>(now.tv_nsec) / 1e9;
}

} // namespace

Family::Family(const Request &request, std::uint64_t declared)
    : name_(request.name), instrument_(request.instrument), layout_(request.layout),
      help_(request.help), unit_(request.unit), declared_(declared) {}

Family::~Family() {
    while (!series_.empty()) {
        remove(*series_.back());
    }
}

void Family::check(const Request &request) const {
    const std::string attempt = quoted(name()) + " can not ";
    if (instrument_ != request.instrument) {
        throw Error(LIBNV_KIND_MISMATCH, attempt + "be " + phrase(request.instrument) + " too",
                    describe());
    }
    if (unit_ != request.unit) {
        throw Error(LIBNV_UNIT_MISMATCH,
                    attempt + "have " + (request.unit.empty() ? "no unit" : request.unit),
                    describe());
    }
    if (!(*layout_ == *request.layout)) {
        const bool are_states = request.layout->states() != nullptr;
        throw Error(are_states ? LIBNV_STATES_MISMATCH : LIBNV_BUCKETS_MISMATCH,
                    attempt + "be" + request.layout->describe(), describe());
    }
    if (asked() != request.name.asked) {
        throw Error(LIBNV_NAME_COLLISION,
                    quoted(request.name.asked) + " becomes " + quoted(name()) + " like " +
                        quoted(asked()) + " before it",
                    describe());
    }
    for (const std::string &alias : request.aliases) {
        if (layout_->states() != nullptr && !is_alias(alias)) {
            check_state_alias(alias);
        }
    }
}

void Family::check_state_alias(const std::string &alias) const {
    for (const Series *series : series_) {
        for (const auto &[label, value] : labels_of(*series->labels())) {
            if (label == alias) {
                refuse_state_label(alias);
            }
        }
    }
}

void Family::check_names(const std::vector<std::string> &given) const {
    std::vector<std::string> names = given;
    std::sort(names.begin(), names.end());
    // A single series, whose labels are constant, may be in any family.
    if (names.empty() || names_.empty() || names == names_) {
        return;
    }
    throw Error(LIBNV_LABELS_MISMATCH,
                quoted(name()) + " can not be looked up by the labels " + quoted(names),
                describe() + " looked up by " + quoted(names_));
}

std::uint32_t Family::admit(const Request &request, const Schema &schema) {
    check_names(request.label_names);
    const auto number = static_cast<std::uint32_t>(forms_.size());
    const std::uint32_t form = forms_.emplace(schema.form(), number).first->second;
    if (names_.empty()) {
        names_ = request.label_names;
        std::sort(names_.begin(), names_.end());
    }
    if (request.options.limit != 0) {
        options_.limit = request.options.limit;
    }
    options_.has_shared_cells |= request.options.has_shared_cells;
    for (const std::string &alias : request.aliases) {
        if (!is_alias(alias)) {
            aliases_.push_back({alias, request.help});
        }
    }
    return form;
}

Series *Family::find(const Schema &schema, std::uint32_t form, const libnv_str *values,
                     std::uint64_t hash) const {
    return table_.find(hash, [&](const Series &series) {
        if (series.form() == form) {
            return schema.matches(*series.labels(), values);
        }
        return *series.labels() == schema.text(values);
    });
}

Series *Family::find(const Key &key) const {
    return table_.find(key.hash,
                       [&](const Series &series) { return *series.labels() == key.text; });
}

Series &Family::insert(Key key, const GivenCells *cells) {
    table_.reserve();
    if (series_.size() == series_.capacity()) {
        series_.reserve(std::max<std::size_t>(8, 2 * series_.size()));
    }
    const std::string text = key.text;
    const bool are_taken_over = cells != nullptr && cells->own == nullptr;
    Series *const series =
        are_taken_over
            ? Series::of_cells(instrument_, layout_, std::move(key), cells->offset)
            : Series::make(instrument_, layout_, std::move(key), options_.has_shared_cells);
    if (series == nullptr) {
        throw Error(LIBNV_EXHAUSTED, "series " + name() + text +
                                         "can not be created: no cells left for another series");
    }
    list(*series);
    if (cells != nullptr && !are_taken_over) {
        series->join(*cells);
    }
    return *series;
}

Series &Family::insert_overflow(Key key) {
    Series &series = insert(std::move(key), nullptr);
    overflows_.insert(&series);
    return series;
}

void Family::list(Series &series) {
    series.place = series_.size();
    series.created = unix_time();
    series_.push_back(&series);
    table_.insert(series);
    g_series.fetch_add(1, std::memory_order_relaxed);
}

void Family::remove(Series &series) noexcept {
    table_.erase(series);
    overflows_.erase(&series);
    // Its place goes to the last one.
    series_.back()->place = series.place;
    series_[series.place] = series_.back();
    series_.pop_back();
    g_series.fetch_sub(1, std::memory_order_relaxed);
    series.release();
}

bool Family::is_full() const noexcept {
    const std::uint64_t limit = options_.limit != 0 ? options_.limit : kDefaultLimit;
    return series_.size() - overflows_.size() >= limit;
}

std::uint64_t Family::series_in_process() noexcept {
    return g_series.load(std::memory_order_relaxed);
}

bool Family::is_alias(const std::string &name) const noexcept {
    return std::any_of(aliases_.begin(), aliases_.end(),
                       [&](const Alias &known) { return known.name == name; });
}

std::string Family::describe() const {
    std::string text = phrase(instrument_);
    if (!unit_.empty()) {
        text += " in " + unit_;
    }
    text += layout_->describe();
    if (!help_.empty()) {
        text += ", " + quoted(help_);
    }
    return text;
}

} // namespace libnv::registry
