/* Metrics of C++ code, in the same cells and on the same page as those of the Rust or Python
 * program around it; without one, on a page of its own.
 *
 *     struct Metrics {
 *         explicit Metrics(const libnv::Container &container)
 *             : requests(container.counter("requests_total", "Requests handled.")),
 *               latency(container.histogram("latency_seconds", "Time to answer.")) {}
 *
 *         libnv::Counter requests;
 *         libnv::Histogram latency;
 *     };
 *
 *     Metrics metrics{libnv::Container()};
 *     metrics.requests.inc();
 *
 * Everything here may be used from any thread, but for changing one handle while another thread
 * uses that handle. Nothing throws but for want of memory; exceptions and RTTI are not needed. */
#ifndef LIBNV_LIBNV_HPP
#define LIBNV_LIBNV_HPP

#include "cpp/container.hpp"
#include "cpp/doctor.hpp"
#include "cpp/server.hpp"

#endif
