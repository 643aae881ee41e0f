#include "registry/request.hpp"

#include <algorithm>
#include <cstring>
#include <iterator>

#include "registry/error.hpp"
#include "registry/quoted.hpp"
#include "registry/sanitize.hpp"
#include "registry/states.hpp"
#include "registry/text_argument.hpp"
#include "registry/unit.hpp"

namespace libnv::registry {
namespace {

constexpr double kDefaultBounds[] = {0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0};

/// The request as this copy knows it: fields that the caller does not have are zero.
libnv_request_v1 whole(const libnv_request_v1 &request) {
    libnv_request_v1 known{};
    std::memcpy(&known, &request, std::min(request.struct_size, sizeof known));
    return known;
}

Prefix prefix_of(const libnv_request_v1 &request) {
    Prefix prefix;
    for (const auto each :
         text_arguments(request.prefixes, request.prefix_count, "the prefix of a scope")) {
        prefix.join(each);
    }
    return prefix;
}

std::vector<Label> constant_labels(const libnv_request_v1 &request) {
    if (request.label_count != 0 && request.labels == nullptr) {
        throw Error(LIBNV_INVALID_ARGUMENT, "constant labels can not be used: the list is null");
    }
    std::vector<Label> labels;
    labels.reserve(request.label_count);
    for (std::size_t at = 0; at < request.label_count; ++at) {
        const auto value = text_argument(request.labels[at].value, "the value of a label");
        add_label(labels, text_argument(request.labels[at].name, "the name of a label"), value);
    }
    return labels;
}

/// The names of looked-up labels as they are exposed, each once, and none of the
/// constant ones.
std::vector<std::string> looked_up(const libnv_request_v1 &request, std::vector<Label> labels) {
    const std::size_t constant = labels.size();
    for (const auto name :
         text_arguments(request.label_names, request.label_name_count, "the name of a label")) {
        add_label(labels, name, {});
    }
    std::vector<std::string> names;
    for (std::size_t at = constant; at < labels.size(); ++at) {
        names.push_back(std::move(labels[at].first));
    }
    return names;
}

std::string check_unit(std::string_view unit, std::string_view name, Instrument instrument) {
    if (unit.empty()) {
        return {};
    }
    const std::string attempt = quoted(name) + " can not have ";
    if (!is_base_unit(unit)) {
        throw Error(LIBNV_UNIT_MISMATCH, attempt + quoted(unit) + ": it is no base unit");
    }
    if (!has_unit(instrument)) {
        throw Error(LIBNV_UNIT_MISMATCH,
                    attempt + std::string(unit) + ": " + phrase(instrument) + " has no unit");
    }
    return std::string(unit);
}

std::vector<double> bounds_of(const libnv_request_v1 &request) {
    if (request.bounds == nullptr) {
        return {std::begin(kDefaultBounds), std::end(kDefaultBounds)};
    }
    return {request.bounds, request.bounds + request.bound_count};
}

ExponentialLayout exponential_layout(const libnv_request_v1 &request) {
    const bool is_default = request.schema == 0 && request.min_exponent == 0 &&
                            request.max_exponent == 0 && request.is_signed == 0;
    if (is_default) {
        return {};
    }
    return {request.schema, request.min_exponent, request.max_exponent, request.is_signed != 0};
}

std::shared_ptr<const Layout> layout_of(const libnv_request_v1 &request, const std::string &name,
                                        Instrument instrument) {
    switch (instrument) {
    case Instrument::kHistogram:
        return std::make_shared<const Layout>(Bounds(name, bounds_of(request)));
    case Instrument::kExponentialHistogram:
        return std::make_shared<const Layout>(
            ExponentialBuckets(name, exponential_layout(request)));
    case Instrument::kStateSet: {
        const auto all = text_arguments(request.states, request.state_count, "a state");
        States states(all.begin(), all.end());
        check_states(name, states);
        return std::make_shared<const Layout>(std::move(states));
    }
    default:
        return std::make_shared<const Layout>();
    }
}

/// Names as a caller has them, or as they are exposed already.
class Naming {
public:
    explicit Naming(const libnv_request_v1 &request)
        : is_resolved_((request.flags & LIBNV_RESOLVED) != 0), prefix_(prefix_of(request)) {}

    Name name(std::string_view name, std::string_view asked, std::string_view unit,
              Instrument instrument) const {
        if (!is_resolved_) {
            return prefix_.name(name, unit, instrument);
        }
        if (sanitize_prometheus_name(name) != name) {
            throw Error(LIBNV_INVALID_NAME, quoted(name) + " is no name as it is exposed");
        }
        return {std::string(name), std::string(asked.empty() ? name : asked)};
    }

private:
    bool is_resolved_;
    Prefix prefix_;
};

void check_state_labels(const Request &request) {
    if (request.instrument != Instrument::kStateSet) {
        return;
    }
    for (const std::string &alias : request.aliases) {
        check_state_label(alias, request.constant, request.label_names);
    }
    check_state_label(request.name.exposed, request.constant, request.label_names);
}

} // namespace

Request Request::of(const libnv_request_v1 &given) {
    const libnv_request_v1 raw = whole(given);
    const Naming naming(raw);
    Request request;
    request.instrument = instrument_of(raw.kind);
    request.constant = constant_labels(raw);
    request.label_names = looked_up(raw, request.constant);
    const std::string name(text_argument(raw.name, "the name of a family"));
    request.unit = check_unit(text_argument(raw.unit, "a unit"), name, request.instrument);
    const auto asked = text_argument(raw.asked, "the name of a family");
    request.name = naming.name(name, asked, request.unit, request.instrument);
    request.layout = layout_of(raw, name, request.instrument);
    request.help = text_argument(raw.help, "the help of a family");
    for (const auto alias : text_arguments(raw.aliases, raw.alias_count, "an alias")) {
        request.aliases.push_back(naming.name(alias, {}, request.unit, request.instrument).exposed);
    }
    request.options = {raw.limit, (raw.flags & LIBNV_SHARED_CELLS) != 0};
    check_state_labels(request);
    return request;
}

void check_scope(const libnv_request_v1 &given) {
    const libnv_request_v1 request = whole(given);
    prefix_of(request);
    constant_labels(request);
}

} // namespace libnv::registry
