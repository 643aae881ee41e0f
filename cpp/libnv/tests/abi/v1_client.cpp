// A client that was compiled with the headers as first released.
#include <string_view>
#include <thread>

#include <libnv/record.h>

namespace {

#ifdef LIBNV_LATE_BIND
const libnv_registry_v1 &functions() {
    return *libnv_late_process();
}
void *self() {
    return nullptr;
}
#else
const libnv_registry_v1 &functions() {
    return *libnv_api()->registry;
}
void *self() {
    return libnv_api()->process;
}
#endif

libnv_request_v1 request(std::uint32_t kind, std::string_view name) {
    libnv_request_v1 request{};
    request.struct_size = sizeof request;
    request.kind = kind;
    request.name = {name.data(), name.size()};
    return request;
}

libnv_slot_v1 *series(const libnv_request_v1 &request) {
    libnv_family *family = nullptr;
    libnv_slot_v1 *slot = nullptr;
    if (functions().family(self(), &request, &family) != LIBNV_OK) return nullptr;
    if (functions().look_up(self(), family, nullptr, 0, &slot) != LIBNV_OK) return nullptr;
    functions().release_family(self(), family);
    return slot;
}

libnv_value_v1 value_of(const libnv_slot_v1 *slot) {
    libnv_value_v1 value{};
    value.struct_size = sizeof value;
    slot->registry->value(nullptr, slot, &value);
    return value;
}

} // namespace

// Says what goes wrong; null where nothing does.
extern "C" __attribute__((visibility("default"))) const char *v1_client() {
    libnv_slot_v1 *const counter = series(request(LIBNV_COUNTER, "v1_total"));
    libnv_slot_v1 *const amount = series(request(LIBNV_FLOAT_COUNTER, "v1_amount_total"));
    libnv_slot_v1 *const up_down = series(request(LIBNV_UP_DOWN_COUNTER, "v1_up_down"));
    libnv_slot_v1 *const gauge = series(request(LIBNV_GAUGE, "v1_gauge"));
    const double bounds[] = {1, 2, 4};
    libnv_request_v1 explicit_buckets = request(LIBNV_HISTOGRAM, "v1_histogram");
    explicit_buckets.bounds = bounds;
    explicit_buckets.bound_count = 3;
    libnv_slot_v1 *const histogram = series(explicit_buckets);
    libnv_slot_v1 *const exponential =
        series(request(LIBNV_EXPONENTIAL_HISTOGRAM, "v1_exponential"));
    for (const libnv_slot_v1 *slot : {counter, amount, up_down, gauge, histogram, exponential}) {
        if (slot == nullptr) return "a series was refused";
    }
    const auto record = [&] {
        for (int at = 0; at < 1000; ++at) {
            libnv_counter_add(counter, 2);
            libnv_float_counter_add(amount, 0.5);
            libnv_up_down_counter_add(up_down, at % 2 == 0 ? 3 : -1);
            libnv_gauge_set(gauge, 7.5);
            libnv_histogram_observe(histogram, at % 2 == 0 ? 1.5 : 100);
            libnv_exponential_observe(exponential, 1.5);
        }
    };
    record();
    std::thread(record).join();
    if (value_of(counter).number != 4000) return "the counter";
    if (value_of(amount).amount != 1000) return "the float counter";
    if (value_of(up_down).difference != 2000) return "the up-down counter";
    if (value_of(gauge).amount != 7.5) return "the gauge";
    if (value_of(exponential).observations != 2000) return "the exponential histogram";
    std::uint64_t counts[4] = {};
    libnv_value_v1 buckets{};
    buckets.struct_size = sizeof buckets;
    buckets.buckets = counts;
    buckets.capacity = 4;
    functions().value(nullptr, histogram, &buckets);
    if (counts[1] != 1000 || counts[3] != 1000 || buckets.amount != 101500) return "the histogram";

    const libnv_str label = {"method", 6}, get = {"GET", 3};
    libnv_request_v1 labelled = request(LIBNV_COUNTER, "v1_requests_total");
    labelled.label_names = &label;
    labelled.label_name_count = 1;
    libnv_family *family = nullptr;
    libnv_slot_v1 *slot = nullptr;
    std::uint32_t removed = 0;
    if (functions().family(self(), &labelled, &family) != LIBNV_OK) return "a family with a label";
    if (functions().look_up(self(), family, &get, 1, &slot) != LIBNV_OK) return "a look-up";
    libnv_slot_release(slot);
    if (functions().remove(self(), family, &get, 1, &removed) != LIBNV_OK || removed != 1) {
        return "a removal";
    }
    functions().release_family(self(), family);

    const libnv_request_v1 other_kind = request(LIBNV_GAUGE, "v1_total");
    if (functions().family(self(), &other_kind, &family) != LIBNV_KIND_MISMATCH) {
        return "a mistake that is not noticed";
    }
    if (functions().last_error()->message.len == 0) return "a mistake without a message";
    libnv_doctor_v1 doctor{};
    doctor.struct_size = sizeof doctor;
    if (libnv_api()->doctor(&doctor) != LIBNV_OK || doctor.copies == 0) return "the doctor";
    return nullptr;
}
