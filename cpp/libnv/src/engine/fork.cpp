#include "engine/fork.hpp"

#include <pthread.h>

#include "engine/first_use.hpp"
#include "engine/thread_exit.hpp"

namespace libnv::engine {
namespace {

std::mutex first_use;

// The engine whose locks the forking thread holds; reached under `first_use`.
Engine *held = nullptr;

void prepare() {
    first_use.lock();
    held = engine_in_use();
    if (held != nullptr) held->lock_for_fork();
}

void release() {
    if (held != nullptr) held->unlock_after_fork();
    held = nullptr;
    first_use.unlock();
}

void start_child() {
    if (held != nullptr) held->start_child(slab_of_this_thread());
    release();
}

} // namespace

std::mutex &fork_hold() noexcept {
    static pthread_once_t once = PTHREAD_ONCE_INIT;
    pthread_once(&once, [] { pthread_atfork(prepare, release, start_child); });
    return first_use;
}

} // namespace libnv::engine
