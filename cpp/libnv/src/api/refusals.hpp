// The latest registrations that were refused.
#pragma once

#include <cstdint>
#include <deque>
#include <mutex>
#include <string>
#include <vector>

#include <libnv/libnv.h>

namespace libnv::api {

struct NotedRefusal {
    std::string name;
    libnv_status status;
    std::string message;
};

// A ring of the last refusals, for those who ask why a metric is absent.
class Refusals {
public:
    static constexpr std::size_t kKept = 64;

    void note(const libnv_str &name, const libnv_error_v1 &error);

    // Those of that name, oldest first; all where it is empty.
    std::vector<NotedRefusal> of(const libnv_str &name);

    // How many were noted since the process began.
    std::uint64_t count();

    // The lock, for fork.
    std::mutex &lock() noexcept { return lock_; }

private:
    std::mutex lock_;
    std::deque<NotedRefusal> latest_;
    std::uint64_t count_ = 0;
};

} // namespace libnv::api
