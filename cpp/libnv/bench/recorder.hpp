// Records made inside a library, which is linked or loaded: each function makes one.
#pragma once

#include <libnv/libnv.h>

struct Recorder {
    // The cost of the call alone, to be subtracted.
    void (*nothing)(libnv_slot_v1 *slot);
    void (*inc)(libnv_slot_v1 *slot);
    void (*observe)(libnv_slot_v1 *slot, double value);
};

extern "C" __attribute__((visibility("default"))) const Recorder *recorder();
