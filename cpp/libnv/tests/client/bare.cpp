// Everything in libnv.hpp, compiled without exceptions and RTTI.
#include <libnv/libnv.hpp>

namespace libnv {
template class Family<Counter>;
template class Family<StateSet>;
} // namespace libnv

std::size_t use_everything() {
    libnv::Container container = libnv::Container::open("bare").scope("scope", {{"a", "b"}});
    container.source("source", [] { return std::string(); }).keep();
    container.float_counter("amount").inc_by(0.5);
    auto in_flight = container.up_down_counter("in_flight").in_flight();
    container.gauge("gauge").set(1.0);
    auto timer = container.histogram("histogram").start_timer();
    container.exponential_histogram("exponential").observe(1.0);
    container.info("info");
    container.counter_family("family", {"label"}).with_label_values({"value"}).inc();
    auto server = libnv::serve();
    auto found = libnv::doctor();
    return container.text().size() + container.json().size() + libnv::refusals().size();
}
