/* The registry that a container declares in, and what it takes to ask it. */
#ifndef LIBNV_CPP_REGISTRY_HPP
#define LIBNV_CPP_REGISTRY_HPP

#include <memory>
#include <string_view>
#include <vector>

#include "../api.h"
#include "options.hpp"
#include "result.hpp"

namespace libnv {
inline namespace LIBNV_NAMESPACE {
namespace detail {

/* A registry's functions, and the registry. */
struct Registry {
    const libnv_registry_v1 *functions = nullptr;
    void *self = nullptr;

    explicit operator bool() const noexcept { return functions != nullptr; }

    Error last_error(libnv_status status) const {
        return error_of(status, functions ? functions->last_error() : nullptr);
    }

    /* Counts and logs a mistake that nobody is told of. */
    void report(std::string_view name, const Error &error) const noexcept {
        if (!functions) return;
        libnv_error_v1 what = {sizeof what, static_cast<libnv_status>(error.kind()),
                               to_c(error.message()), to_c(error.existing())};
        functions->report(self, to_c(name), &what);
    }
};

/* The registry of the process: the host's, or libnv's own. */
inline Registry process_registry() noexcept {
#ifdef LIBNV_LATE_BIND
    // It works before there is a library, too.
    return {libnv_late_process(), nullptr};
#else
    if (const libnv_api_v1 *api = libnv_api()) return {api->registry, api->process};
    return {};
#endif
}

/* A registry that was opened, until its last container and family are gone. */
class OpenedRegistry {
public:
    OpenedRegistry(const libnv_api_v1 *api, void *self) noexcept : api_(api), self_(self) {}
    OpenedRegistry(const OpenedRegistry &) = delete;
    OpenedRegistry &operator=(const OpenedRegistry &) = delete;
    ~OpenedRegistry() { api_->close(self_); }

private:
    const libnv_api_v1 *api_;
    void *self_;
};

/* What a container adds to all that is declared through it. */
struct Scope {
    std::vector<std::string> prefixes;
    Labels labels;
};

/* A request, with the arrays that it points to. */
class Request {
public:
    Request(std::uint32_t kind, const Scope &scope, std::string_view name, const Options &options,
            const std::vector<std::string> &label_names) {
        append(prefixes_, scope.prefixes);
        append(label_names_, label_names);
        append(aliases_, options.aliases);
        append(states_, options.states);
        append(labels_, scope.labels);
        append(labels_, options.labels);
        request_.struct_size = sizeof request_;
        request_.kind = kind;
        request_.flags = options.shared_cells ? LIBNV_SHARED_CELLS : 0;
        request_.prefixes = prefixes_.data();
        request_.prefix_count = prefixes_.size();
        request_.name = to_c(name);
        request_.help = to_c(options.help);
        request_.unit = to_c(options.unit);
        request_.labels = labels_.data();
        request_.label_count = labels_.size();
        request_.label_names = label_names_.data();
        request_.label_name_count = label_names_.size();
        request_.bounds = options.buckets.empty() ? nullptr : options.buckets.data();
        request_.bound_count = options.buckets.size();
        if (kind == LIBNV_EXPONENTIAL_HISTOGRAM) {
            request_.schema = options.layout.schema;
            request_.min_exponent = options.layout.min_exponent;
            request_.max_exponent = options.layout.max_exponent;
            request_.is_signed = options.layout.is_signed;
        }
        request_.states = states_.data();
        request_.state_count = states_.size();
        request_.aliases = aliases_.data();
        request_.alias_count = aliases_.size();
        request_.limit = options.limit;
    }
    Request(const Request &) = delete;
    Request &operator=(const Request &) = delete;

    const libnv_request_v1 *get() const noexcept { return &request_; }

private:
    static void append(std::vector<libnv_str> &to, const std::vector<std::string> &from) {
        to.reserve(from.size());
        for (const std::string &text : from) to.push_back(to_c(text));
    }

    static void append(std::vector<libnv_label> &to, const Labels &from) {
        to.reserve(to.size() + from.size());
        for (const Label &label : from) to.push_back({to_c(label.name), to_c(label.value)});
    }

    std::vector<libnv_str> prefixes_, label_names_, aliases_, states_;
    std::vector<libnv_label> labels_;
    libnv_request_v1 request_ = {};
};

} // namespace detail
} // namespace LIBNV_NAMESPACE
} // namespace libnv

#endif
