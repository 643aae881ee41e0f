// The registry of the process: the host's where one is attached, else libnv's own.
#pragma once

#include <atomic>
#include <cstdint>
#include <mutex>
#include <string>
#include <vector>

#include <libnv/libnv.h>

#include "api/endpoint.hpp"
#include "api/in_force.hpp"
#include "api/refusals.hpp"
#include "api/routed_family.hpp"
#include "registry/registry.hpp"
#include "registry/table.hpp"

namespace libnv::api {

// Forwards to the registry in force.
//
// Families handed out here stay good when a host comes or goes: each knows what was
// asked for, and is declared again where look-ups go from then on. What was recorded
// before a host came is adopted by it, cells and all; libnv's own registry keeps the
// same cells, and shows them again when the host has gone.
class Process {
public:
    // What stands for it in the ABI: a `self` that is there before the first call.
    static void *handle() noexcept;

    // The one of this copy; made at the first call, never destroyed.
    static Process &instance();

    // Calls `call` with the registry in force, which stays so meanwhile.
    template <typename Call>
    auto with_target(Call call) {
        return in_force_.call(call);
    }

    libnv_status family(const libnv_request_v1 &request, libnv_family **out);
    void release_family(RoutedFamily &family);

    // The family as the registry in force has it. Inside `with_target`, with its registry.
    libnv_status resolve(RoutedFamily &family, const Endpoint &target, libnv_family *&out);

    libnv_status attach(const Endpoint &host, std::string service_name);

    // Returns when no call is inside the host any more.
    libnv_status detach(void *self);

    // What doctors ask for.
    bool is_hosted() { return in_force_.is_hosted(); }
    const std::string &service_name() { return in_force_.service_name(); }
    Refusals &refusals() noexcept { return refusals_; }

    std::atomic<std::uint64_t> series{0};
    std::atomic<std::int64_t> unbound{0};

private:
    Process();

    Endpoint own() noexcept { return {&registry::table(), &own_}; }
    void hand_over(const Endpoint &host);
    void hand_over_joined(const Endpoint &host, libnv_family *family,
                          const registry::Visited &known);
    void forget(const Endpoint &host);
    libnv_family *&target_in(const Endpoint &target, RoutedFamily &family) const noexcept;

    static void hold_off_forks_while_attaching();
    static void lock_for_fork();
    static void unlock_in_parent();
    static void unlock_in_child();

    registry::Registry own_;
    InForce in_force_;
    // What hosts gave for series that they adopted: kept for ever, since their cells are
    // this registry's too.
    std::vector<libnv_slot_v1 *> adopted_;
    // Guards the list below and what its families point to. Nothing is called under it.
    std::mutex families_lock_;
    RoutedFamily *families_ = nullptr;
    Refusals refusals_;
};

} // namespace libnv::api
