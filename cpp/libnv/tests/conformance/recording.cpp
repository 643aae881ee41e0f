// The steps that record.

#include <algorithm>

#include "mismatch.hpp"
#include "world.hpp"

namespace libnv::conformance {
namespace {

void observe(const Handle &handle, double value, std::uint64_t n) {
    if (handle.kind() == LIBNV_EXPONENTIAL_HISTOGRAM) {
        libnv_exponential_observe_n(handle.slot(), value, n);
    } else {
        libnv_histogram_observe_n(handle.slot(), value, n);
    }
}

void change_state(const Handle &handle, const std::string &verb, const std::string &state) {
    const auto &states = handle.states();
    const auto known = std::find(states.begin(), states.end(), state);
    const auto at = static_cast<std::uint32_t>(known - states.begin());
    if (known == states.end()) {
        libnv_state_set_refuse(handle.slot());
    } else if (verb == "set_only") {
        libnv_state_set_only(handle.slot(), at);
    } else {
        libnv_state_set_turn(handle.slot(), at, verb == "enable" ? 1 : 0);
    }
}

void add(const Handle &handle, const Number &amount) {
    if (handle.kind() == LIBNV_FLOAT_COUNTER) {
        libnv_float_counter_add(handle.slot(), amount.as_double());
    } else {
        libnv_counter_add(handle.slot(), amount.as_unsigned());
    }
}

} // namespace

void World::record(const std::string &verb, const Json &step, const Handles *own) const {
    const Json &what = step[verb];
    const std::string name = what.is_array() ? what[0] : what;
    const bool is_own = own != nullptr && own->count(name) != 0;
    const Handle &on = is_own ? own->at(name) : handle(name);
    if (verb == "inc") {
        add(on, Number(std::uint64_t{1}));
    } else if (verb == "inc_by") {
        add(on, Number(what[1]));
    } else if (verb == "add") {
        libnv_up_down_counter_add(on.slot(), Number(what[1]).as_signed());
    } else if (verb == "set") {
        libnv_gauge_set(on.slot(), Number(what[1]).as_double());
    } else if (verb == "gauge_inc") {
        libnv_gauge_add(on.slot(), Number(what[1]).as_double());
    } else if (verb == "gauge_dec") {
        libnv_gauge_add(on.slot(), -Number(what[1]).as_double());
    } else if (verb == "observe") {
        observe(on, Number(what[1]).as_double(), 1);
    } else if (verb == "observe_n") {
        observe(on, Number(what[1]).as_double(), what[2].get<std::uint64_t>());
    } else {
        change_state(on, verb, what[1]);
    }
}

} // namespace libnv::conformance
