#include <future>
#include <thread>

#include <gtest/gtest.h>

#include "engine/counter.hpp"
#include "engine/exit_key.hpp"

namespace libnv::engine::test {
namespace {

TEST(Engine, ALateRecordStaysOffASlabThatAnotherThreadLeasesAtOnce) {
    constexpr std::uint64_t kRecords = 200'000;
    const ExitKey before;
    const Counter counter;
    const ExitKey after;
    std::uint64_t runs = 0;
    for (const ExitKey *key : {&before, &after}) {
        std::promise<std::uint8_t *> left;
        std::promise<void> inherited;
        std::uint64_t fallbacks = 0;
        std::thread late([&] {
            counter.add(1);
            std::uint8_t *base = base_of_this_thread;
            key->arm([&, base](int round) {
                if (round != kRounds) return;
                left.set_value(base);
                inherited.get_future().wait();
                for (std::uint64_t n = 0; n < kRecords; ++n) fallbacks += !counter.add(1);
            });
        });
        std::thread heir([&] {
            std::uint8_t *base = left.get_future().get();
            counter.add(1);
            EXPECT_EQ(base_of_this_thread, base) << "the heir leases the same slab";
            inherited.set_value();
            for (std::uint64_t n = 0; n < kRecords; ++n) counter.add(1);
        });
        heir.join();
        late.join();
        ++runs;
        EXPECT_EQ(counter.value(), runs * (2 + 2 * kRecords));
        EXPECT_EQ(fallbacks, kRecords);
        EXPECT_EQ(stats().fallback_records, runs * kRecords);
        EXPECT_EQ(stats().slabs, 1u);
    }
}

} // namespace
} // namespace libnv::engine::test
