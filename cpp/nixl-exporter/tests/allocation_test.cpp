/// Replaces the program's allocation functions, and so is a test of its own.

#include <atomic>
#include <cstdlib>
#include <new>

#include <gtest/gtest.h>

#include "core.hpp"

namespace {

std::atomic<std::size_t> allocations{0};

} // namespace

void *operator new(std::size_t size) {
    allocations.fetch_add(1, std::memory_order_relaxed);
    if (void *memory = std::malloc(size)) return memory;
    throw std::bad_alloc();
}
void operator delete(void *memory) noexcept {
    std::free(memory);
}
void operator delete(void *memory, std::size_t) noexcept {
    std::free(memory);
}

TEST(Exporter, EventsAllocateNothing) {
    const Core core;
    const auto exporter = core.exporter_of("a");
    exporter->export_event({0, 1}); // a thread's first record takes its cells
    const std::size_t before = allocations;
    EXPECT_GT(before, 0u);
    for (std::uint32_t type = 0; type < 64; ++type) {
        exporter->export_event({type, 1});
    }
    EXPECT_EQ(allocations, before);
}
