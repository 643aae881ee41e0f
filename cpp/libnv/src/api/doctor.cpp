#include "api/doctor.hpp"

#include <algorithm>
#include <cstring>

#include "api/last_error.hpp"
#include "api/process.hpp"
#include "api/text.hpp"
#include "engine/table.hpp"
#include "meeting/copies.hpp"
#include "meeting/meeting.hpp"

namespace libnv::api {
namespace {

libnv_cell_stats_v1 cell_stats() noexcept {
    libnv_cell_stats_v1 stats{};
    stats.struct_size = sizeof stats;
    meeting::cells().stats(&stats);
    return stats;
}

} // namespace

libnv_status doctor(libnv_doctor_v1 *out) noexcept {
    return guarded([&]() -> libnv_status {
        if (out == nullptr || out->struct_size < sizeof out->struct_size) {
            return refuse(LIBNV_INVALID_ARGUMENT, "a call without a place for the answer");
        }
        Process &process = Process::instance();
        libnv_doctor_v1 answer{};
        answer.struct_size = std::min(out->struct_size, sizeof answer);
        answer.version = to_str(LIBNV_VERSION_STRING);
        const bool is_own = &meeting::cells() == &engine::table();
        answer.cells_language = to_str(is_own ? "c++" : "rust");
        process.with_target([&](const Endpoint &target) {
            answer.host_language = to_str(target.functions->language);
            answer.host_backend = to_str(target.functions->backend);
        });
        answer.service_name = to_str(process.service_name());
        answer.is_hosted = process.is_hosted() ? 1 : 0;
        for (const auto &copy : meeting::copies()) {
            answer.copies += 1;
            answer.refused_copies += copy.abi == LIBNV_ABI ? 0 : 1;
        }
        answer.cells = cell_stats();
        answer.series = process.series.load(std::memory_order_relaxed);
        answer.refusals = process.refusals().count();
        answer.detached = answer.refusals;
        const std::int64_t unbound = process.unbound.load(std::memory_order_relaxed);
        answer.unbound = static_cast<std::uint64_t>(std::max<std::int64_t>(unbound, 0));
        std::memcpy(out, &answer, answer.struct_size);
        return LIBNV_OK;
    });
}

libnv_status each_copy(void (*visit)(void *context, const libnv_copy_v1 *),
                       void *context) noexcept {
    return guarded([&]() -> libnv_status {
        for (const auto &copy : meeting::copies()) {
            const libnv_copy_v1 seen{sizeof seen, to_str(copy.path), copy.abi, copy.is_owner};
            visit(context, &seen);
        }
        return LIBNV_OK;
    });
}

libnv_status each_refusal(libnv_str name, void (*visit)(void *context, const libnv_refusal_v1 *),
                          void *context) noexcept {
    return guarded([&]() -> libnv_status {
        for (const auto &refusal : Process::instance().refusals().of(name)) {
            const libnv_refusal_v1 seen{sizeof seen, to_str(refusal.name), refusal.status,
                                        to_str(refusal.message)};
            visit(context, &seen);
        }
        return LIBNV_OK;
    });
}

} // namespace libnv::api
