#include <dlfcn.h>

#include <gtest/gtest.h>

namespace {

void *plugin_as_loaded_by(const char *core) {
    void *library = dlopen(core, RTLD_NOW | RTLD_LOCAL);
    EXPECT_NE(library, nullptr) << dlerror();
    const auto load = reinterpret_cast<void *(*)(const char *)>(dlsym(library, "load_plugin"));
    return load(PLUGIN_UNDER_TEST);
}

TEST(NixlAge, ACoreWithCategoriesIsRefusedAndTold) {
    testing::internal::CaptureStderr();
    EXPECT_EQ(plugin_as_loaded_by(CORE_BEFORE_1_3), nullptr);
    const std::string told = testing::internal::GetCapturedStderr();
    EXPECT_NE(told.find("older than NIXL 1.3"), std::string::npos) << told;
    EXPECT_NE(told.find(CORE_BEFORE_1_3), std::string::npos) << told;
}

TEST(NixlAge, ACoreWithoutThemIsServed) {
    testing::internal::CaptureStderr();
    EXPECT_NE(plugin_as_loaded_by(CORE_SINCE_1_3), nullptr);
    EXPECT_EQ(testing::internal::GetCapturedStderr(), "");
}

TEST(NixlAge, OneCoreIsNotJudgedByAnotherOfTheProcess) {
    EXPECT_EQ(plugin_as_loaded_by(CORE_BEFORE_1_3), nullptr);
    EXPECT_NE(plugin_as_loaded_by(CORE_SINCE_1_3), nullptr);
}

} // namespace
