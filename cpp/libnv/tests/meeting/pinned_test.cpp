#include <thread>

#include <gtest/gtest.h>

#include "meeting/plugin.hpp"
#include "meeting/process_counter.hpp"

namespace libnv::meeting::test {
namespace {

TEST(Pinned, APluginThatPublishedStaysWhenItIsClosed) {
    void *handle = nullptr;
    const Plugin *plugin = open_plugin(PLUGIN, &handle);
    ASSERT_NE(plugin, nullptr);
    plugin->record(3);
    EXPECT_EQ(dlclose(handle), 0);
    EXPECT_TRUE(is_loaded(PLUGIN));
    EXPECT_EQ(libnv_api(), plugin->api()) << "its table is in force";
    libnv_slot_v1 *const counter = process_series(LIBNV_COUNTER, "plugin_records_total");
    std::thread([&] { libnv_counter_add(counter, 4); }).join();
    EXPECT_EQ(value_of(counter).number, 7u);
}

TEST(Pinned, APluginThatWasNeverUsedIsUnloaded) {
    void *handle = nullptr;
    ASSERT_NE(open_plugin(PLUGIN, &handle), nullptr);
    EXPECT_EQ(dlclose(handle), 0);
    EXPECT_FALSE(is_loaded(PLUGIN));
}

TEST(Pinned, APluginThatUsesTheTableOfAnotherStaysToo) {
    libnv_slot_v1 *const counter = process_series(LIBNV_COUNTER, "plugin_records_total");
    void *handle = nullptr;
    const Plugin *plugin = open_plugin(PLUGIN, &handle);
    EXPECT_EQ(plugin->api(), libnv_api());
    std::thread([&] {
        plugin->record(1);
        // The owner writes to the plug-in's thread-local pointer when this thread exits.
        EXPECT_EQ(dlclose(handle), 0);
    }).join();
    EXPECT_TRUE(is_loaded(PLUGIN));
    EXPECT_EQ(value_of(counter).number, 1u);
}

TEST(Pinned, WhoBringsCellsStaysAlsoWhereOthersAreInForce) {
    const libnv_api_v1 *const table = libnv_api();
    void *handle = nullptr;
    const Plugin *plugin = open_plugin(PLUGIN, &handle);
    // Not read: they come too late.
    const auto *const cells = reinterpret_cast<const libnv_cells_v1 *>(plugin);
    EXPECT_EQ(libnv_meet(cells), table);
    EXPECT_EQ(dlclose(handle), 0);
    EXPECT_TRUE(is_loaded(PLUGIN));
}

} // namespace
} // namespace libnv::meeting::test
