// What was compiled with the headers as first released runs with the library of now.
#include <dlfcn.h>

#include <gtest/gtest.h>

#include <libnv/record.h>

namespace {

void expect_that_it_works(const char *path) {
    void *client = dlopen(path, RTLD_NOW | RTLD_LOCAL);
    ASSERT_NE(client, nullptr) << dlerror();
    using Run = const char *();
    const char *wrong = reinterpret_cast<Run *>(dlsym(client, "v1_client"))();
    EXPECT_EQ(wrong, nullptr) << wrong << " does not work any more";
}

TEST(Abi, AClientOfTheFirstReleaseThatLinksTheLibraryWorks) {
    expect_that_it_works(V1_LINKED);
}

TEST(Abi, AClientOfTheFirstReleaseThatBindsLateWorks) {
    ASSERT_NE(libnv_api(), nullptr);
    expect_that_it_works(V1_LATE);
}

TEST(Abi, TheLayoutThatIsInlinedIntoClientsIsFrozen) {
    EXPECT_EQ(offsetof(libnv_slot_v1, offset), 0u);
    EXPECT_EQ(offsetof(libnv_slot_v1, cells), 8u);
    EXPECT_EQ(offsetof(libnv_slot_v1, buckets), 16u);
    EXPECT_EQ(offsetof(libnv_slot_v1, references), 32u);
    EXPECT_EQ(offsetof(libnv_slot_v1, registry), 40u);
    EXPECT_EQ(sizeof(libnv_slot_v1), 56u);
    EXPECT_EQ(offsetof(libnv_buckets_v1, upper), 16u);
    EXPECT_EQ(offsetof(libnv_buckets_v1, steps), 48u);
    EXPECT_EQ(sizeof(libnv_segment_v1), 16u);
    EXPECT_EQ(offsetof(libnv_cells_v1, lease), 16u);
    EXPECT_EQ(offsetof(libnv_cells_v1, shared_base), 64u);
    EXPECT_EQ(offsetof(libnv_api_v1, cells), 24u);
    EXPECT_EQ(LIBNV_OFFSET_LIMIT, INT64_C(0x7fffffff));
}

} // namespace
