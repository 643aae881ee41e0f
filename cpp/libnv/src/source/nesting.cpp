#include "source/nesting.hpp"

#include <unistd.h>

namespace libnv::source {
namespace {

// Of the read that this thread does. Plain: threads that read end with it.
thread_local const Waiting *t_waiting = nullptr;

} // namespace

Waiting::Waiting(const void *registry)
    : process_(getpid()), registry_(registry), outer_(current()) {}

void Waiting::enter() const noexcept {
    t_waiting = this;
}

bool Waiting::is_awaited_by(const void *registry) noexcept {
    for (const Waiting *one = current(); one != nullptr; one = one->outer_) {
        if (one->registry_ == registry) {
            current()->is_nested_.store(true, std::memory_order_relaxed);
            return true;
        }
    }
    return false;
}

/// What waits for this thread. The threads of a parent wait for nobody in the child of a fork.
const Waiting *Waiting::current() noexcept {
    return t_waiting != nullptr && t_waiting->process_ == getpid() ? t_waiting : nullptr;
}

} // namespace libnv::source
