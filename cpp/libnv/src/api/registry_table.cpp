#include "api/registry_table.hpp"

#include "api/last_error.hpp"
#include "api/process.hpp"
#include "registry/table.hpp"

namespace libnv::api {
namespace {

// Calls `call` with the registry that `self` stands for.
template <typename Call>
libnv_status with_registry(void *self, Call call) noexcept {
    return guarded([&]() -> libnv_status {
        const auto carried = [&](const Endpoint &registry) {
            return carry(call(registry), *registry.functions);
        };
        if (self == Process::handle()) return Process::instance().with_target(carried);
        return carried({&registry::table(), self});
    });
}

// The same with a family of it, which may have to be declared again first.
template <typename Call>
libnv_status with_family(void *self, libnv_family *family, Call call) noexcept {
    return with_registry(self, [&](const Endpoint &registry) {
        if (self != Process::handle()) return call(registry, family);
        libnv_family *resolved = nullptr;
        const libnv_status status =
            Process::instance().resolve(RoutedFamily::of(family), registry, resolved);
        return status == LIBNV_OK ? call(registry, resolved) : status;
    });
}

libnv_status missing(const char *what) {
    return refuse(LIBNV_INVALID_ARGUMENT, std::string("a call without ") + what);
}

libnv_status check_scope(void *self, const libnv_request_v1 *request) noexcept {
    if (request == nullptr) return missing("a request");
    return with_registry(self, [&](const Endpoint &registry) {
        return registry.functions->check_scope(registry.self, request);
    });
}

libnv_status family(void *self, const libnv_request_v1 *request, libnv_family **out) noexcept {
    if (request == nullptr || out == nullptr)
        return missing("a request and a place for its family");
    if (self == Process::handle()) {
        return guarded([&]() -> libnv_status { return Process::instance().family(*request, out); });
    }
    return with_registry(self, [&](const Endpoint &registry) {
        return registry.functions->family(registry.self, request, out);
    });
}

void release_family(void *self, libnv_family *family) noexcept {
    if (family == nullptr) return;
    guarded([&]() -> libnv_status {
        if (self == Process::handle()) {
            Process::instance().release_family(RoutedFamily::of(family));
        } else {
            registry::table().release_family(self, family);
        }
        return LIBNV_OK;
    });
}

libnv_status look_up(void *self, libnv_family *family, const libnv_str *values, size_t count,
                     libnv_slot_v1 **out) noexcept {
    if (family == nullptr || out == nullptr) return missing("a family and a place for its series");
    const libnv_status status =
        with_family(self, family, [&](const Endpoint &registry, libnv_family *resolved) {
            return registry.functions->look_up(registry.self, resolved, values, count, out);
        });
    if (status == LIBNV_OK) Process::instance().series.fetch_add(1, std::memory_order_relaxed);
    return status;
}

libnv_status remove(void *self, libnv_family *family, const libnv_str *values, size_t count,
                    uint32_t *removed) noexcept {
    if (family == nullptr) return missing("a family");
    return with_family(self, family, [&](const Endpoint &registry, libnv_family *resolved) {
        return registry.functions->remove(registry.self, resolved, values, count, removed);
    });
}

// Slots know the registry that made them.

void drop_slot(libnv_slot_v1 *slot) noexcept {
    if (slot != nullptr && slot->registry != nullptr) slot->registry->drop_slot(slot);
}

void notify(libnv_slot_v1 *slot) noexcept {
    if (slot != nullptr && slot->registry != nullptr) slot->registry->notify(slot);
}

libnv_status value(void *, const libnv_slot_v1 *slot, libnv_value_v1 *out) noexcept {
    if (slot == nullptr || slot->registry == nullptr || out == nullptr) {
        return missing("a slot of a registry and a place for its value");
    }
    return guarded(
        [&] { return carry(slot->registry->value(nullptr, slot, out), *slot->registry); });
}

libnv_status write_page(void *self, uint32_t format, libnv_sink sink, void *context) noexcept {
    if (sink == nullptr) return missing("a sink");
    return with_registry(self, [&](const Endpoint &registry) {
        return registry.functions->write_page(registry.self, format, sink, context);
    });
}

libnv_status add_source(void *self, const libnv_source_v1 *source) noexcept {
    if (source == nullptr) return missing("a source");
    return with_registry(self, [&](const Endpoint &registry) {
        return registry.functions->add_source(registry.self, source);
    });
}

libnv_status remove_source(void *self, libnv_str name, uint32_t *removed) noexcept {
    return with_registry(self, [&](const Endpoint &registry) {
        return registry.functions->remove_source(registry.self, name, removed);
    });
}

libnv_status adopt(void *self, libnv_family *family, const libnv_str *values, size_t count,
                   int64_t offset, uint64_t *cells, libnv_slot_v1 **out) noexcept {
    if (family == nullptr || out == nullptr) return missing("a family and a place for its series");
    const libnv_status status =
        with_family(self, family, [&](const Endpoint &registry, libnv_family *resolved) {
            return registry.functions->adopt(registry.self, resolved, values, count, offset, cells,
                                             out);
        });
    if (status == LIBNV_OK) Process::instance().series.fetch_add(1, std::memory_order_relaxed);
    return status;
}

void report(void *self, libnv_str name, const libnv_error_v1 *error) noexcept {
    if (error == nullptr) return;
    guarded([&]() -> libnv_status {
        Process::instance().refusals().note(name, *error);
        return LIBNV_OK;
    });
    with_registry(self, [&](const Endpoint &registry) {
        registry.functions->report(registry.self, name, error);
        return LIBNV_OK;
    });
}

void count_dropped(void *self, uint32_t reason, uint64_t values) noexcept {
    // Who knows no more than a slot means the registry of the process.
    void *const meant = self == nullptr ? Process::handle() : self;
    with_registry(meant, [&](const Endpoint &registry) {
        const auto count = if_there(*registry.functions, &libnv_registry_v1::count_dropped);
        if (count != nullptr) count(registry.self, reason, values);
        return LIBNV_OK;
    });
}

libnv_status write_self_page(void *self, uint32_t format, libnv_sink sink, void *context) noexcept {
    if (sink == nullptr) return missing("a sink");
    return with_registry(self, [&](const Endpoint &registry) {
        const auto write = if_there(*registry.functions, &libnv_registry_v1::write_self_page);
        return write ? write(registry.self, format, sink, context)
                     : refuse(LIBNV_UNAVAILABLE, "the host has no page of its own metrics");
    });
}

libnv_status lacking(const char *what) {
    return refuse(LIBNV_UNAVAILABLE, std::string("the host does not ") + what);
}

libnv_status each_family(void *self,
                         void (*visit)(void *context, const libnv_family_values_v1 *family),
                         void *context) noexcept {
    if (visit == nullptr) return missing("a function to visit families with");
    return with_registry(self, [&](const Endpoint &registry) {
        const auto each = if_there(*registry.functions, &libnv_registry_v1::each_family);
        return each ? each(registry.self, visit, context) : lacking("show its families");
    });
}

libnv_status write_labels(void *, const libnv_slot_v1 *slot, libnv_sink sink,
                          void *context) noexcept {
    if (slot == nullptr || slot->registry == nullptr || sink == nullptr) {
        return missing("a slot of a registry and a sink");
    }
    return guarded([&]() -> libnv_status {
        const auto write = if_there(*slot->registry, &libnv_registry_v1::write_labels);
        return write ? carry(write(nullptr, slot, sink, context), *slot->registry)
                     : lacking("write the labels of a series");
    });
}

libnv_status remove_written(void *self, libnv_str family, libnv_str labels, uint32_t spares_kept,
                            uint32_t *removed) noexcept {
    return with_registry(self, [&](const Endpoint &registry) {
        const auto forward = if_there(*registry.functions, &libnv_registry_v1::remove_written);
        return forward ? forward(registry.self, family, labels, spares_kept, removed)
                       : lacking("remove series by their labels as they are written");
    });
}

} // namespace

const libnv_registry_v1 &registry_table() noexcept {
    static constexpr libnv_registry_v1 kTable = {
        sizeof(libnv_registry_v1),
        LIBNV_ABI,
        "c++",
        "libnv",
        check_scope,
        family,
        release_family,
        look_up,
        remove,
        drop_slot,
        notify,
        value,
        write_page,
        add_source,
        remove_source,
        adopt,
        report,
        last_error,
        count_dropped,
        write_self_page,
        each_family,
        write_labels,
        remove_written,
    };
    return kTable;
}

} // namespace libnv::api
