#include "api/table.hpp"

#include "api/doctor.hpp"
#include "api/last_error.hpp"
#include "api/process.hpp"
#include "api/registry_table.hpp"
#include "api/serving.hpp"
#include "api/text.hpp"
#include "engine/table.hpp"
#include "meeting/meeting.hpp"
#include "registry/registry.hpp"
#include "registry/table.hpp"

namespace libnv::api {
namespace {

libnv_status open(libnv_str service_name, void **out) noexcept {
    return guarded([&]() -> libnv_status {
        if (out == nullptr)
            return refuse(LIBNV_INVALID_ARGUMENT, "cannot open a registry without a place for it");
        *out = new registry::Registry(std::string(to_view(service_name)));
        return LIBNV_OK;
    });
}

void close(void *opened) noexcept {
    delete static_cast<registry::Registry *>(opened);
}

libnv_status attach(const libnv_registry_v1 *host, void *self, libnv_str service_name) noexcept {
    return guarded([&]() -> libnv_status {
        if (host == nullptr || self == nullptr) {
            return refuse(LIBNV_INVALID_ARGUMENT, "cannot attach a host without functions or self");
        }
        if (self == Process::handle()) {
            return refuse(LIBNV_INVALID_ARGUMENT, "cannot attach the process's registry to itself");
        }
        if (host->abi != LIBNV_ABI) {
            return refuse(LIBNV_ABI_MISMATCH,
                          "cannot attach a host of ABI " + std::to_string(host->abi) +
                              " to a library of ABI " + std::to_string(LIBNV_ABI));
        }
        // One that `open` made is called without a way round.
        const libnv_registry_v1 *const functions =
            host == &registry_table() ? &registry::table() : host;
        const libnv_status status =
            Process::instance().attach({functions, self}, std::string(to_view(service_name)));
        // A host that met others first, as those of Rust do, could not have that done there.
        if (status == LIBNV_OK) meeting::bind_what_waits();
        return status;
    });
}

libnv_status detach(void *self) noexcept {
    return guarded([&]() -> libnv_status { return Process::instance().detach(self); });
}

void count_unbound(std::int64_t by) noexcept {
    guarded([&]() -> libnv_status {
        Process::instance().unbound.fetch_add(by, std::memory_order_relaxed);
        return LIBNV_OK;
    });
}

} // namespace

const libnv_api_v1 &table() noexcept {
    static const libnv_api_v1 kTable = [] {
        libnv_api_v1 table{};
        table.struct_size = sizeof table;
        table.abi = LIBNV_ABI;
        table.version = LIBNV_VERSION_STRING;
        table.cells = &engine::table();
        table.registry = &registry_table();
        table.process = Process::handle();
        table.open = open;
        table.close = close;
        table.attach = attach;
        table.detach = detach;
        table.doctor = doctor;
        table.each_copy = each_copy;
        table.each_refusal = each_refusal;
        table.count_unbound = count_unbound;
        table.serve = serve;
        table.port = port;
        table.stop = stop;
        table.last_error = last_error;
        return table;
    }();
    return kTable;
}

} // namespace libnv::api
