// The socket that connections arrive at.
#pragma once

#include <cstdint>
#include <string>

#include "serve/file_descriptor.hpp"

namespace libnv::http {

class Listener {
public:
    // Listens at an address, which is not a name; where that fails, the listener is not open and
    // `error` says why.
    Listener(const std::string &host, std::uint16_t port, std::string &error);

    bool is_open() const noexcept { return static_cast<bool>(socket_); }
    int get() const noexcept { return socket_.get(); }

    // The port it listens at, also where any was asked for.
    std::uint16_t port() const noexcept { return port_; }

    // The next connection, which does not block; not open where there is none.
    FileDescriptor accept() const noexcept;

private:
    FileDescriptor socket_;
    std::uint16_t port_ = 0;
};

} // namespace libnv::http
