#include "loaded.hpp"

#include <dlfcn.h>
#include <unistd.h>

#include <stdexcept>

#include <libnv/libnv.h>

#include "explain.hpp"
#include "process.hpp"

namespace doctor {
namespace {

std::string to_string(libnv_str text) {
    return text.len == 0 ? std::string() : std::string(text.data, text.len);
}

libnv_str to_str(const std::string &text) {
    return {text.data(), text.size()};
}

// The table that the loaded objects made to be in force, or that the first of them
// that can make one has made now.
const libnv_api_v1 *table_of(const std::vector<void *> &libraries) {
    if (const std::uint64_t table = examine(getpid()).table) {
        return reinterpret_cast<const libnv_api_v1 *>(table);
    }
    for (void *library : libraries) {
        const auto get_api =
            reinterpret_cast<decltype(&libnv_get_api)>(dlsym(library, "libnv_get_api"));
        if (get_api != nullptr) return get_api(LIBNV_ABI);
    }
    return nullptr;
}

Statistics statistics_of(const libnv_doctor_v1 &told) {
    Statistics out;
    out.slabs = told.cells.slabs;
    out.leased = told.cells.leased;
    out.leases = told.cells.leases;
    out.fallback_records = told.cells.fallback_records;
    out.series = told.series;
    out.detached = told.detached;
    out.unbound = told.unbound;
    out.refusals = told.refusals;
    out.host_language = to_string(told.host_language);
    out.host_backend = to_string(told.host_backend);
    out.service_name = to_string(told.service_name);
    out.is_hosted = told.is_hosted != 0;
    return out;
}

std::vector<Refusal> refusals_of(const libnv_api_v1 &api, const std::string &name) {
    std::vector<Refusal> refusals;
    const auto keep = [](void *context, const libnv_refusal_v1 *refusal) {
        static_cast<std::vector<Refusal> *>(context)->push_back(
            {to_string(refusal->name), to_string(refusal->message)});
    };
    api.each_refusal(to_str(name), keep, &refusals);
    return refusals;
}

std::string page_of(const libnv_api_v1 &api) {
    std::string page;
    const auto append = [](void *context, const char *data, std::size_t size) {
        static_cast<std::string *>(context)->append(data, size);
    };
    if (api.registry->write_page(api.process, LIBNV_TEXT, append, &page) != LIBNV_OK) {
        throw std::runtime_error("cannot write the page: " + to_string(api.last_error()->message));
    }
    return page;
}

} // namespace

Loaded::Loaded(const std::vector<std::string> &libraries) {
    std::vector<void *> handles;
    for (const std::string &library : libraries) {
        handles.push_back(dlopen(library.c_str(), RTLD_NOW | RTLD_LOCAL));
        if (handles.back() == nullptr) {
            throw std::runtime_error("cannot load " + library + ": " + dlerror());
        }
    }
    api_ = table_of(handles);
}

Findings Loaded::findings() const {
    Findings findings = examine(getpid());
    if (api_ == nullptr) return findings;
    libnv_doctor_v1 told{};
    told.struct_size = sizeof told;
    if (api_->doctor(&told) != LIBNV_OK) {
        throw std::runtime_error("cannot ask libnv: " + to_string(api_->last_error()->message));
    }
    findings.statistics = statistics_of(told);
    findings.cells_language = to_string(told.cells_language);
    findings.latest_refusals = refusals_of(*api_, "");
    return findings;
}

Explanation Loaded::explain(const std::string &name) const {
    const Findings now = findings();
    if (api_ == nullptr) return explain_by(name, "", {}, now);
    return explain_by(name, page_of(*api_), refusals_of(*api_, name), now);
}

} // namespace doctor
