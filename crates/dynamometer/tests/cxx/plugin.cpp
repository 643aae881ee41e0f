// A C++ library with metrics, which knows nothing of who loads it.
#include <libnv/libnv.hpp>

#include <thread>
#include <vector>

namespace {

struct Metrics {
    explicit Metrics(const libnv::Container &container)
        : requests(container.counter("requests_total", "Requests handled.")),
          seconds(container.float_counter("busy_seconds_total", "Time at work.")),
          in_flight(container.up_down_counter("in_flight", "Requests being handled.")),
          depth(container.gauge("depth", "Entries waiting.")),
          size(container.histogram("size_bytes", "Size of requests.", {1.0, 10.0})) {}

    libnv::Counter requests;
    libnv::FloatCounter seconds;
    libnv::UpDownCounter in_flight;
    libnv::Gauge depth;
    libnv::Histogram size;
};

const Metrics &metrics() {
    static const Metrics metrics(libnv::Container().scope("plugin"));
    return metrics;
}

void handle(unsigned requests) {
    for (unsigned at = 0; at < requests; ++at) {
        metrics().in_flight.inc();
        metrics().requests.inc();
        metrics().seconds.inc_by(0.5);
        metrics().size.observe(at % 2 == 0 ? 0.5 : 5.0);
        metrics().in_flight.dec();
    }
}

} // namespace

extern "C" {

// Handles that many requests on each of that many threads.
void plugin_handle(unsigned threads, unsigned requests) {
    metrics().depth.set(7.0);
    std::vector<std::thread> all;
    for (unsigned at = 0; at < threads; ++at) all.emplace_back(handle, requests);
    for (std::thread &thread : all) thread.join();
}

// Counts in a family of the program's own.
void plugin_count_as(const char *name, unsigned long n) {
    libnv::Container().counter(name, "Counted in both languages.").inc_by(n);
}

// Asks for a name that has a kind already; true where it is refused with this message.
bool plugin_is_refused(const char *name, const char *message) {
    const auto refused = libnv::Container().try_declare<libnv::Gauge>(name);
    return !refused && refused.error().message() == message;
}
}
