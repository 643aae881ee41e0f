#include "api/process.hpp"

#include <memory>
#include <new>

#include <pthread.h>

#include "api/last_error.hpp"
#include "api/text.hpp"

namespace libnv::api {
namespace {

std::string described(const Endpoint &registry) {
    return std::string(registry.functions->language) + ", " + registry.functions->backend;
}

} // namespace

void *Process::handle() noexcept {
    static char handle;
    return &handle;
}

Process &Process::instance() {
    static Process &process = *new Process;
    return process;
}

Process::Process() : own_(""), target_(own()) {
    pthread_atfork(lock_for_fork, unlock_in_parent, unlock_in_child);
}

libnv_status Process::family(const libnv_request_v1 &request, libnv_family **out) {
    auto routed = std::make_unique<RoutedFamily>(request);
    const libnv_status status = with_target([&](const Endpoint &target) -> libnv_status {
        const auto &functions = *target.functions;
        const libnv_status declared =
            functions.family(target.self, &routed->request.get(), &routed->target);
        if (declared != LIBNV_OK) return carry(declared, functions);
        const std::lock_guard held(families_lock_);
        routed->link_into(families_);
        return LIBNV_OK;
    });
    if (status == LIBNV_OK) *out = routed.release()->as_handle();
    return status;
}

void Process::release_family(RoutedFamily &family) {
    const std::unique_ptr<RoutedFamily> released(&family);
    with_target([&](const Endpoint &target) {
        {
            const std::lock_guard held(families_lock_);
            family.unlink();
        }
        if (family.target != nullptr) target.functions->release_family(target.self, family.target);
    });
}

libnv_status Process::resolve(RoutedFamily &family, libnv_family *&out) {
    {
        const std::lock_guard held(families_lock_);
        out = family.target;
    }
    if (out != nullptr) return LIBNV_OK;
    libnv_family *made = nullptr;
    const auto &functions = *target_.functions;
    const libnv_status status = functions.family(target_.self, &family.request.get(), &made);
    if (status != LIBNV_OK) return carry(status, functions);
    {
        const std::lock_guard held(families_lock_);
        if (family.target == nullptr) std::swap(family.target, made);
        out = family.target;
    }
    // Another thread was first.
    if (made != nullptr) functions.release_family(target_.self, made);
    return LIBNV_OK;
}

libnv_status Process::attach(const Endpoint &host, std::string service_name) {
    hold_off_forks_while_attaching();
    const std::unique_lock held(target_lock_);
    if (target_.self != &own_) {
        return refuse(LIBNV_BACKEND, "cannot attach a host (" + described(host) +
                                         "): one is attached already (" + described(target_) + ")");
    }
    hand_over(host);
    forget_targets();
    target_ = host;
    service_names_.push_back(std::move(service_name));
    return LIBNV_OK;
}

libnv_status Process::detach(void *self) {
    const std::unique_lock held(target_lock_);
    if (target_.self == &own_ || target_.self != self) {
        return refuse(LIBNV_INVALID_ARGUMENT, "cannot detach a host that is not attached");
    }
    forget_targets();
    target_ = own();
    service_names_.emplace_back();
    return LIBNV_OK;
}

const std::string &Process::service_name() {
    const std::shared_lock held(target_lock_);
    return service_names_.back();
}

bool Process::is_hosted() {
    const std::shared_lock held(target_lock_);
    return target_.self != &own_;
}

void Process::hand_over(const Endpoint &host) {
    own_.each_series([&](const registry::Visited &known) {
        libnv_family *family = nullptr;
        libnv_status status = host.functions->family(host.self, &known.request, &family);
        if (status == LIBNV_OK && known.series != nullptr) {
            const auto &slot = known.series->slot();
            adopted_.push_back(nullptr);
            status =
                host.functions->adopt(host.self, family, known.values.data(), known.values.size(),
                                      slot.offset, nullptr, &adopted_.back());
            if (status == LIBNV_OK) {
                known.series->lend_to(*adopted_.back());
                hand_over_joined(host, family, known);
            } else {
                adopted_.pop_back();
            }
        }
        // What the host does not take stays here, and comes back with `detach`.
        if (status != LIBNV_OK) refusals_.note(known.request.name, *host.functions->last_error());
        if (family != nullptr) host.functions->release_family(host.self, family);
    });
}

// Cells that a series was given, by who recorded before there was a library, are in its sum.
void Process::hand_over_joined(const Endpoint &host, libnv_family *family,
                               const registry::Visited &known) {
    // What is set has taken their value.
    if (registry::is_set(known.series->instrument())) return;
    for (const auto *one = known.series->joined(); one != nullptr; one = one->next) {
        libnv_slot_v1 *slot = nullptr;
        const libnv_status status =
            host.functions->adopt(host.self, family, known.values.data(), known.values.size(),
                                  one->cells.offset, one->cells.own, &slot);
        if (status == LIBNV_OK) {
            adopted_.push_back(slot);
        } else {
            refusals_.note(known.request.name, *host.functions->last_error());
        }
    }
}

void Process::forget_targets() {
    const auto &functions = *target_.functions;
    for (;;) {
        libnv_family *released = nullptr;
        {
            const std::lock_guard held(families_lock_);
            for (RoutedFamily *at = families_; at != nullptr && released == nullptr;
                 at = at->next) {
                std::swap(released, at->target);
            }
        }
        if (released == nullptr) return;
        functions.release_family(target_.self, released);
    }
}

// Registered by the first `attach`, after the handlers of the registries that it calls:
// handlers run in reverse order, so this one waits while none of their locks is held.
void Process::hold_off_forks_while_attaching() {
    static const int registered =
        pthread_atfork([] { instance().target_lock_.lock_shared(); },
                       [] { instance().target_lock_.unlock_shared(); }, nullptr);
    static_cast<void>(registered);
}

// No lock is held over a call into a registry but the shared one, and that one need not
// be taken here: in the child nobody else holds it, so it is made anew.
void Process::lock_for_fork() {
    instance().families_lock_.lock();
    instance().refusals_.lock().lock();
}

void Process::unlock_in_parent() {
    instance().refusals_.lock().unlock();
    instance().families_lock_.unlock();
}

void Process::unlock_in_child() {
    unlock_in_parent();
    instance().target_lock_.~shared_mutex();
    new (&instance().target_lock_) std::shared_mutex;
}

} // namespace libnv::api
