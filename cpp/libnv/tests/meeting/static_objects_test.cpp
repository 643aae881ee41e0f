#include <cstdlib>

#include <gtest/gtest.h>

#include "child_process.hpp"
#include "meeting/plugin.hpp"
#include "meeting/process_counter.hpp"

namespace libnv::meeting::test {
namespace {

// Made before `main`, in whatever order the linker chose.
struct Early {
    Early() : counter(process_series(LIBNV_COUNTER, "early_total")) {
        libnv_counter_add(counter, 1);
    }
    libnv_slot_v1 *counter;
};
const Early early;

TEST(StaticObjects, ThoseMadeBeforeMainRecord) {
    EXPECT_EQ(value_of(early.counter).number, 1u);
}

// Ends the process with what was recorded after `main`.
struct Last {
    ~Last() {
        const auto late = value_of(process_series(LIBNV_COUNTER, "late_total")).number;
        const auto of_plugin =
            value_of(process_series(LIBNV_COUNTER, "plugin_records_total")).number;
        _exit(static_cast<int>(10 * late + of_plugin));
    }
};

struct Late {
    ~Late() { libnv_counter_add(process_series(LIBNV_COUNTER, "late_total"), 2); }
};

TEST(StaticObjects, ThoseDestroyedAtTheEndRecordInEveryCopy) {
    std::fflush(nullptr);
    const pid_t child = fork();
    if (child == 0) {
        static const Last last;
        open_plugin(PLUGIN)->record_at_the_end();
        static const Late late;
        std::exit(0);
    }
    int status = 0;
    ASSERT_EQ(waitpid(child, &status, 0), child);
    ASSERT_TRUE(WIFEXITED(status));
    EXPECT_EQ(WEXITSTATUS(status), 21);
}

} // namespace
} // namespace libnv::meeting::test
