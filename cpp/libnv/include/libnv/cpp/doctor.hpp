/* What libnv says of itself: who owns the cells, and why a metric is absent. */
#ifndef LIBNV_CPP_DOCTOR_HPP
#define LIBNV_CPP_DOCTOR_HPP

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "../api.h"
#include "result.hpp"

namespace libnv {
inline namespace LIBNV_NAMESPACE {

/* A copy of libnv in this process. */
struct Copy {
    /* Of the executable or library that holds it. */
    std::string path;
    std::uint32_t abi = 0;
    /* The table in force came from here. */
    bool is_owner = false;
};

/* A declaration that was refused. */
struct Refusal {
    std::string name;
    ErrorKind kind = ErrorKind::kInternal;
    std::string message;
};

/* The state of libnv in this process. */
struct Doctor {
    /* Of the copy whose table is in force. */
    std::string version;
    /* Of the engine that owns the cells. */
    std::string cells_language;
    /* Of the registry that metrics go to. */
    std::string host_language;
    std::string host_backend;
    std::string service_name;
    /* A host is attached. */
    bool is_hosted = false;
    std::vector<Copy> copies = {};
    /* Copies of another version of the ABI, which stand apart. */
    std::uint32_t refused_copies = 0;
    /* The most threads that recorded at one time, and those that lease one now. */
    std::uint64_t slabs = 0;
    std::uint64_t leased = 0;
    /* Since the process began. */
    std::uint64_t leases = 0;
    /* Records that found no slab. */
    std::uint64_t fallback_records = 0;
    /* Asked for through libnv; in no container after a refusal; waiting for a library. */
    std::uint64_t series = 0;
    std::uint64_t detached = 0;
    std::uint64_t unbound = 0;
    std::uint64_t refusals = 0;
};

namespace detail {

inline void note_copy(void *context, const libnv_copy_v1 *copy) noexcept {
    static_cast<std::vector<Copy> *>(context)->push_back(
        {from_c(copy->path), copy->abi, copy->is_owner != 0});
}

inline void note_refusal(void *context, const libnv_refusal_v1 *refusal) noexcept {
    static_cast<std::vector<Refusal> *>(context)->push_back(
        {from_c(refusal->name), static_cast<ErrorKind>(refusal->status), from_c(refusal->message)});
}

} // namespace detail

/* Examines the process. */
inline Result<Doctor> doctor() {
    const libnv_api_v1 *api = libnv_api();
    if (!api) return detail::unavailable();
    libnv_doctor_v1 found = {};
    found.struct_size = sizeof found;
    found.cells.struct_size = sizeof found.cells;
    Doctor doctor;
    libnv_status status = api->doctor(&found);
    if (status == LIBNV_OK) status = api->each_copy(detail::note_copy, &doctor.copies);
    if (status != LIBNV_OK) return detail::error_of(status, api->last_error());
    doctor.version = detail::from_c(found.version);
    doctor.cells_language = detail::from_c(found.cells_language);
    doctor.host_language = detail::from_c(found.host_language);
    doctor.host_backend = detail::from_c(found.host_backend);
    doctor.service_name = detail::from_c(found.service_name);
    doctor.is_hosted = found.is_hosted != 0;
    doctor.refused_copies = found.refused_copies;
    doctor.slabs = found.cells.slabs;
    doctor.leased = found.cells.leased;
    doctor.leases = found.cells.leases;
    doctor.fallback_records = found.cells.fallback_records;
    doctor.series = found.series;
    doctor.detached = found.detached;
    doctor.unbound = found.unbound;
    doctor.refusals = found.refusals;
    return doctor;
}

/* The latest refusals of this name, or of all where it is empty; the last 64 are kept. */
inline std::vector<Refusal> refusals(std::string_view name = {}) {
    std::vector<Refusal> found;
    if (const libnv_api_v1 *api = libnv_api())
        (void)api->each_refusal(detail::to_c(name), detail::note_refusal, &found);
    return found;
}

} // namespace LIBNV_NAMESPACE
} // namespace libnv

#endif
