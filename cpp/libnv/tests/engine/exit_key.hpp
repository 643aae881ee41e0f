// A pthread key whose destructor runs in every round of a thread's exit.
#pragma once

#include <functional>

#include <limits.h>
#include <pthread.h>

#include "sanitized.hpp"

namespace libnv::engine::test {

// Rounds of destructors that a thread's exit makes at most. In the last one ThreadSanitizer has
// forgotten the thread, and any code that it watches crashes.
inline constexpr int kRounds =
    PTHREAD_DESTRUCTOR_ITERATIONS - (libnv::test::kIsThreadSanitized ? 1 : 0);

class ExitKey {
public:
    ExitKey() { pthread_key_create(&key_, run); }

    // Calls `body` with the number of each round of this thread's exit, from 1 on.
    void arm(std::function<void(int)> body) const {
        pthread_setspecific(key_, new Armed{key_, 0, std::move(body)});
    }

private:
    struct Armed {
        pthread_key_t key;
        int round;
        std::function<void(int)> body;
    };

    static void run(void *value) {
        auto *armed = static_cast<Armed *>(value);
        armed->body(++armed->round);
        if (armed->round < kRounds) {
            pthread_setspecific(armed->key, armed);
        } else {
            delete armed;
        }
    }

    pthread_key_t key_{};
};

} // namespace libnv::engine::test
