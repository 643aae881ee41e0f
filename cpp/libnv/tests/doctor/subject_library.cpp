// Declares two metrics of one name as it is loaded, of which the second is refused.

#include <libnv/libnv.hpp>

namespace {

const libnv::Counter requests =
    libnv::Container().counter("engine_requests_total", "Requests handled.");
const libnv::Gauge refused = libnv::Container().gauge("engine_requests_total");

struct Recorded {
    Recorded() { requests.inc(); }
} recorded;

} // namespace
