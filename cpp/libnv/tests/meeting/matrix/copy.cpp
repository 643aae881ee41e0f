#include "copy.hpp"

#include <pthread.h>

#include <libnv/record.h>

#define JOINED(a, b) a##b
#define NAMED(a, b) JOINED(a, b)
#define QUOTED(a) #a
#define TEXT(a) QUOTED(a)

namespace {

const libnv_registry_v1 *functions() {
#ifdef LIBNV_LATE_BIND
    return libnv_late_process();
#else
    return libnv_api()->registry;
#endif
}

void *self() {
#ifdef LIBNV_LATE_BIND
    return nullptr;
#else
    return libnv_api()->process;
#endif
}

libnv_slot_v1 *declare() {
    libnv_request_v1 request{};
    request.struct_size = sizeof request;
    request.kind = LIBNV_COUNTER;
    request.name = {"matrix_records_total", 20};
    libnv_family *family = nullptr;
    libnv_slot_v1 *slot = nullptr;
    if (functions()->family(self(), &request, &family) != LIBNV_OK) return nullptr;
    if (functions()->look_up(self(), family, nullptr, 0, &slot) != LIBNV_OK) return nullptr;
    return slot;
}

libnv_slot_v1 *slot() {
    static libnv_slot_v1 *const shared = declare();
    return shared;
}

void record(std::uint64_t n) {
    libnv_counter_add(slot(), n);
}

struct AtDestruction {
    bool is_armed = false;
    ~AtDestruction() {
        if (is_armed) record(1);
    }
};
thread_local AtDestruction at_destruction;

struct AtExit {
    pthread_key_t key;
    int round;
    int *stale;
};

void run_round(void *value) {
    auto *at_exit = static_cast<AtExit *>(value);
    if (++at_exit->round < 3) {
        pthread_setspecific(at_exit->key, value);
        return;
    }
    // The owner's second turn is over.
    if (reinterpret_cast<std::intptr_t>(libnv_tls_base_v1) > LIBNV_OFFSET_LIMIT) {
        __atomic_fetch_add(at_exit->stale, 1, __ATOMIC_RELAXED);
    }
    record(1);
    delete at_exit;
}

void record_at_exit(int *stale) {
    at_destruction.is_armed = true;
    static const pthread_key_t key = [] {
        pthread_key_t made{};
        pthread_key_create(&made, run_round);
        return made;
    }();
    pthread_setspecific(key, new AtExit{key, 0, stale});
}

std::uint64_t value() {
    libnv_value_v1 out{};
    out.struct_size = sizeof out;
    slot()->registry->value(nullptr, slot(), &out);
    return out.number;
}

const libnv_api_v1 *api() {
    return libnv_api();
}

} // namespace

extern "C" __attribute__((visibility("default"))) const MatrixCopy *NAMED(matrix_copy_, ROLE)() {
    static const MatrixCopy copy = {TEXT(ROLE), api, record, record_at_exit, value};
    return &copy;
}
