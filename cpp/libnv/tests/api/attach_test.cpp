#include <atomic>
#include <thread>

#include "api/process_registry.hpp"
#include "child_process.hpp"
#include "sanitized.hpp"

namespace libnv::api::test {
namespace {

bool has_line(const std::string &page, const std::string &line) {
    return ("\n" + page).find("\n" + line + "\n") != std::string::npos;
}

TEST(Attach, WhatWasCountedBeforeAHostCameIsOnItsPageAndGoesOn) {
    const Family requests(LIBNV_COUNTER, "requests_total", {str("method")});
    libnv_slot_v1 *const get = requests.series({"GET"});
    libnv_counter_add(get, 3);
    Host host;
    ASSERT_EQ(host.attach(), LIBNV_OK) << text(api().last_error()->message);
    EXPECT_TRUE(has_line(host.registry().page(), "requests_total{method=\"GET\"} 3"));
    libnv_counter_add(get, 4);
    EXPECT_TRUE(has_line(host.registry().page(), "requests_total{method=\"GET\"} 7"));
    EXPECT_EQ(Registry().page(), host.registry().page()) << "the process's page is the host's";
}

TEST(Attach, EveryKindMovesWithItsCells) {
    libnv_slot_v1 *const counter = Family(LIBNV_COUNTER, "a_total").series();
    libnv_slot_v1 *const amount = Family(LIBNV_FLOAT_COUNTER, "b_total").series();
    libnv_slot_v1 *const up_down = Family(LIBNV_UP_DOWN_COUNTER, "c").series();
    libnv_slot_v1 *const gauge = Family(LIBNV_GAUGE, "d").series();
    libnv_slot_v1 *const histogram = Family(LIBNV_HISTOGRAM, "e").series();
    const auto record = [&] {
        libnv_counter_add(counter, 1);
        libnv_float_counter_add(amount, 0.5);
        libnv_up_down_counter_add(up_down, -2);
        libnv_gauge_add(gauge, 2.5);
        libnv_histogram_observe(histogram, 0.3);
    };
    record();
    Host host;
    ASSERT_EQ(host.attach(), LIBNV_OK);
    record();
    const std::string page = host.registry().page();
    for (const char *line : {"a_total 2", "b_total 1", "c -4", "d 5", "e_count 2", "e_sum 0.6"}) {
        EXPECT_TRUE(has_line(page, line)) << line << " is not in\n" << page;
    }
}

TEST(Attach, WhatWasCountedBeforeThereWasALibraryMovesToo) {
    static std::uint64_t before[] = {5};
    const Family jobs(LIBNV_COUNTER, "jobs_total");
    libnv_slot_v1 *slot = nullptr;
    ASSERT_EQ(api().registry->adopt(api().process, jobs.get(), nullptr, 0, 0, before, &slot),
              LIBNV_OK);
    libnv_counter_add(slot, 2);
    EXPECT_TRUE(has_line(Registry().page(), "jobs_total 7"));
    Host host;
    ASSERT_EQ(host.attach(), LIBNV_OK);
    __atomic_fetch_add(before, 10, __ATOMIC_RELAXED);
    EXPECT_TRUE(has_line(host.registry().page(), "jobs_total 17"));
}

TEST(Attach, AFamilyThatIsHeldLooksUpInTheHost) {
    const Family requests(LIBNV_COUNTER, "requests_total", {str("method")});
    Host host;
    ASSERT_EQ(host.attach(), LIBNV_OK);
    libnv_counter_add(requests.series({"PUT"}), 2);
    EXPECT_TRUE(has_line(host.registry().page(), "requests_total{method=\"PUT\"} 2"));
    std::uint32_t removed = 0;
    const libnv_str value = str("PUT");
    EXPECT_EQ(api().registry->remove(api().process, requests.get(), &value, 1, &removed), LIBNV_OK);
    EXPECT_EQ(removed, 1u);
    EXPECT_EQ(host.registry().page().find("PUT"), std::string::npos);
}

TEST(Attach, WhenTheHostHasGoneTheOwnPageShowsTheSameCells) {
    const Family requests(LIBNV_COUNTER, "requests_total", {str("method")});
    libnv_slot_v1 *const get = requests.series({"GET"});
    libnv_counter_add(get, 3);
    Host host;
    ASSERT_EQ(host.attach(), LIBNV_OK);
    libnv_counter_add(get, 4);
    EXPECT_EQ(requests.series({"GET"})->offset, get->offset) << "one series, one range of cells";
    ASSERT_EQ(host.detach(), LIBNV_OK);
    libnv_counter_add(get, 5);
    EXPECT_TRUE(has_line(Registry().page(), "requests_total{method=\"GET\"} 12"));
    libnv_counter_add(requests.series({"PUT"}), 1);
    EXPECT_TRUE(has_line(Registry().page(), "requests_total{method=\"PUT\"} 1"));
    Host next;
    ASSERT_EQ(next.attach(), LIBNV_OK);
    EXPECT_TRUE(has_line(next.registry().page(), "requests_total{method=\"GET\"} 12"));
}

TEST(Attach, WhatAHostRefusesStaysAndIsNoted) {
    libnv_slot_v1 *const mine = Family(LIBNV_COUNTER, "jobs_total").series();
    libnv_counter_add(mine, 3);
    Host host;
    const Family theirs(LIBNV_FLOAT_COUNTER, "jobs_total", {}, host.registry());
    ASSERT_EQ(theirs.status, LIBNV_OK);
    libnv_float_counter_add(theirs.series(), 1.5);
    ASSERT_EQ(host.attach(), LIBNV_OK);
    libnv_counter_add(mine, 4);
    EXPECT_TRUE(has_line(host.registry().page(), "jobs_total 1.5"));
    std::vector<libnv_status> noted;
    api().each_refusal(
        str("jobs_total"),
        [](void *context, const libnv_refusal_v1 *refusal) {
            static_cast<std::vector<libnv_status> *>(context)->push_back(refusal->status);
        },
        &noted);
    EXPECT_EQ(noted, (std::vector<libnv_status>{LIBNV_KIND_MISMATCH}));
    ASSERT_EQ(host.detach(), LIBNV_OK);
    EXPECT_TRUE(has_line(Registry().page(), "jobs_total 7"));
}

TEST(Attach, ASecondHostAndOneThatIsNotAttachedAreRefused) {
    Host host, other;
    ASSERT_EQ(host.attach(), LIBNV_OK);
    EXPECT_EQ(other.attach(), LIBNV_BACKEND);
    EXPECT_EQ(text(api().last_error()->message),
              "cannot attach a host (c++, libnv): one is attached already (c++, libnv)");
    EXPECT_EQ(other.detach(), LIBNV_INVALID_ARGUMENT);
    EXPECT_EQ(api().attach(api().registry, api().process, {}), LIBNV_INVALID_ARGUMENT);
    EXPECT_EQ(host.detach(), LIBNV_OK);
    EXPECT_EQ(host.detach(), LIBNV_INVALID_ARGUMENT);
    EXPECT_EQ(other.attach(), LIBNV_OK);
}

TEST(Attach, NothingIsLostWhileHostsComeAndGo) {
    constexpr std::uint64_t kThreads = 3, kRecords = 300;
    const Family requests(LIBNV_COUNTER, "requests_total", {str("thread")});
    for (std::uint64_t at = 0; at < kThreads; ++at) requests.series({std::to_string(at)});
    std::atomic<std::uint64_t> running{kThreads};
    std::vector<std::thread> threads;
    for (std::uint64_t at = 0; at < kThreads; ++at) {
        threads.emplace_back([&, name = std::to_string(at)] {
            for (std::uint64_t n = 0; n < kRecords; ++n) {
                libnv_slot_v1 *const slot = requests.series({name});
                libnv_counter_add(slot, 1);
                libnv_slot_release(slot);
                const Family again(LIBNV_COUNTER, "requests_total", {str("thread")});
                EXPECT_EQ(again.status, LIBNV_OK);
            }
            --running;
        });
    }
    Host host;
    while (running > 0) {
        EXPECT_EQ(host.attach(), LIBNV_OK);
        EXPECT_EQ(host.detach(), LIBNV_OK);
    }
    for (auto &thread : threads) thread.join();
    const std::string page = Registry().page();
    for (std::uint64_t at = 0; at < kThreads; ++at) {
        const std::string line = "requests_total{thread=\"" + std::to_string(at) + "\"} 300";
        EXPECT_TRUE(has_line(page, line)) << page;
    }
}

// A host whose page takes as long as it is told to.
struct SlowHost {
    static inline std::atomic<bool> is_inside{false};
    static inline std::atomic<bool> may_return{false};

