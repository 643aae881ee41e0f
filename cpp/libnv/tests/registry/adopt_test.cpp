#include <gtest/gtest.h>

#include <cstring>

#include "declared.hpp"
#include "meeting/meeting.hpp"

namespace libnv::registry {
namespace {

libnv_value_v1 value_of(const libnv_slot_v1 &slot) {
    libnv_value_v1 value{};
    value.struct_size = sizeof value;
    EXPECT_EQ(slot.registry->value(nullptr, &slot, &value), LIBNV_OK);
    return value;
}

Slot adopt(Registry &registry, const LookUp &family, const GivenCells &cells) {
    return held(registry.adopt(family, nullptr, 0, cells));
}

TEST(Adopt, CellsOfANewSeriesBecomeItsOwn) {
    Registry registry("test");
    const auto family = Declared{LIBNV_COUNTER, "x_total"}.in(registry);
    const auto offset = meeting::cells().allocate(LIBNV_SPACE_THREAD, 1);
    const Slot slot = adopt(registry, *family, {offset, nullptr});
    EXPECT_EQ(slot->offset, offset);
}

TEST(Adopt, CellsOfASeriesThatIsThereStayInItsSum) {
    Registry registry("test");
    Registry before("before");
    for (const std::uint32_t kind : {LIBNV_COUNTER, LIBNV_UP_DOWN_COUNTER, LIBNV_HISTOGRAM}) {
        const std::string name = "x" + std::to_string(kind);
        const auto old_family = Declared{kind, name}.in(before);
        const auto family = Declared{kind, name}.in(registry);
        const Slot old = look_up(before, *old_family, {});
        const Slot slot = look_up(registry, *family, {});
        const auto record = [&](libnv_slot_v1 *on) {
            if (kind == LIBNV_COUNTER) libnv_counter_add(on, 2);
            if (kind == LIBNV_UP_DOWN_COUNTER) libnv_up_down_counter_add(on, -2);
            if (kind == LIBNV_HISTOGRAM) libnv_histogram_observe(on, 0.25);
        };
        record(old.get());
        record(slot.get());
        EXPECT_EQ(adopt(registry, *family, {old->offset, nullptr}), slot);
        Series::of(*old).lend_to(*slot);
        record(old.get());
        const libnv_value_v1 value = value_of(*slot);
        if (kind == LIBNV_COUNTER) {
            EXPECT_EQ(value.number, 6U);
        }
        if (kind == LIBNV_UP_DOWN_COUNTER) {
            EXPECT_EQ(value.difference, -6);
        }
        if (kind == LIBNV_HISTOGRAM) {
            EXPECT_EQ(value.observations, 3U);
        }
        if (kind == LIBNV_HISTOGRAM) {
            EXPECT_EQ(value.amount, 0.75);
        }
    }
    EXPECT_NE(page_of(registry).find("x1 6\n"), std::string::npos);
    EXPECT_NE(page_of(registry).find("x3 -6\n"), std::string::npos);
}

TEST(Adopt, CellsOutsideOfAnySlabStayInTheSum) {
    Registry registry("test");
    std::uint64_t counted[1] = {3};
    std::uint64_t pair[2] = {7, 2};
    const auto counter = Declared{LIBNV_COUNTER, "x_total"}.in(registry);
    const auto up_down = Declared{LIBNV_UP_DOWN_COUNTER, "y"}.in(registry);
    const Slot first = adopt(registry, *counter, {0, counted});
    const Slot second = adopt(registry, *up_down, {0, pair});
    libnv_counter_add(first.get(), 1);
    libnv_up_down_counter_add(second.get(), -1);
    counted[0] += 10;
    EXPECT_EQ(value_of(*first).number, 14U);
    EXPECT_EQ(value_of(*second).difference, 4);
    EXPECT_NE(page_of(registry).find("x_total 14\n"), std::string::npos);
    EXPECT_NE(page_of(registry).find("y 4\n"), std::string::npos);
}

TEST(Adopt, AGaugeThatWasNeverSetTakesTheValueAndAnotherKeepsItsOwn) {
    Registry registry("test");
    double given = 2.5;
    std::uint64_t bits = 0;
    std::memcpy(&bits, &given, sizeof bits);
    const auto family = Declared{LIBNV_GAUGE, "g"}.in(registry);
    const Slot slot = adopt(registry, *family, {0, &bits});
    EXPECT_EQ(value_of(*slot).amount, 2.5);
    libnv_gauge_set(slot.get(), 4);
    EXPECT_EQ(adopt(registry, *family, {0, &bits}), slot);
    EXPECT_EQ(value_of(*slot).amount, 4);
}

TEST(Adopt, ALentGaugeIsSetInTheCellOfItsHost) {
    Registry registry("test");
    Registry before("before");
    const auto old_family = Declared{LIBNV_GAUGE, "g"}.in(before);
    const auto family = Declared{LIBNV_GAUGE, "g"}.in(registry);
    const Slot old = look_up(before, *old_family, {});
    const Slot slot = look_up(registry, *family, {});
    libnv_gauge_set(old.get(), 1);
    EXPECT_EQ(adopt(registry, *family, {old->offset, nullptr}), slot);
    Series::of(*old).lend_to(*slot);
    EXPECT_EQ(value_of(*slot).amount, 1);
    libnv_gauge_set(old.get(), 8);
    EXPECT_EQ(value_of(*slot).amount, 8);
}

TEST(Visiting, EachSeriesCanBeDeclaredElsewhereAsItIs) {
    Registry registry("test");
    const auto family = Declared{LIBNV_HISTOGRAM, "h", {"b", "a"}, {1, 2}}.in(registry);
    const auto states = Declared{LIBNV_STATE_SET, "s", {}, {}, {"on", "off"}}.in(registry);
    const auto empty = Declared{LIBNV_COUNTER, "c_total", {"n"}}.in(registry);
    libnv_histogram_observe(look_up(registry, *family, {"1", "2"}).get(), 1.5);
    libnv_state_set_only(look_up(registry, *states, {}).get(), 1);
    Registry copy("copy");
    std::vector<Slot> slots;
    registry.each_series([&](const Visited &visited) {
        const auto declared = copy.family(visited.request);
        if (visited.series == nullptr) return;
        const auto &slot = visited.series->slot();
        slots.push_back(held(copy.adopt(*declared, visited.values.data(), visited.values.size(),
                                        {slot.offset, nullptr})));
        visited.series->lend_to(*slots.back());
    });
    EXPECT_EQ(page_of(copy), page_of(registry));
    EXPECT_NE(copy.snapshot().family("c_total"), nullptr);
    EXPECT_NE(page_of(copy).find("h_bucket{a=\"2\",b=\"1\",le=\"2.0\"} 1"), std::string::npos);
}

} // namespace
} // namespace libnv::registry
