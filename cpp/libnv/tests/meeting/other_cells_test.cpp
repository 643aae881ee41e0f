// The cells of an engine that is not the copy's own, as of Rust code around it.
#include <thread>
#include <vector>

#include <gtest/gtest.h>

#include "engine/table.hpp"
#include "meeting/meeting.hpp"
#include "meeting/plugin.hpp"
#include "meeting/process_counter.hpp"

namespace libnv::meeting::test {
namespace {

// The functions of the engine, as those of another.
const libnv_cells_v1 other_cells = engine::table();

TEST(OtherCells, AreInForceForAllCopiesWhereTheyComeFirst) {
    const libnv_api_v1 *table = libnv_meet(&other_cells);
    ASSERT_NE(table, nullptr);
    EXPECT_EQ(table->cells, &other_cells);
    EXPECT_EQ(libnv_meet(&other_cells), table);
    EXPECT_EQ(libnv_get_api(LIBNV_ABI), table);
    EXPECT_EQ(&cells(), &other_cells);
    const Plugin *plugin = open_plugin(PLUGIN);
    plugin->record(2);
    EXPECT_EQ(plugin->api(), table);
    EXPECT_EQ(value_of(process_series(LIBNV_COUNTER, "plugin_records_total")).number, 2u);
}

TEST(OtherCells, ComeTooLateWhereATableIsInForce) {
    const libnv_api_v1 *table = open_plugin(PLUGIN)->api();
    EXPECT_EQ(libnv_meet(&other_cells), table);
    EXPECT_NE(table->cells, &other_cells);
}

TEST(OtherCells, OfManyThreadsThatMeetAtOnceOneIsInForce) {
    constexpr std::size_t kThreads = 8;
    std::vector<const libnv_api_v1 *> tables(kThreads);
    std::vector<std::thread> threads;
    for (std::size_t at = 0; at < kThreads; ++at) {
        threads.emplace_back([&, at] {
            tables[at] = at % 2 == 0 ? libnv_meet(&other_cells) : libnv_get_api(LIBNV_ABI);
        });
    }
    for (auto &thread : threads) thread.join();
    for (const libnv_api_v1 *table : tables) EXPECT_EQ(table, libnv_get_api(LIBNV_ABI));
}

} // namespace
} // namespace libnv::meeting::test
