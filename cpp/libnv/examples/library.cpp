// A library that reports into the program that loads it, whatever that is written in.
//
// Compiled with LIBNV_LATE_BIND it does not need libnv.so to run: see late_bind.cpp.
#include "library.hpp"

#include <libnv/libnv.hpp>

namespace {

struct Metrics {
    explicit Metrics(const libnv::Container &container)
        : requests(container.counter("requests_total", "Requests handled.")),
          in_flight(container.up_down_counter("requests_in_flight", "Requests being handled.")),
          size(container.histogram("request_size_bytes", "Size of requests.", {1e3, 1e4, 1e5})),
          latency(container.histogram("request_seconds", "Time to answer.")) {}

    libnv::Counter requests;
    libnv::UpDownCounter in_flight;
    libnv::Histogram size;
    libnv::Histogram latency;
};

const Metrics &metrics() {
    static const Metrics metrics(libnv::Container().scope("library"));
    return metrics;
}

} // namespace

unsigned long handle_request(double bytes) {
    auto request = metrics().in_flight.in_flight();
    auto timer = metrics().latency.start_timer();
    metrics().size.observe(bytes);
    metrics().requests.inc();
    return metrics().requests.value();
}
