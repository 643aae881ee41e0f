#include "api/in_force.hpp"

#include <new>

namespace libnv::api {

InForce::Registry &InForce::enter() {
    std::unique_lock held(lock_);
    changed_.wait(held, [&] { return target_ != nullptr; });
    ++target_->calls;
    return *target_;
}

InForce::Registry *InForce::enter_host() {
    const std::lock_guard held(lock_);
    if (!has_host()) return nullptr;
    ++host_.calls;
    return &host_;
}

void InForce::leave(Registry &registry) noexcept {
    const std::lock_guard held(lock_);
    // In the child of a fork from inside, it was counted in the parent only.
    if (registry.calls == 0) return;
    --registry.calls;
    if (registry.calls == 0) changed_.notify_all();
}

bool InForce::begin_to_attach(const Endpoint &host) {
    std::unique_lock held(lock_);
    // One that is attached is here to stay; one that leaves is waited for.
    changed_.wait(held, [&] {
        const bool is_free = target_ == &own_ && !has_host();
        return target_ == &host_ || (is_free && own_.calls == 0 && forks_ == 0);
    });
    if (target_ == &host_) return false;
    host_.endpoint = host;
    target_ = nullptr;
    return true;
}

void InForce::end_attaching(Registry *in_force) {
    const std::lock_guard held(lock_);
    if (in_force == nullptr) host_.endpoint = {};
    target_ = in_force != nullptr ? in_force : &own_;
    changed_.notify_all();
}

bool InForce::begin_to_leave(void *self) {
    std::unique_lock held(lock_);
    changed_.wait(held, [&] { return target_ != nullptr; });
    if (target_ != &host_ || host_.endpoint.self != self) return false;
    service_names_.emplace_back();
    target_ = &own_;
    changed_.wait(held, [&] { return host_.calls == 0; });
    return true;
}

void InForce::end_leaving() {
    std::unique_lock held(lock_);
    changed_.wait(held, [&] { return host_.calls == 0; });
    host_.endpoint = {};
    changed_.notify_all();
}

void InForce::name(std::string service_name) {
    const std::lock_guard held(lock_);
    service_names_.push_back(std::move(service_name));
}

bool InForce::is_hosted() {
    const std::lock_guard held(lock_);
    return target_ == &host_;
}

const std::string &InForce::service_name() {
    const std::lock_guard held(lock_);
    return service_names_.back();
}

void InForce::hold_off_attaching() {
    std::unique_lock held(lock_);
    changed_.wait(held, [&] { return target_ != nullptr; });
    ++forks_;
}

void InForce::let_attach() {
    const std::lock_guard held(lock_);
    --forks_;
    changed_.notify_all();
}

bool InForce::start_child() {
    new (&changed_) std::condition_variable;
    own_.calls = 0;
    host_.calls = 0;
    forks_ = 0;
    const bool has_left = target_ == &own_ && has_host();
    if (has_left) host_.endpoint = {};
    lock_.unlock();
    return has_left;
}

} // namespace libnv::api
