#include "api/serving.hpp"

#include <algorithm>
#include <cstring>
#include <memory>
#include <string>
#include <string_view>

#include "api/last_error.hpp"
#include "api/process.hpp"
#include "api/registry_table.hpp"
#include "api/text.hpp"
#include "serve/server.hpp"

namespace libnv::api {
namespace {

void append(void *context, const char *data, std::size_t len) {
    static_cast<std::string *>(context)->append(data, len);
}

// The last line of OpenMetrics, after which nothing may come.
constexpr std::string_view kEnd = "# EOF\n";

// The page of the process, and under it what the library says of itself, where it does.
bool write_page(std::uint32_t format, std::string &out) {
    const libnv_registry_v1 &process = registry_table();
    std::string page, own;
    if (process.write_page(Process::handle(), format, append, &page) != LIBNV_OK) return false;
    const bool has_own =
        process.write_self_page(Process::handle(), format, append, &own) == LIBNV_OK;
    const bool has_end = has_own && page.size() >= kEnd.size() &&
                         page.compare(page.size() - kEnd.size(), kEnd.size(), kEnd) == 0;
    out.append(page, 0, page.size() - (has_end ? kEnd.size() : 0)).append(has_own ? own : "");
    return true;
}

http::Server &server_of(const libnv_server *server) noexcept {
    return *reinterpret_cast<http::Server *>(const_cast<libnv_server *>(server));
}

} // namespace

libnv_status serve(const libnv_serve_v1 *options, libnv_server **out) noexcept {
    return guarded([&]() -> libnv_status {
        if (out == nullptr)
            return refuse(LIBNV_INVALID_ARGUMENT, "cannot serve without a place for the server");
        libnv_serve_v1 asked{};
        if (options != nullptr) {
            std::memcpy(&asked, options, std::min(options->struct_size, sizeof asked));
        }
        const std::string_view host = to_view(asked.host);
        std::string error;
        auto server = http::Server::start(host.empty() ? "127.0.0.1" : std::string(host),
                                          asked.port, write_page, error);
        if (server == nullptr) return refuse(LIBNV_IO, error);
        *out = reinterpret_cast<libnv_server *>(server.release());
        return LIBNV_OK;
    });
}

std::uint16_t port(const libnv_server *server) noexcept {
    return server == nullptr ? std::uint16_t{0} : server_of(server).port();
}

void stop(libnv_server *server) noexcept {
    guarded([&]() -> libnv_status {
        if (server != nullptr) delete &server_of(server);
        return LIBNV_OK;
    });
}

} // namespace libnv::api
