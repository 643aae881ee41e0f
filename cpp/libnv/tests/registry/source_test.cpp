#include <gtest/gtest.h>

#include <atomic>
#include <cmath>
#include <condition_variable>
#include <functional>
#include <mutex>
#include <stdexcept>
#include <thread>

#include "declared.hpp"
#include "registry/self_metrics.hpp"

namespace libnv::registry {
namespace {

using Function = std::function<std::string()>;
using Flag = std::shared_ptr<std::atomic<bool>>;

/// What a source is, and whether it is not needed any more.
struct Context {
    Function read;
    Flag is_dropped;
};

/// Attaches a source that does what a test says; what is returned is true once it is dropped.
Flag attach(Registry &registry, const std::string &name, Function read, double timeout = 30) {
    auto flag = std::make_shared<std::atomic<bool>>(false);
    auto context = std::make_unique<Context>(Context{std::move(read), flag});
    libnv_source_v1 source{};
    source.struct_size = sizeof source;
    source.name = borrowed(name);
    source.timeout = timeout;
    source.read = [](void *given, libnv_sink sink, void *sink_context) -> libnv_status {
        const std::string text = static_cast<Context *>(given)->read();
        sink(sink_context, text.data(), text.size());
        return LIBNV_OK;
    };
    source.drop = [](void *given) {
        const std::unique_ptr<Context> last(static_cast<Context *>(given));
        *last->is_dropped = true;
    };
    source.context = context.get();
    registry.sources().add(source);
    static_cast<void>(context.release());
    return flag;
}

/// The thread that read a source may keep it for a moment longer than its registry.
void wait_for(const Flag &flag) {
    while (!*flag) std::this_thread::yield();
}

/// The value of a self-metric's series; NaN where there is none.
double self_value(const std::string &name, const std::string &labels) {
    const Snapshot page = self_metrics().snapshot();
    const auto *family = page.family(name);
    for (std::size_t at = 0; family != nullptr && at < family->size(); ++at) {
        if (*family->labels[at] == labels) return number_at(family->values, at);
    }
    return NAN;
}

double up(const std::string &name) {
    return self_value("dynamometer_source_up", "{source=\"" + name + "\"} ");
}

TEST(Source, ItsMetricsStandOnThePageUnderTheirOwnNames) {
    Registry registry("test");
    const auto family = Declared{LIBNV_COUNTER, "own_total"}.in(registry);
    look_up(registry, *family, {});
    attach(registry, "histograms", [] {
        return std::string("# HELP other_seconds How\\nlong.\n# TYPE other_seconds histogram\n"
                           "other_seconds_bucket{a=\"1\",le=\"0.5\"} "
                           "1\nother_seconds_bucket{a=\"1\",le=\"+Inf\"} 3\n"
                           "other_seconds_sum{a=\"1\"} 2.5\nother_seconds_count{a=\"1\"} 3\n"
                           "# TYPE a_total counter\na_total 7 1500\n");
    });
    EXPECT_EQ(page_of(registry),
              "# TYPE a_total counter\na_total 7 1500\n"
              "# HELP other_seconds How\\nlong.\n# TYPE other_seconds histogram\n"
              "other_seconds_bucket{a=\"1\",le=\"0.5\"} 1\n"
              "other_seconds_bucket{a=\"1\",le=\"+Inf\"} 3\n"
              "other_seconds_sum{a=\"1\"} 2.5\nother_seconds_count{a=\"1\"} 3\n"
              "# TYPE own_total counter\nown_total 0\n");
    EXPECT_EQ(up("histograms"), 1);
}

TEST(Source, OneThatFailsIsLeftOutAndSaidSo) {
    Registry registry("test");
    for (const Function &read :
         std::vector<Function>{[] { return std::string("x 1"); },
                               [] { return std::string("# TYPE x counter\nx{a=\"1\" 1\n"); },
                               [] { return std::string("x 1\n# EOF\n"); },
                               []() -> std::string { throw std::runtime_error("no"); },
                               []() -> std::string { throw 42; }}) {
        const Flag is_dropped = attach(registry, "failing", read);
        EXPECT_EQ(page_of(registry), "");
        EXPECT_EQ(up("failing"), 0);
        EXPECT_TRUE(registry.sources().remove("failing"));
        wait_for(is_dropped);
        EXPECT_TRUE(std::isnan(up("failing")));
    }
}

TEST(Source, WhatClashesIsLeftOutAndCounted) {
    Registry registry("test");
    const auto family = Declared{LIBNV_COUNTER, "x_total"}.in(registry);
    look_up(registry, *family, {});
    const auto dropped = [](const std::string &reason) {
        return self_value("dynamometer_dropped_samples_total", "{reason=\"" + reason + "\"} ");
    };
    const double conflicts = dropped("source_conflict");
    const double invalid = dropped("source_invalid");
    attach(registry, "clashing", [] {
        return std::string(
            "# TYPE x_total gauge\nx_total 5\n__secret 1\ny{a=\"1\"} 1\ny{a=\"1\"} 2\n"
            "z{__a=\"1\"} 1\n");
    });
    EXPECT_EQ(page_of(registry),
              "# TYPE x_total counter\nx_total 0\n# TYPE y untyped\ny{a=\"1\"} 1\n");
    EXPECT_EQ(dropped("source_conflict") - conflicts, 2);
    EXPECT_EQ(dropped("source_invalid") - invalid, 2);
}

TEST(Source, ANameIsThereOnceInTheProcess) {
    Registry registry("test");
    Registry other("other");
    const auto nothing = [] { return std::string(); };
    attach(registry, "same", nothing);
    EXPECT_THROW(attach(other, "same", nothing), Error);
    EXPECT_FALSE(other.sources().remove("same"));
    EXPECT_TRUE(registry.sources().remove("same"));
    attach(other, "same", nothing);
}

TEST(Source, OneThatHangsIsLeftOutUntilItsReadHasEnded) {
    std::mutex mutex;
    std::condition_variable changed;
    bool is_released = false;
    int reads = 0;
    const auto hang = [&] {
        std::unique_lock<std::mutex> held(mutex);
        ++reads;
        changed.wait(held, [&] { return is_released; });
        return std::string("x 1\n");
    };
    Flag is_dropped;
    {
        Registry registry("test");
        is_dropped = attach(registry, "hanging", hang, 0.01);
        EXPECT_EQ(page_of(registry), "");
        EXPECT_EQ(page_of(registry), "") << "it is not read again meanwhile";
        EXPECT_EQ(up("hanging"), 0);
        const std::lock_guard<std::mutex> held(mutex);
        EXPECT_LE(reads, 1);
        is_released = true;
        changed.notify_all();
    }
    wait_for(is_dropped);
}

TEST(Source, OneThatReadsItsOwnRegistryDoesNotWaitForItself) {
    Registry registry("test");
    attach(registry, "nested", [&] { return page_of(registry) + "x 1\n"; });
    EXPECT_EQ(page_of(registry), "");
    EXPECT_EQ(up("nested"), 0);
}

} // namespace
} // namespace libnv::registry
