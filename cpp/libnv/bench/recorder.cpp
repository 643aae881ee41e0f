#include "recorder.hpp"

#include <libnv/record.h>

namespace {

void nothing(libnv_slot_v1 *slot) {
    asm volatile("" ::"r"(slot) : "memory");
}

void inc(libnv_slot_v1 *slot) {
    libnv_counter_add(slot, 1);
}

void observe(libnv_slot_v1 *slot, double value) {
    libnv_histogram_observe(slot, value);
}

} // namespace

const Recorder *recorder() {
    static constexpr Recorder kRecorder = {nothing, inc, observe};
    return &kRecorder;
}
