// A client that sends what it is told, byte by byte if need be, and reads what comes back.
#pragma once

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>

#include <cstdint>
#include <string>
#include <string_view>

#include "serve/file_descriptor.hpp"

namespace libnv::test {

class HttpClient {
public:
    explicit HttpClient(std::uint16_t port) : socket_(socket(AF_INET, SOCK_STREAM, 0)) {
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_port = htons(port);
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        is_connected_ =
            connect(socket_.get(), reinterpret_cast<sockaddr *>(&address), sizeof address) == 0;
    }

    bool is_connected() const { return is_connected_; }

    void send(std::string_view text) const {
        while (!text.empty()) {
            ssize_t put = ::send(socket_.get(), text.data(), text.size(), MSG_NOSIGNAL);
            if (put <= 0) return;
            text.remove_prefix(static_cast<std::size_t>(put));
        }
    }

    // All that comes until the server closes.
    std::string read_to_end() const {
        std::string all;
        while (read_some(all)) {
        }
        return all;
    }

    // What comes until the text so far ends in `end`, or the server closes.
    std::string read_until(std::string_view end) const {
        std::string all;
        while (all.size() < end.size() || all.substr(all.size() - end.size()) != end)
            if (!read_some(all)) break;
        return all;
    }

private:
    bool read_some(std::string &all) const {
        char piece[4096];
        ssize_t got = recv(socket_.get(), piece, sizeof piece, 0);
        if (got > 0) all.append(piece, static_cast<std::size_t>(got));
        return got > 0;
    }

    http::FileDescriptor socket_;
    bool is_connected_;
};

// Sends one request over a connection of its own, and returns all that comes back.
inline std::string ask(std::uint16_t port, std::string_view request) {
    HttpClient client(port);
    client.send(request);
    return client.read_to_end();
}

// GETs a path over a connection of its own.
inline std::string get(std::uint16_t port, std::string_view path) {
    return ask(port, "GET " + std::string(path) + " HTTP/1.1\r\nConnection: close\r\n\r\n");
}

} // namespace libnv::test
