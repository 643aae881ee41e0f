#include "serve/listener.hpp"

#include <arpa/inet.h>
#include <netdb.h>
#include <netinet/in.h>
#include <sys/socket.h>

#include <cerrno>
#include <cstring>
#include <memory>

namespace libnv::http {
namespace {

constexpr int kBacklog = 128;

struct Free {
    void operator()(addrinfo *found) const noexcept { freeaddrinfo(found); }
};
using Address = std::unique_ptr<addrinfo, Free>;

Address resolve(const std::string &host, std::uint16_t port, std::string &error) {
    addrinfo hints{};
    hints.ai_family = AF_UNSPEC;
    hints.ai_socktype = SOCK_STREAM;
    hints.ai_flags = AI_NUMERICHOST | AI_NUMERICSERV | AI_PASSIVE;
    addrinfo *found = nullptr;
    int failed = getaddrinfo(host.c_str(), std::to_string(port).c_str(), &hints, &found);
    if (failed != 0) error = gai_strerror(failed);
    return Address(failed == 0 ? found : nullptr);
}

std::uint16_t port_of(int socket) noexcept {
    sockaddr_storage bound{};
    socklen_t length = sizeof bound;
    if (getsockname(socket, reinterpret_cast<sockaddr *>(&bound), &length) != 0) return 0;
    return ntohs(bound.ss_family == AF_INET6 ? reinterpret_cast<sockaddr_in6 *>(&bound)->sin6_port
                                             : reinterpret_cast<sockaddr_in *>(&bound)->sin_port);
}

FileDescriptor listen_at(const addrinfo &address, std::string &error) {
    FileDescriptor socket(
        ::socket(address.ai_family, address.ai_socktype | SOCK_CLOEXEC | SOCK_NONBLOCK, 0));
    int on = 1;
    if (socket && setsockopt(socket.get(), SOL_SOCKET, SO_REUSEADDR, &on, sizeof on) == 0 &&
        bind(socket.get(), address.ai_addr, address.ai_addrlen) == 0 &&
        listen(socket.get(), kBacklog) == 0)
        return socket;
    error = std::strerror(errno);
    return {};
}

} // namespace

Listener::Listener(const std::string &host, std::uint16_t port, std::string &error) {
    Address address = resolve(host, port, error);
    if (address) socket_ = listen_at(*address, error);
    if (socket_)
        port_ = port_of(socket_.get());
    else
        error = "can not listen at " + host + " port " + std::to_string(port) + ": " + error;
}

FileDescriptor Listener::accept() const noexcept {
    return FileDescriptor(accept4(socket_.get(), nullptr, nullptr, SOCK_CLOEXEC | SOCK_NONBLOCK));
}

} // namespace libnv::http
