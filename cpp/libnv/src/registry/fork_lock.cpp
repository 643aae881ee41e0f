#include "registry/fork_lock.hpp"

#include <pthread.h>

#include <mutex>
#include <new>

#include "meeting/meeting.hpp"

namespace libnv::registry {

/// All locks of this copy, so that a fork can take them.
struct ForkLock::All {
    std::mutex mutex;
    ForkLock *first = nullptr;

    static void prepare() {
        all().mutex.lock();
        for (ForkLock *lock = all().first; lock != nullptr; lock = lock->next_) {
            lock->lock();
        }
    }

    static void release() {
        for (ForkLock *lock = all().first; lock != nullptr; lock = lock->next_) {
            lock->unlock();
        }
        all().mutex.unlock();
    }

    /// The child's thread is not the one that took the locks, as far as they know: they
    /// are made anew instead of unlocked.
    static void make_anew() {
        for (ForkLock *lock = all().first; lock != nullptr; lock = lock->next_) {
            new (&lock->mutex_) std::shared_mutex;
        }
        all().mutex.unlock();
    }
};

ForkLock::All &ForkLock::all() {
    // Never destroyed: registries may be used while statics are.
    static All *const locks = [] {
        // Handlers run last one first: these locks are taken before those of the engine.
        meeting::cells().shared_base();
        pthread_atfork(All::prepare, All::release, All::make_anew);
        return new All;
    }();
    return *locks;
}

ForkLock::ForkLock() {
    const std::lock_guard<std::mutex> guard(all().mutex);
    next_ = all().first;
    if (next_ != nullptr) {
        next_->before_ = this;
    }
    all().first = this;
}

ForkLock::~ForkLock() {
    const std::lock_guard<std::mutex> guard(all().mutex);
    (before_ != nullptr ? before_->next_ : all().first) = next_;
    if (next_ != nullptr) {
        next_->before_ = before_;
    }
}

} // namespace libnv::registry
