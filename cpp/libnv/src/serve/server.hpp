// A server of one page, on one thread.
#pragma once

#include <sys/types.h>

#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "serve/connection.hpp"
#include "serve/listener.hpp"

namespace libnv::http {

class Server {
public:
    // Starts to serve at an address; null where that fails, and `error` says why. The page is
    // written on the server's thread.
    static std::unique_ptr<Server> start(const std::string &host, std::uint16_t port, Page page,
                                         std::string &error, const Limits &limits = {});

    Server(const Server &) = delete;
    Server &operator=(const Server &) = delete;

    // Closes all connections, and waits for the page that is being written.
    ~Server();

    std::uint16_t port() const noexcept { return listener_.port(); }

private:
    Server(Listener listener, FileDescriptor wake, Page page, const Limits &limits);

    void run() noexcept;
    // Waits for something to happen, and lets it; false when it is time to stop.
    bool turn();
    void admit(Clock::time_point now);
    int patience(Clock::time_point now) const noexcept;

    Listener listener_;
    // Readable when it is time to stop.
    FileDescriptor wake_;
    Page page_;
    Limits limits_;
    std::vector<Connection> connections_;
    // The process has no descriptor left for a connection: wait for one to be closed.
    bool is_full_ = false;
    pid_t process_;
    std::thread thread_;
};

} // namespace libnv::http
