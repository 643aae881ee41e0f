// A plug-in with a copy of libnv inside, as a library that links it statically has.
#include "meeting/plugin.hpp"

#include "meeting/process_counter.hpp"

namespace {

libnv_slot_v1 *slot() {
    static libnv_slot_v1 *const shared = process_series(LIBNV_COUNTER, "plugin_records_total");
    return shared;
}

void record(std::uint64_t n) {
    libnv_counter_add(slot(), n);
}

struct AtTheEnd {
    AtTheEnd() { slot(); }
    ~AtTheEnd() { record(1); }
};

void record_at_the_end() {
    static const AtTheEnd at_the_end;
}

} // namespace

extern "C" __attribute__((visibility("default"))) const Plugin *plugin() {
    static const Plugin offered = {libnv_api, record, record_at_the_end};
    return &offered;
}
