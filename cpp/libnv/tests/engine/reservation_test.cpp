// In a program of its own: each child is forked before the first use of the engine.
#include <fstream>
#include <string>

#include <sys/resource.h>

#include <gtest/gtest.h>

#include "child_process.hpp"
#include "engine/counter.hpp"
#include "engine/layout.hpp"
#include "sanitized.hpp"

namespace libnv::engine::test {
namespace {

// Leaves this process room for so many bytes more.
void limit_address_space(std::uint64_t room) {
    std::uint64_t pages = 0;
    std::ifstream("/proc/self/statm") >> pages;
    const rlim_t limit = pages * 4096 + room;
    const rlimit both{limit, limit};
    ASSERT_EQ(setrlimit(RLIMIT_AS, &both), 0);
}

TEST(Engine, AProcessOfLittleAddressSpaceGetsSmallerSlabsOrNone) {
    if (libnv::test::kIsSanitized) GTEST_SKIP() << "a sanitizer needs the address space";
    struct Case {
        std::uint64_t room;
        std::uint32_t slab;
    };
    for (const Case expected : {Case{4096, 64 * kMib}, Case{150, 4 * kMib}, Case{16, kMib / 4}}) {
        libnv::test::in_child([&] {
            limit_address_space(expected.room * kMib);
            // The shared cells begin where the slabs end.
            EXPECT_EQ(static_cast<std::uint32_t>(table().allocate(LIBNV_SPACE_SHARED, 1)),
                      expected.slab)
                << "with " << expected.room << " MiB of address space";
            const Counter counter;
            EXPECT_TRUE(counter.add(1));
            EXPECT_EQ(counter.value(), 1u);
        });
    }
    libnv::test::in_child([] {
        limit_address_space(kMib);
        EXPECT_EQ(table().allocate(LIBNV_SPACE_THREAD, 1), -1);
        EXPECT_EQ(lease(base_of_this_thread), nullptr);
        EXPECT_EQ(table().lease_to_lock(), nullptr);
        EXPECT_EQ(table().shared_base(), nullptr);
        EXPECT_EQ(stats().slabs, 0u);
        table().free(128, 1);
        std::uint64_t sum = 0;
        const libnv_segment_v1 segment{128, 1, LIBNV_UNSIGNED, 0};
        table().sum(&segment, 1, &sum, 1);
        EXPECT_EQ(sum, 0u);
    });
}

} // namespace
} // namespace libnv::engine::test
