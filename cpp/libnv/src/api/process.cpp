#include "api/process.hpp"

#include <memory>

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

Process::Process() : own_(""), in_force_(own()) {
    pthread_atfork(lock_for_fork, unlock_in_parent, unlock_in_child);
}

libnv_status Process::family(const libnv_request_v1 &request, libnv_family **out) {
    auto routed = std::make_unique<RoutedFamily>(request);
    const libnv_status status = with_target([&](const Endpoint &target) -> libnv_status {
        const auto &functions = *target.functions;
        const libnv_status declared =
            functions.family(target.self, &routed->request.get(), &target_in(target, *routed));
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
    with_target([&](const Endpoint &) {
        in_force_.call_host([&](const Endpoint *host) {
            {
                const std::lock_guard held(families_lock_);
                family.unlink();
            }
            if (family.own != nullptr) registry::table().release_family(&own_, family.own);
            // One that has left was given its own back.
            if (family.hosted != nullptr)
                host->functions->release_family(host->self, family.hosted);
        });
    });
}

libnv_status Process::resolve(RoutedFamily &family, const Endpoint &target, libnv_family *&out) {
    libnv_family *&known = target_in(target, family);
    {
        const std::lock_guard held(families_lock_);
        out = known;
    }
    if (out != nullptr) return LIBNV_OK;
    libnv_family *made = nullptr;
    const auto &functions = *target.functions;
    const libnv_status status = functions.family(target.self, &family.request.get(), &made);
    if (status != LIBNV_OK) return carry(status, functions);
    {
        const std::lock_guard held(families_lock_);
        if (known == nullptr) std::swap(known, made);
        out = known;
    }
    // Another thread was first.
    if (made != nullptr) functions.release_family(target.self, made);
    return LIBNV_OK;
}

libnv_family *&Process::target_in(const Endpoint &target, RoutedFamily &family) const noexcept {
    return in_force_.is_own(target) ? family.own : family.hosted;
}

libnv_status Process::attach(const Endpoint &host, std::string service_name) {
    hold_off_forks_while_attaching();
    if (in_force_.attach(host, std::move(service_name), [&] { hand_over(host); })) return LIBNV_OK;
    return with_target([&](const Endpoint &attached) {
        return refuse(LIBNV_BACKEND, "cannot attach a host (" + described(host) +
                                         "): one is attached already (" + described(attached) +
                                         ")");
    });
}

libnv_status Process::detach(void *self) {
    if (in_force_.detach(self, [&](const Endpoint &host) { forget(host); })) return LIBNV_OK;
    return refuse(LIBNV_INVALID_ARGUMENT, "cannot detach a host that is not attached");
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

// Gives the host back what it made of the families; they are declared again in the next.
void Process::forget(const Endpoint &host) {
    for (;;) {
        libnv_family *released = nullptr;
        {
            const std::lock_guard held(families_lock_);
            for (RoutedFamily *at = families_; at != nullptr && released == nullptr;
                 at = at->next) {
                std::swap(released, at->hosted);
            }
        }
        if (released == nullptr) return;
        host.functions->release_family(host.self, released);
    }
}

// Registered by the first `attach`, after the handlers of the registries that it calls:
// handlers run in reverse order, so this one waits while none of their locks is held.
void Process::hold_off_forks_while_attaching() {
    static const int registered =
        pthread_atfork([] { instance().in_force_.hold_off_attaching(); },
                       [] { instance().in_force_.let_attach(); }, nullptr);
    static_cast<void>(registered);
}

// No lock is held over a call into a registry.
void Process::lock_for_fork() {
    instance().families_lock_.lock();
    instance().refusals_.lock().lock();
    instance().in_force_.lock_for_fork();
}

void Process::unlock_in_parent() {
    instance().in_force_.unlock_after_fork();
    instance().refusals_.lock().unlock();
    instance().families_lock_.unlock();
}

void Process::unlock_in_child() {
    if (instance().in_force_.start_child()) {
        // The host that left there is not told: its locks may be held.
        for (RoutedFamily *at = instance().families_; at != nullptr; at = at->next) {
            at->hosted = nullptr;
        }
    }
    instance().refusals_.lock().unlock();
    instance().families_lock_.unlock();
}

} // namespace libnv::api