    static libnv_status write_page(void *self, std::uint32_t format, libnv_sink sink,
                                   void *context) {
        is_inside = true;
        while (!may_return) std::this_thread::yield();
        const libnv_status status = api().registry->write_page(self, format, sink, context);
        is_inside = false;
        return status;
    }

    static libnv_registry_v1 functions() {
        libnv_registry_v1 functions = *api().registry;
        functions.write_page = write_page;
        return functions;
    }
};

bool is_hosted() {
    libnv_doctor_v1 doctor{};
    doctor.struct_size = sizeof doctor;
    EXPECT_EQ(api().doctor(&doctor), LIBNV_OK);
    return doctor.is_hosted != 0;
}

TEST(Attach, AHostThatLeavesGetsNoNewCallsAndHasLeftWhenThoseInsideReturned) {
    const libnv_registry_v1 functions = SlowHost::functions();
    const Family requests(LIBNV_COUNTER, "requests_total", {str("method")});
    Host host;
    ASSERT_EQ(host.attach(&functions), LIBNV_OK);
    libnv_counter_add(requests.series({"GET"}), 1);
    std::thread reads([] { Registry().page(); });
    while (!SlowHost::is_inside) std::this_thread::yield();
    std::thread leaves([&] {
        EXPECT_EQ(host.detach(), LIBNV_OK);
        EXPECT_FALSE(SlowHost::is_inside) << "its functions may be gone";
    });
    while (is_hosted()) std::this_thread::yield();
    for (int at = 0; at < 100; ++at) {
        const Family again(LIBNV_COUNTER, "requests_total", {str("method")});
        libnv_counter_add(again.series({"PUT"}), 1);
        libnv_counter_add(requests.series({"PUT"}), 1);
    }
    EXPECT_TRUE(has_line(Registry().page(), "requests_total{method=\"PUT\"} 200"));
    SlowHost::may_return = true;
    reads.join();
    leaves.join();
    EXPECT_EQ(host.registry().page().find("PUT"), std::string::npos);
    Host next;
    EXPECT_EQ(next.attach(), LIBNV_OK);
    EXPECT_TRUE(has_line(next.registry().page(), "requests_total{method=\"PUT\"} 200"));
}

TEST(Attach, AChildOfAProcessWhoseHostIsLeavingGoesOnWithoutIt) {
    if (libnv::test::kIsSanitized)
        GTEST_SKIP() << "a sanitizer's allocator stays locked in a child";
    const libnv_registry_v1 functions = SlowHost::functions();
    const Family requests(LIBNV_COUNTER, "requests_total", {str("method")});
    Host host;
    ASSERT_EQ(host.attach(&functions), LIBNV_OK);
    requests.series({"GET"});
    std::thread reads([] { Registry().page(); });
    while (!SlowHost::is_inside) std::this_thread::yield();
    std::thread leaves([&] { host.detach(); });
    while (is_hosted()) std::this_thread::yield();
    libnv::test::in_child([&] {
        libnv_counter_add(requests.series({"GET"}), 1);
        Host next;
        EXPECT_EQ(next.attach(), LIBNV_OK);
        libnv_counter_add(requests.series({"GET"}), 2);
        EXPECT_TRUE(has_line(next.registry().page(), "requests_total{method=\"GET\"} 3"));
        EXPECT_EQ(next.detach(), LIBNV_OK);
    });
    SlowHost::may_return = true;
    reads.join();
    leaves.join();
}

TEST(Attach, ForksWhileHostsComeAndGoLeaveNothingLocked) {
    if (libnv::test::kIsSanitized)
        GTEST_SKIP() << "a sanitizer's allocator stays locked in a child";
    const Family requests(LIBNV_COUNTER, "requests_total", {str("method")});
    libnv_slot_v1 *const get = requests.series({"GET"});
    std::atomic<bool> is_over{false};
    std::thread attaches([&] {
        Host host;
        while (!is_over) {
            host.attach();
            host.detach();
        }
    });
    std::thread looks_up([&] {
        while (!is_over) libnv_slot_release(requests.series({"GET"}));
    });
    for (int at = 0; at < 50; ++at) {
        libnv::test::in_child([&] {
            libnv_counter_add(get, 1);
            const Family fresh(LIBNV_COUNTER, "fresh_total");
            libnv_counter_add(fresh.series(), 2);
            EXPECT_TRUE(has_line(Registry().page(), "fresh_total 2"));
            Host host;
            const libnv_status status = host.attach();
            EXPECT_TRUE(status == LIBNV_OK || status == LIBNV_BACKEND) << status;
        });
    }
    is_over = true;
    attaches.join();
    looks_up.join();
}

} // namespace
} // namespace libnv::api::test
