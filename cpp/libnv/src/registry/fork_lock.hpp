// A lock that nobody holds in the child of a fork.
#pragma once

#include <shared_mutex>

namespace libnv::registry {

/// Shared by readers, or held by one writer. A fork waits until nobody holds it, so that
/// what it guards is whole in the child; for `std::shared_lock` and `std::unique_lock`.
///
/// No thread may hold two of them, or fork while it holds one.
class ForkLock {
public:
    ForkLock();
    ~ForkLock();
    ForkLock(const ForkLock &) = delete;
    ForkLock &operator=(const ForkLock &) = delete;

    void lock() { mutex_.lock(); }
    void unlock() { mutex_.unlock(); }
    void lock_shared() { mutex_.lock_shared(); }
    void unlock_shared() { mutex_.unlock_shared(); }

private:
    struct All;
    static All &all();

    std::shared_mutex mutex_;
    ForkLock *next_ = nullptr;
    ForkLock *before_ = nullptr;
};

} // namespace libnv::registry
