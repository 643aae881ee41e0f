#include <atomic>
#include <cstdlib>
#include <cstring>
#include <fstream>
#include <string>
#include <thread>
#include <vector>

#include <unistd.h>

#include <gtest/gtest.h>

#include "child_process.hpp"
#include "meeting/late_in_c.h"
#include "meeting/plugin.hpp"
#include "meeting/process_counter.hpp"

namespace {

// Loads libnv.so.1 as somebody else in the process may, and makes it publish.
void load_library() {
    void *library = dlopen(LIBRARY, RTLD_NOW | RTLD_LOCAL);
    ASSERT_NE(library, nullptr) << dlerror();
    using GetApi = const libnv_api_v1 *(std::uint32_t);
    ASSERT_NE(reinterpret_cast<GetApi *>(dlsym(library, "libnv_get_api"))(LIBNV_ABI), nullptr);
}

void append(void *context, const char *data, std::size_t len) {
    static_cast<std::string *>(context)->append(data, len);
}

std::string page() {
    std::string page;
    const libnv_status status =
        libnv_late_process()->write_page(nullptr, LIBNV_TEXT, append, &page);
    EXPECT_EQ(status, LIBNV_OK);
    return "\n" + page;
}

std::uint64_t unbound() {
    libnv_doctor_v1 doctor{};
    doctor.struct_size = sizeof doctor;
    EXPECT_EQ(libnv_api()->doctor(&doctor), LIBNV_OK);
    return doctor.unbound;
}

TEST(LateBind, WithoutALibraryEverythingCountsAndNothingFails) {
    libnv_slot_v1 *const counter = process_series(LIBNV_COUNTER, "requests_total");
    libnv_slot_v1 *const gauge = process_series(LIBNV_GAUGE, "temperature");
    libnv_slot_v1 *const histogram = process_series(LIBNV_HISTOGRAM, "seconds");
    libnv_counter_add(counter, 3);
    libnv_gauge_set(gauge, 36.6);
    for (const double value : {0.001, 0.3, 0.3, 99.0}) libnv_histogram_observe(histogram, value);
    EXPECT_EQ(libnv_api(), nullptr);
    EXPECT_EQ(value_of(counter).number, 3u);
    EXPECT_EQ(value_of(gauge).amount, 36.6);
    EXPECT_EQ(value_of(histogram).observations, 4u);
    EXPECT_EQ(value_of(histogram).amount, 0.001 + 0.3 + 0.3 + 99.0);

    std::string page;
    const libnv_registry_v1 *functions = libnv_late_process();
    EXPECT_EQ(functions->write_page(nullptr, LIBNV_TEXT, append, &page), LIBNV_UNAVAILABLE);
    const libnv_str message = functions->last_error()->message;
    EXPECT_EQ(std::string(message.data, message.len), "there is no libnv in this process");
}

TEST(LateBind, AskingAgainForTheSameFindsTheSame) {
    libnv_slot_v1 *const first = process_series(LIBNV_COUNTER, "requests_total");
    EXPECT_EQ(process_series(LIBNV_COUNTER, "requests_total"), first);
    EXPECT_NE(process_series(LIBNV_COUNTER, "others_total"), first);
    EXPECT_NE(process_series(LIBNV_GAUGE, "requests_total"), first);
}

TEST(LateBind, ALibraryThatAppearsGetsAllThatWasCountedBefore) {
    libnv_slot_v1 *const counter = process_series(LIBNV_COUNTER, "a_total");
    libnv_slot_v1 *const amount = process_series(LIBNV_FLOAT_COUNTER, "b_total");
    libnv_slot_v1 *const up_down = process_series(LIBNV_UP_DOWN_COUNTER, "c");
    libnv_slot_v1 *const gauge = process_series(LIBNV_GAUGE, "d");
    libnv_slot_v1 *const histogram = process_series(LIBNV_HISTOGRAM, "e");
    libnv_slot_v1 *const exponential = process_series(LIBNV_EXPONENTIAL_HISTOGRAM, "f");
    libnv_slot_v1 *const untouched = process_series(LIBNV_GAUGE, "g");
    const auto record = [&] {
        libnv_counter_add(counter, 1);
        libnv_float_counter_add(amount, 0.25);
        libnv_up_down_counter_add(up_down, 3);
        libnv_up_down_counter_add(up_down, -5);
        libnv_gauge_add(gauge, 2.5);
        for (const double value : {0.001, 0.3, 99.0}) libnv_histogram_observe(histogram, value);
        for (int step = 0; step < 1000; ++step) {
            libnv_exponential_observe(exponential, 0.01 * step * step);
        }
    };
    record();
    load_library();
    record();
    for (const libnv_slot_v1 *slot : {counter, amount, up_down, gauge, histogram, exponential}) {
        EXPECT_GE(slot->offset, 0) << "a plain record from now on";
    }
    EXPECT_EQ(value_of(counter).number, 2u);
    EXPECT_EQ(value_of(amount).amount, 0.5);
    EXPECT_EQ(value_of(up_down).difference, -4);
    EXPECT_EQ(value_of(gauge).amount, 5.0);
    EXPECT_EQ(value_of(untouched).amount, 0.0);
    std::uint64_t buckets[4096] = {};
    libnv_value_v1 value{};
    value.struct_size = sizeof value;
    value.buckets = buckets;
    value.capacity = 4096;
    for (const libnv_slot_v1 *slot : {histogram, exponential}) {
        ASSERT_EQ(slot->registry->value(nullptr, slot, &value), LIBNV_OK);
        for (std::uint32_t at = 0; at < value.bucket_count; ++at) {
            EXPECT_EQ(buckets[at] % 2, 0u) << "the same bucket before and after, at " << at;
        }
    }
    EXPECT_EQ(value.observations, 2000u);
    const std::string text = page();
    for (const char *line : {"\na_total 2\n", "\nc -4\n", "\nd 5\n", "\ne_count 6\n"}) {
        EXPECT_NE(text.find(line), std::string::npos) << line << " is not in" << text;
    }
    EXPECT_EQ(unbound(), 0u);
}

// The page of somebody else, who asks libnv.so.1 for it.
std::string page_of_the_library() {
    void *library = dlopen(LIBRARY, RTLD_NOW | RTLD_LOCAL);
    using GetApi = const libnv_api_v1 *(std::uint32_t);
    const auto *api = reinterpret_cast<GetApi *>(dlsym(library, "libnv_get_api"))(LIBNV_ABI);
    std::string page;
    EXPECT_EQ(api->registry->write_page(api->process, LIBNV_TEXT, append, &page), LIBNV_OK);
    return "\n" + page;
}

TEST(LateBind, ALibraryThatAppearsShowsWhatWasCountedAlthoughNothingMoreIs) {
    libnv_counter_add(process_series(LIBNV_COUNTER, "requests_total"), 3);
    libnv_gauge_set(process_series(LIBNV_GAUGE, "temperature"), 36.5);
    const std::string page = page_of_the_library();
    for (const char *line : {"\nrequests_total 3\n", "\ntemperature 36.5\n"}) {
        EXPECT_NE(page.find(line), std::string::npos) << line << " is not in" << page;
    }
}

TEST(LateBind, AChildStartsAtZeroWithWhatWasSet) {
    libnv_slot_v1 *const counter = process_series(LIBNV_COUNTER, "requests_total");
    libnv_slot_v1 *const up_down = process_series(LIBNV_UP_DOWN_COUNTER, "in_flight");
    libnv_slot_v1 *const gauge = process_series(LIBNV_GAUGE, "temperature");
    libnv_slot_v1 *const histogram = process_series(LIBNV_HISTOGRAM, "seconds");
    libnv_counter_add(counter, 3);
    libnv_up_down_counter_add(up_down, 2);
    libnv_gauge_set(gauge, 36.5);
    libnv_histogram_observe(histogram, 0.25);
    const auto expect_a_fresh_start = [&] {
        libnv_counter_add(counter, 1);
        libnv_histogram_observe(histogram, 0.5);
        EXPECT_EQ(value_of(counter).number, 1u);
        EXPECT_EQ(value_of(up_down).difference, 0);
        EXPECT_EQ(value_of(gauge).amount, 36.5);
        EXPECT_EQ(value_of(histogram).observations, 1u);
        EXPECT_EQ(value_of(histogram).amount, 0.5);
    };
    libnv::test::in_child([&] {
        expect_a_fresh_start();
        EXPECT_NE(page_of_the_library().find("\nrequests_total 1\n"), std::string::npos);
    });
    load_library();
    libnv::test::in_child(expect_a_fresh_start);
    EXPECT_EQ(value_of(counter).number, 3u);
    EXPECT_EQ(value_of(histogram).amount, 0.25);
}

TEST(LateBind, FamiliesAndLabelsAreShownOnceThereIsALibrary) {
    libnv_slot_v1 *const counter = process_series(LIBNV_COUNTER, "requests_total");
    const libnv_registry_v1 &late = *libnv_late_process();
    std::vector<std::string> names;
    const auto visit = [](void *context, const libnv_family_values_v1 *family) {
        const std::string name(family->name.data, family->name.len);
        static_cast<std::vector<std::string> *>(context)->push_back(name);
    };
    std::string labels;
    std::uint32_t removed = 0;
    const libnv_str name{"requests_total", 14}, none{" ", 1};
    EXPECT_EQ(late.each_family(nullptr, visit, &names), LIBNV_UNAVAILABLE);
    EXPECT_EQ(late.write_labels(nullptr, counter, append, &labels), LIBNV_UNAVAILABLE);
    EXPECT_EQ(late.remove_written(nullptr, name, none, 0, &removed), LIBNV_UNAVAILABLE);
    load_library();
    EXPECT_EQ(late.each_family(nullptr, visit, &names), LIBNV_OK);
    EXPECT_EQ(names, std::vector<std::string>{"requests_total"});
    EXPECT_EQ(late.write_labels(nullptr, counter, append, &labels), LIBNV_OK);
    EXPECT_EQ(labels, " ");
    EXPECT_EQ(late.remove_written(nullptr, name, none, 0, &removed), LIBNV_OK);
    EXPECT_EQ(removed, 1u);
}

std::uint64_t bits_of(double value) {
    std::uint64_t bits = 0;
    std::memcpy(&bits, &value, sizeof bits);
    return bits;
}

TEST(LateBind, WhatIsSetWhileAGaugeIsBoundIsNewerThanWhatTheHostHas) {
    constexpr double kTaken = 2.0;
    for (const double meanwhile : {kTaken, 3.0}) {
        std::uint64_t own = bits_of(meanwhile), of_host = bits_of(9.0);
        libnv_slot_v1 slot{}, target{};
        slot.cells = &own;
        target.cells = &of_host;
        libnv_late_set_from_now_on(&slot, &target, bits_of(kTaken));
        EXPECT_EQ(slot.cells, &of_host);
        EXPECT_EQ(of_host, bits_of(meanwhile == kTaken ? 9.0 : meanwhile));
    }
}

TEST(LateBind, AThreadsRecordsAreAllThereWheneverTheLibraryAppears) {
    constexpr std::uint64_t kThreads = 4, kRecords = 50'000;
    libnv_slot_v1 *const counter = process_series(LIBNV_COUNTER, "requests_total");
    libnv_slot_v1 *const gauge = process_series(LIBNV_GAUGE, "last");
    std::atomic<std::uint64_t> recorded{0};
    std::vector<std::thread> threads;
    for (std::uint64_t at = 0; at < kThreads; ++at) {
        threads.emplace_back([&] {
            for (std::uint64_t n = 0; n < kRecords; ++n) {
                libnv_counter_add(counter, 1);
                recorded.fetch_add(1, std::memory_order_relaxed);
            }
        });
    }
    std::thread sets([&] {
        for (std::uint64_t n = 1; n <= kRecords; ++n)
            libnv_gauge_set(gauge, static_cast<double>(n));
    });
    while (recorded < kThreads * kRecords / 4) std::this_thread::yield();
    load_library();
    for (auto &thread : threads) thread.join();
    sets.join();
    EXPECT_EQ(value_of(counter).number, kThreads * kRecords);
    EXPECT_EQ(value_of(gauge).amount, static_cast<double>(kRecords));
}

TEST(LateBind, TheEnvironmentNamesTheLibrary) {
    setenv("LIBNV_LIBRARY", LIBRARY, 1);
    libnv_counter_add(process_series(LIBNV_COUNTER, "requests_total"), 2);
    ASSERT_NE(libnv_api(), nullptr);
    EXPECT_NE(page().find("\nrequests_total 2\n"), std::string::npos);
}

TEST(LateBind, ALibraryThatIsLoadedAlreadyIsUsedAlthoughNobodyAskedIt) {
    ASSERT_NE(dlopen(LIBRARY, RTLD_NOW | RTLD_LOCAL), nullptr);
    EXPECT_NE(libnv_api(), nullptr);
}

TEST(LateBind, ALibraryThatIsLoadedIsPreferredToTheOneTheEnvironmentNames) {
    ASSERT_NE(dlopen(LIBRARY, RTLD_NOW | RTLD_LOCAL), nullptr);
    const std::string other = testing::TempDir() + "libnv-other-" + std::to_string(getpid());
    std::ofstream(other, std::ios::binary) << std::ifstream(LIBRARY, std::ios::binary).rdbuf();
    setenv("LIBNV_LIBRARY", other.c_str(), 1);
    EXPECT_NE(libnv_api(), nullptr);
    EXPECT_FALSE(is_loaded(other.c_str()));
    unlink(other.c_str());
}

// The slot of an exponential histogram of that resolution.
libnv_slot_v1 *exponential(std::int32_t schema, std::uint32_t is_signed) {
    const std::string name = "exponential_" + std::to_string(schema) + std::to_string(is_signed);
    libnv_request_v1 request{};
    request.struct_size = sizeof request;
    request.kind = LIBNV_EXPONENTIAL_HISTOGRAM;
    request.name = {name.data(), name.size()};
    request.schema = schema;
    request.min_exponent = -10;
    request.max_exponent = 20;
    request.is_signed = is_signed;
    libnv_family *family = nullptr;
    libnv_slot_v1 *slot = nullptr;
    EXPECT_EQ(libnv_late_process()->family(nullptr, &request, &family), LIBNV_OK);
    EXPECT_EQ(libnv_late_process()->look_up(nullptr, family, nullptr, 0, &slot), LIBNV_OK);
    return slot;
}

TEST(LateBind, ExponentialBucketsThatWaitAreThoseOfTheRegistry) {
    const std::uint32_t signs[] = {0, 1};
    std::vector<const libnv_slot_v1 *> late;
    for (std::int32_t schema = 0; schema <= 5; ++schema) {
        for (const std::uint32_t is_signed : signs) late.push_back(exponential(schema, is_signed));
    }
    load_library();
    std::size_t at = 0;
    for (std::int32_t schema = 0; schema <= 5; ++schema) {
        for (const std::uint32_t is_signed : signs) {
            const libnv_buckets_v1 &waiting = *late[at++]->buckets;
            const libnv_slot_v1 *const bound = exponential(schema, is_signed);
            ASSERT_NE(bound->registry, libnv_late_process());
            const libnv_buckets_v1 &real = *bound->buckets;
            EXPECT_EQ(waiting.count, real.count);
            EXPECT_EQ(waiting.lowest, real.lowest);
            EXPECT_EQ(waiting.first, real.first);
            EXPECT_EQ(waiting.last, real.last);
            EXPECT_EQ(waiting.mirror, real.mirror);
            for (int slice = 0; slice < 64; ++slice) {
                EXPECT_EQ(waiting.steps[slice], real.steps[slice])
                    << "slice " << slice << " of schema " << schema;
            }
        }
    }
}

TEST(LateBind, UsualBoundsThatWaitAreThoseOfTheRegistry) {
    const libnv_slot_v1 *const waiting = process_series(LIBNV_HISTOGRAM, "seconds");
    load_library();
    const libnv_slot_v1 *const bound = process_series(LIBNV_HISTOGRAM, "seconds");
    ASSERT_NE(bound->registry, libnv_late_process());
    ASSERT_EQ(waiting->buckets->count, bound->buckets->count);
    for (std::uint32_t at = 0; at < bound->buckets->count; ++at) {
        EXPECT_EQ(waiting->buckets->upper[at], bound->buckets->upper[at]);
    }
}

TEST(LateBind, TheTableOfAPluginThatHasACopyInsideIsFound) {
    const Plugin *plugin = open_plugin(PLUGIN);
    plugin->record(1);
    EXPECT_EQ(libnv_api(), plugin->api());
    libnv_slot_v1 *const counter = process_series(LIBNV_COUNTER, "plugin_records_total");
    libnv_counter_add(counter, 2);
    EXPECT_EQ(value_of(counter).number, 3u);
}

TEST(LateBind, AProcessOfAnotherAbiIsLeftAlone) {
    open_plugin(STRANGER)->record(1);
    setenv("LIBNV_LIBRARY", LIBRARY, 1);
    testing::internal::CaptureStderr();
    libnv_slot_v1 *const counter = process_series(LIBNV_COUNTER, "requests_total");
    libnv_counter_add(counter, 2);
    EXPECT_EQ(libnv_api(), nullptr);
    EXPECT_EQ(testing::internal::GetCapturedStderr(),
              "libnv: the metrics of this process belong to a copy of ABI 2; "
              "a library that binds late to ABI 1 records nothing in it\n");
    EXPECT_EQ(value_of(counter).number, 2u);
}

TEST(LateBind, WhatTheRegistryRefusesGoesOnCountingWhereNobodyLooks) {
    libnv_slot_v1 *const counter = process_series(LIBNV_COUNTER, "requests_total");
    libnv_slot_v1 *const gauge = process_series(LIBNV_GAUGE, "requests_total");
    libnv_slot_v1 *const unnamed = process_series(LIBNV_COUNTER, "");
    for (int at = 0; at < 2; ++at) {
        libnv_counter_add(counter, 1);
        libnv_gauge_set(gauge, 7);
        libnv_counter_add(unnamed, 1);
        if (at == 0) load_library();
    }
    EXPECT_EQ(unbound(), 2u);
    // Of counter and gauge, the one that was bound first has the name.
    const bool counts = counter->offset >= 0;
    EXPECT_NE(page().find(counts ? "\nrequests_total 2\n" : "\nrequests_total 7\n"),
              std::string::npos);
    EXPECT_EQ(value_of(unnamed).number, 2u);
    std::uint64_t refused = 0;
    libnv_api()->each_refusal(
        {nullptr, 0},
        [](void *context, const libnv_refusal_v1 *) { ++*static_cast<std::uint64_t *>(context); },
        &refused);
    EXPECT_EQ(refused, 2u) << "each is reported once";
}

TEST(LateBind, SeriesThatAreRemovedBeforeALibraryComesStayAway) {
    const libnv_registry_v1 *functions = libnv_late_process();
    libnv_str label = {"method", 6}, value = {"GET", 3};
    libnv_request_v1 request{};
    request.struct_size = sizeof request;
    request.kind = LIBNV_COUNTER;
    request.name = {"requests_total", 14};
    request.label_names = &label;
    request.label_name_count = 1;
    libnv_family *family = nullptr;
    libnv_slot_v1 *slot = nullptr;
    ASSERT_EQ(functions->family(nullptr, &request, &family), LIBNV_OK);
    ASSERT_EQ(functions->look_up(nullptr, family, &value, 1, &slot), LIBNV_OK);
    std::uint32_t removed = 0;
    ASSERT_EQ(functions->remove(nullptr, family, &value, 1, &removed), LIBNV_OK);
    EXPECT_EQ(removed, 1u);
    ASSERT_EQ(functions->remove(nullptr, family, &value, 1, &removed), LIBNV_OK);
    EXPECT_EQ(removed, 0u);
    libnv_counter_add(slot, 1);
    load_library();
    libnv_counter_add(slot, 1);
    EXPECT_EQ(page().find("GET"), std::string::npos);
    EXPECT_EQ(value_of(slot).number, 2u);
    ASSERT_EQ(functions->look_up(nullptr, family, &value, 1, &slot), LIBNV_OK);
    libnv_counter_add(slot, 5);
    EXPECT_NE(page().find("\nrequests_total{method=\"GET\"} 5\n"), std::string::npos);
}

TEST(LateBind, SourcesInCAndCppOfOneLibraryShareWhatWaits) {
    EXPECT_EQ(late_in_c_anchor(), &libnv_own_anchor_v1);
    ASSERT_EQ(late_in_c_add(2), 0);
    libnv_slot_v1 *const counter = process_series(LIBNV_COUNTER, "c_total");
    EXPECT_EQ(value_of(counter).number, 2u);
    load_library();
    ASSERT_EQ(late_in_c_add(3), 0);
    EXPECT_EQ(value_of(counter).number, 5u);
}

TEST(LateBind, AThreadThatExitsFindsItsPointerNulled) {
    load_library();
    libnv_slot_v1 *const counter = process_series(LIBNV_COUNTER, "requests_total");
    for (int at = 0; at < 10; ++at) {
        std::thread([&] {
            libnv_counter_add(counter, 1);
            EXPECT_NE(libnv_tls_base_v1, nullptr);
        }).join();
    }
    EXPECT_EQ(value_of(counter).number, 10u);
    libnv_doctor_v1 doctor{};
    doctor.struct_size = sizeof doctor;
    ASSERT_EQ(libnv_api()->doctor(&doctor), LIBNV_OK);
    EXPECT_EQ(doctor.cells.slabs, 1u);
    EXPECT_EQ(doctor.cells.leased, 0u);
}

} // namespace
