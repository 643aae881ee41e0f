#include "registry/registry.hpp"

#include <gtest/gtest.h>

#include <sys/wait.h>
#include <unistd.h>

#include <atomic>
#include <thread>

#include "declared.hpp"
#include "meeting/meeting.hpp"
#include "registry/self_metrics.hpp"

namespace libnv::registry {
namespace {

std::uint64_t value_of(const libnv_slot_v1 &slot) {
    libnv_value_v1 value{};
    value.struct_size = sizeof value;
    EXPECT_EQ(slot.registry->value(nullptr, &slot, &value), LIBNV_OK);
    return value.number;
}

std::uint64_t overflows(const std::string &family) {
    const Snapshot page = self_metrics().snapshot();
    const auto *all = page.family("dynamometer_cardinality_overflow_total");
    for (std::size_t at = 0; at < all->size(); ++at) {
        if (*all->labels[at] == "{family=\"" + family + "\"} ") {
            return static_cast<std::uint64_t>(number_at(all->values, at));
        }
    }
    return 0;
}

TEST(Registry, LookUpsOfTheSameValuesLeadToTheSameSlot) {
    Registry registry("test");
    const auto family = Declared{LIBNV_COUNTER, "x_total", {"b", "a"}}.in(registry);
    const auto other = Declared{LIBNV_COUNTER, "x_total", {"a", "b"}}.in(registry);
    const Slot one = look_up(registry, *family, {"1", "2"});
    EXPECT_EQ(one, look_up(registry, *other, {"2", "1"}));
    EXPECT_NE(one, look_up(registry, *other, {"1", "2"}));
}

TEST(Registry, AValueThatLooksLikeMoreLabelsIsOneValue) {
    Registry registry("test");
    const auto family = Declared{LIBNV_COUNTER, "x_total", {"a"}}.in(registry);
    const Slot tricky = look_up(registry, *family, {"1\",b=\"2"});
    EXPECT_EQ(tricky, look_up(registry, *family, {"1\",b=\"2"}));
    EXPECT_NE(tricky, look_up(registry, *family, {"1\\\",b=\\\"2"}));
    EXPECT_NE(page_of(registry).find(R"(x_total{a="1\",b=\"2"} 0)"), std::string::npos);
}

TEST(Registry, ManySeriesComeAndGo) {
    Registry registry("test");
    const auto family = Declared{LIBNV_COUNTER, "x_total", {"n"}}.in(registry);
    for (int at = 0; at < 3000; ++at) {
        libnv_counter_add(look_up(registry, *family, {std::to_string(at)}).get(), 1);
    }
    for (int at = 0; at < 3000; at += 2) {
        EXPECT_TRUE(remove(registry, *family, {std::to_string(at)}));
        EXPECT_FALSE(remove(registry, *family, {std::to_string(at)}));
    }
    EXPECT_EQ(registry.snapshot().series(), 1500U);
    for (int at = 0; at < 3000; ++at) {
        const Slot slot = look_up(registry, *family, {std::to_string(at)});
        EXPECT_EQ(value_of(*slot), at % 2 == 0 ? 0U : 1U) << at;
    }
}

TEST(Registry, AHandleOnARemovedSeriesRecordsOnAndNobodySeesIt) {
    Registry registry("test");
    const auto family = Declared{LIBNV_COUNTER, "x_total", {"n"}}.in(registry);
    const Slot old = look_up(registry, *family, {"1"});
    libnv_counter_add(old.get(), 5);
    EXPECT_TRUE(remove(registry, *family, {"1"}));
    const Slot made = look_up(registry, *family, {"1"});
    libnv_counter_add(old.get(), 7);
    EXPECT_EQ(value_of(*old), 12U);
    EXPECT_EQ(value_of(*made), 0U);
}

TEST(Registry, CellsGoBackWithTheLastHandleOfARemovedSeries) {
    Registry registry("test");
    const auto family = Declared{LIBNV_COUNTER, "x_total", {"n"}}.in(registry);
    Slot old = look_up(registry, *family, {"1"});
    libnv_counter_add(old.get(), 5);
    const auto offset = old->offset;
    EXPECT_TRUE(remove(registry, *family, {"1"}));
    EXPECT_NE(look_up(registry, *family, {"2"})->offset, offset);
    old.reset();
    const Slot next = look_up(registry, *family, {"3"});
    EXPECT_EQ(next->offset, offset);
    EXPECT_EQ(value_of(*next), 0U);
}

TEST(Registry, ASlotOutlivesItsRegistry) {
    auto registry = std::make_unique<Registry>("test");
    auto family = Declared{LIBNV_HISTOGRAM, "h"}.in(*registry);
    const Slot slot = look_up(*registry, *family, {});
    family.reset();
    registry.reset();
    libnv_histogram_observe(slot.get(), 0.2);
    libnv_value_v1 value{};
    value.struct_size = sizeof value;
    EXPECT_EQ(slot->registry->value(nullptr, slot.get(), &value), LIBNV_OK);
    EXPECT_EQ(value.observations, 1U);
    EXPECT_EQ(value.amount, 0.2);
}

TEST(Registry, SeriesThatAreTooManyAreCountedInOneAndSaidSo) {
    Registry registry("test");
    const auto family = Declared{LIBNV_COUNTER, "full_total", {"n"}, {}, {}, 2}.in(registry);
    for (const char *value : {"1", "2", "3", "4"}) {
        libnv_counter_add(look_up(registry, *family, {value}).get(), 1);
    }
    EXPECT_NE(page_of(registry).find("full_total{overflow=\"true\"} 2"), std::string::npos);
    EXPECT_EQ(overflows("full_total"), 2U);
    EXPECT_TRUE(remove(registry, *family, {"1"}));
    look_up(registry, *family, {"5"});
    EXPECT_NE(page_of(registry).find("full_total{n=\"5\"} 0"), std::string::npos);
}

TEST(Registry, WhatIsNoTextIsRefused) {
    Registry registry("test");
    const auto family = Declared{LIBNV_COUNTER, "x_total", {"n"}}.in(registry);
    try {
        look_up(registry, *family, {"\xff"});
        FAIL();
    } catch (const Error &error) {
        EXPECT_EQ(error.status, LIBNV_INVALID_ARGUMENT);
        EXPECT_EQ(error.message, "the value of a label can not be used: it is not UTF-8");
    }
}

TEST(Registry, ASharedFamilyIsRecordedByAtomicAdds) {
    Registry registry("test");
    const auto family =
        Declared{LIBNV_COUNTER, "x_total", {}, {}, {}, 0, LIBNV_SHARED_CELLS}.in(registry);
    const Slot slot = look_up(registry, *family, {});
    EXPECT_LT(slot->offset, 0);
    EXPECT_NE(slot->offset & LIBNV_AT_SHARED, 0);
    std::thread([&] { libnv_counter_add(slot.get(), 2); }).join();
    libnv_counter_add(slot.get(), 3);
    EXPECT_EQ(value_of(*slot), 5U);
}

TEST(Registry, ThreadsThatLookUpMakeAndRemoveLoseNothing) {
    Registry registry("test");
    const auto family = Declared{LIBNV_COUNTER, "x_total", {"n"}}.in(registry);
    const auto churning = Declared{LIBNV_GAUGE, "y", {"n"}}.in(registry);
    std::atomic<bool> is_over{false};
    std::thread reader([&] {
        while (!is_over) page_of(registry);
    });
    std::vector<std::thread> threads;
    for (int thread = 0; thread < 4; ++thread) {
        threads.emplace_back([&, thread] {
            for (int at = 0; at < 2000; ++at) {
                const std::string value = std::to_string(at % 20);
                libnv_counter_add(look_up(registry, *family, {value}).get(), 1);
                libnv_gauge_set(look_up(registry, *churning, {value}).get(), thread);
                remove(registry, *churning, {value});
            }
        });
    }
    for (std::thread &thread : threads) thread.join();
    is_over = true;
    reader.join();
    const Snapshot page = registry.snapshot();
    double sum = 0;
    for (std::size_t at = 0; at < 20; ++at) sum += number_at(page.family("x_total")->values, at);
    EXPECT_EQ(sum, 8000);
}

TEST(Registry, AChildOfForkUsesARegistryThatOthersWereChanging) {
    Registry registry("test");
    const auto family = Declared{LIBNV_COUNTER, "x_total", {"n"}}.in(registry);
    std::atomic<bool> is_over{false};
    std::thread busy([&] {
        for (int at = 0; !is_over; ++at) {
            look_up(registry, *family, {std::to_string(at % 50)});
            remove(registry, *family, {std::to_string(at % 50)});
        }
    });
    for (int round = 0; round < 20; ++round) {
        const pid_t child = fork();
        if (child == 0) {
            const Slot slot = look_up(registry, *family, {"child"});
            libnv_counter_add(slot.get(), 1);
            const bool is_right = page_of(registry).find("n=\"child\"} 1") != std::string::npos;
            _exit(is_right ? 0 : 1);
        }
        int status = 0;
        ASSERT_EQ(waitpid(child, &status, 0), child);
        EXPECT_EQ(status, 0) << round;
    }
    is_over = true;
    busy.join();
}

} // namespace
} // namespace libnv::registry
