// Threads that stay alive while a test looks at what they did.
#pragma once

#include <condition_variable>
#include <mutex>
#include <thread>
#include <vector>

namespace libnv::test {

// Runs `first` on `count` threads, then `body` while all of them live.
template <typename First, typename Body>
void while_alive(int count, First first, Body body) {
    std::mutex lock;
    std::condition_variable changed;
    int ready = 0;
    bool is_over = false;
    std::vector<std::thread> threads;
    for (int at = 0; at < count; ++at) {
        threads.emplace_back([&] {
            first();
            std::unique_lock held(lock);
            ++ready;
            changed.notify_all();
            changed.wait(held, [&] { return is_over; });
        });
    }
    std::unique_lock held(lock);
    changed.wait(held, [&] { return ready == count; });
    held.unlock();
    body();
    held.lock();
    is_over = true;
    changed.notify_all();
    held.unlock();
    for (auto &thread : threads) thread.join();
}

} // namespace libnv::test
