#include "dynamometer-libnv/tests/container/declaring.hpp"

namespace declaring {
namespace {

using libnv::rust::Container;

rust::Box<libnv::rust::CounterFamily> routes(const Container &container) {
    return container.counter_family("routes_total", "Requests by route.", {"route"}, {});
}

libnv::rust::Options latency_options() {
    libnv::rust::Options options;
    options.unit = "seconds";
    options.labels = {{"device", "cuda"}};
    options.buckets = {0.5, 1.0};
    return options;
}

libnv::rust::Options size_options() {
    libnv::rust::Options options;
    options.layout = {1, -4, 8, false};
    return options;
}

libnv::rust::Options build_options() {
    libnv::rust::Options options;
    options.labels = {{"version", "1.2"}};
    return options;
}

} // namespace

Metrics::Metrics(const Container &container)
    : requests_(*container.counter("requests_total", "Requests handled.", {})),
      joules_(*container.float_counter("joules_total", "", {})),
      inflight_(*container.up_down_counter("inflight", "", {})), load_(*container.gauge("load", "", {})),
      latency_(*container.histogram("latency", "", latency_options())),
      size_(*container.exponential_histogram("size", "", size_options())),
      build_(*container.info("build", "", build_options())),
      phase_(*container.state_set("phase", "", {"loading", "ready"}, {})),
      chat_(*routes(container)->with_label_values({"chat"})) {}

void Metrics::work(std::uint64_t times) const noexcept {
    requests_.inc_by(times);
    joules_.inc_by(1.5);
    inflight_.add(3);
    inflight_.dec();
    load_.set(0.75);
    latency_.observe_n(0.7, times);
    size_.observe_n(3.0, times);
    phase_.set_only("ready");
    chat_.inc();
}

std::unique_ptr<Metrics> make_metrics(const Container &container) {
    return std::make_unique<Metrics>(container);
}

void count_in_scope(const Container &container, rust::Str prefix, rust::Str label) {
    const auto scope = container.scope(prefix, {{{label.data(), label.size()}, "x"}});
    scope->counter("events_total", "", {})->inc();
}

void record_to_families(const Container &container) {
    container.exponential_histogram_family("sizes", "", {"route"}, {})
        ->with_label_values({"chat"})
        ->observe(3.0);
    (void)container.info_family("models", "", {"model"}, {})->with_label_values({"small"});
    container.state_set_family("phases", "", {"worker"}, {"loading", "ready"}, {})
        ->with_label_values({"1"})
        ->enable("loading");
}

rust::String page(const Container &container) {
    return container.text();
}

void declare_gauge(const Container &container, rust::Str name) {
    (void)container.gauge(name, "", {});
}

rust::String refusal(const Container &container, rust::Str name) {
    try {
        declare_gauge(container, name);
    } catch (const rust::Error &error) {
        return error.what();
    }
    return {};
}

bool remove_chat(const Container &container) {
    return routes(container)->remove({"chat"});
}

} // namespace declaring
