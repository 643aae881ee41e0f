#include "engine/first_use.hpp"

#include <atomic>
#include <mutex>

#include "engine/fork.hpp"
#include "engine/thread_exit.hpp"

namespace libnv::engine {
namespace {

std::atomic<Engine *> made{nullptr};
std::atomic<bool> was_tried{false};

// Makes all that is made once while nobody can fork: a child would wait for ever for a
// thread that it does not have.
Engine *make_once() noexcept {
    const std::lock_guard no_fork(fork_hold());
    if (!was_tried.load(std::memory_order_relaxed)) {
        create_exit_key();
        made.store(Engine::make(), std::memory_order_release);
        was_tried.store(true, std::memory_order_release);
    }
    return made.load(std::memory_order_relaxed);
}

} // namespace

Engine *engine() noexcept {
    if (was_tried.load(std::memory_order_acquire)) return made.load(std::memory_order_relaxed);
    return make_once();
}

Engine *engine_in_use() noexcept {
    return made.load(std::memory_order_acquire);
}

} // namespace libnv::engine
