/* A page for programs that have no server. */
#ifndef LIBNV_CPP_SERVER_HPP
#define LIBNV_CPP_SERVER_HPP

#include <cstdint>
#include <string>
#include <utility>

#include "../api.h"
#include "result.hpp"

namespace libnv {
inline namespace LIBNV_NAMESPACE {

/* Where to serve. */
struct ServeOptions {
    /* An address; not a name. */
    std::string host = "127.0.0.1";
    /* 0: any that is free. */
    std::uint16_t port = 0;
};

/* Serves `/metrics`, `/health`, `/liveness` and `/readiness`, until this is destroyed. */
class [[nodiscard]] Server {
public:
    Server(Server &&other) noexcept
        : api_(other.api_), server_(std::exchange(other.server_, nullptr)) {}
    Server &operator=(Server &&other) noexcept {
        std::swap(api_, other.api_);
        std::swap(server_, other.server_);
        return *this;
    }
    Server(const Server &) = delete;
    Server &operator=(const Server &) = delete;
    ~Server() {
        if (server_) api_->stop(server_);
    }

    /* The port that it listens at. */
    std::uint16_t port() const noexcept { return server_ ? api_->port(server_) : 0; }

private:
    friend Result<Server> serve(const ServeOptions &options);

    Server(const libnv_api_v1 *api, libnv_server *server) noexcept : api_(api), server_(server) {}

    const libnv_api_v1 *api_;
    libnv_server *server_;
};

/* Serves the page of the process, on a thread of its own. */
inline Result<Server> serve(const ServeOptions &options = {}) {
    const libnv_api_v1 *api = libnv_api();
    if (!api) return detail::unavailable();
    libnv_serve_v1 asked = {sizeof asked, detail::to_c(options.host), options.port};
    libnv_server *server = nullptr;
    libnv_status status = api->serve(&asked, &server);
    if (status != LIBNV_OK) return detail::error_of(status, api->last_error());
    return Server(api, server);
}

} // namespace LIBNV_NAMESPACE
} // namespace libnv

#endif
