#include "api/refusals.hpp"

#include "api/text.hpp"

namespace libnv::api {

void Refusals::note(const libnv_str &name, const libnv_error_v1 &error) {
    NotedRefusal refusal{std::string(to_view(name)), error.status,
                         std::string(to_view(error.message))};
    const std::lock_guard held(lock_);
    ++count_;
    latest_.push_back(std::move(refusal));
    if (latest_.size() > kKept) latest_.pop_front();
}

std::vector<NotedRefusal> Refusals::of(const libnv_str &name) {
    const std::string_view wanted = to_view(name);
    std::vector<NotedRefusal> found;
    const std::lock_guard held(lock_);
    for (const auto &refusal : latest_) {
        if (wanted.empty() || refusal.name == wanted) found.push_back(refusal);
    }
    return found;
}

std::uint64_t Refusals::count() {
    const std::lock_guard held(lock_);
    return count_;
}

} // namespace libnv::api
