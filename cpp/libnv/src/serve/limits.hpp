// What the server bears with from its clients.
#pragma once

#include <chrono>
#include <cstddef>

namespace libnv::http {

using Clock = std::chrono::steady_clock;

struct Limits {
    // Open at once; at the limit, the one that has waited longest for a request is closed.
    std::size_t connections = 64;
    // Bytes of a request's head, above which it is told 431.
    std::size_t head_bytes = 16 << 10;
    // From the first byte of a request to the end of its head; then it is told 408.
    Clock::duration request = std::chrono::seconds(10);
    // Without a byte between two requests.
    Clock::duration idle = std::chrono::seconds(120);
    // From the end of a request until its answer is sent.
    Clock::duration response = std::chrono::seconds(60);
};

} // namespace libnv::http
