// Which registry calls go to, and how many are inside of one.
#pragma once

#include <condition_variable>
#include <cstddef>
#include <deque>
#include <mutex>
#include <string>
#include <utility>

#include "api/endpoint.hpp"

namespace libnv::api {

// Lets calls into the registry in force: the host's where one is attached, else the own one.
//
// No lock is held while a registry is called, so that its functions may call again, and
// may take their time. Calls are counted instead: a host that leaves gets no new ones,
// and has left when those inside have returned.
class InForce {
public:
    explicit InForce(Endpoint own) : own_{own} {}

    // Calls `body` with the registry in force, which stays good meanwhile.
    template <typename Body>
    auto call(Body body) {
        const Inside inside(*this, enter());
        return body(inside.registry.endpoint);
    }

    // Calls `body` with the host that is attached or leaves, or with null where there is
    // none. Inside `call`.
    template <typename Body>
    void call_host(Body body) {
        Registry *const host = enter_host();
        if (host == nullptr) return body(nullptr);
        const Inside inside(*this, *host);
        body(&host->endpoint);
    }

    // Makes a host the one in force after `hand_over`, which runs while nobody is inside
    // the own registry; calls wait meanwhile. False where there is a host already.
    template <typename HandOver>
    bool attach(const Endpoint &host, std::string service_name, HandOver hand_over) {
        if (!begin_to_attach(host)) return false;
        try {
            hand_over();
            name(std::move(service_name));
        } catch (...) {
            end_attaching(nullptr);
            throw;
        }
        end_attaching(&host_);
        return true;
    }

    // Makes the own registry the one in force, and returns when nobody is inside the host
    // any more; `forget` runs last, with only `call_host` beside it. False where this is
    // not the host.
    template <typename Forget>
    bool detach(void *self, Forget forget) {
        if (!begin_to_leave(self)) return false;
        forget(std::as_const(host_.endpoint));
        end_leaving();
        return true;
    }

    bool is_own(const Endpoint &registry) const noexcept { return &registry == &own_.endpoint; }
    bool is_hosted();
    const std::string &service_name();

    // Keep hosts from being attached between them; to be called before others' locks are
    // taken, and after they were given back.
    void hold_off_attaching();
    void let_attach();

    // Nobody changes anything between them.
    void lock_for_fork() { lock_.lock(); }
    void unlock_after_fork() { lock_.unlock(); }
    // In the child, instead: no call goes on there, and a host that was leaving has left.
    // True where there was one.
    bool start_child();

private:
    struct Registry {
        Endpoint endpoint;
        std::size_t calls = 0;
    };

    // A call, until it returns.
    struct Inside {
        Inside(InForce &entered, Registry &called) noexcept : in_force(entered), registry(called) {}
        Inside(const Inside &) = delete;
        Inside &operator=(const Inside &) = delete;
        ~Inside() { in_force.leave(registry); }

        InForce &in_force;
        Registry &registry;
    };

    Registry &enter();
    Registry *enter_host();
    void leave(Registry &registry) noexcept;

    bool begin_to_attach(const Endpoint &host);
    void end_attaching(Registry *in_force);
    bool begin_to_leave(void *self);
    void end_leaving();
    void name(std::string service_name);

    bool has_host() const noexcept { return host_.endpoint.self != nullptr; }

    // Held for moments only.
    std::mutex lock_;
    std::condition_variable changed_;
    Registry own_;
    Registry host_;            // null where none is attached or leaves
    Registry *target_ = &own_; // null while a host is being attached
    std::size_t forks_ = 0;    // that go on, and hold attaching off
    // All that there were, the present one last: doctors point to them.
    std::deque<std::string> service_names_{""};
};

} // namespace libnv::api
