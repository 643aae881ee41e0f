#include "serve/server.hpp"

#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <sys/eventfd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>

namespace libnv::http {
namespace {

// While no descriptor is left, how long to wait before the next try.
constexpr auto kFullFor = std::chrono::milliseconds(200);

// Signals are for the program's own threads.
class SignalsBlocked {
public:
    SignalsBlocked() noexcept {
        sigset_t all;
        sigfillset(&all);
        pthread_sigmask(SIG_SETMASK, &all, &before_);
    }
    SignalsBlocked(const SignalsBlocked &) = delete;
    SignalsBlocked &operator=(const SignalsBlocked &) = delete;
    ~SignalsBlocked() { pthread_sigmask(SIG_SETMASK, &before_, nullptr); }

private:
    sigset_t before_;
};

} // namespace

std::unique_ptr<Server> Server::start(const std::string &host, std::uint16_t port, Page page,
                                      std::string &error, const Limits &limits) {
    Listener listener(host, port, error);
    if (!listener.is_open()) return nullptr;
    FileDescriptor wake(eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK));
    if (!wake) {
        error = std::string("can not make an event to stop the server by: ") + std::strerror(errno);
        return nullptr;
    }
    return std::unique_ptr<Server>(
        new Server(std::move(listener), std::move(wake), std::move(page), limits));
}

Server::Server(Listener listener, FileDescriptor wake, Page page, const Limits &limits)
    : listener_(std::move(listener)), wake_(std::move(wake)), page_(std::move(page)),
      limits_(limits), process_(getpid()) {
    SignalsBlocked blocked;
    thread_ = std::thread([this] { run(); });
    pthread_setname_np(thread_.native_handle(), "libnv-serve");
}

Server::~Server() {
    if (getpid() != process_) {
        // In the child of a fork there is no such thread to wait for.
        thread_.detach();
        return;
    }
    eventfd_write(wake_.get(), 1);
    thread_.join();
}

void Server::run() noexcept {
    for (;;) {
        try {
            if (!turn()) return;
        } catch (...) {
            // Out of memory, most likely: whoever asks again may find more.
            connections_.clear();
        }
    }
}

bool Server::turn() {
    bool is_listening = !is_full_;
    std::vector<pollfd> polled;
    polled.reserve(connections_.size() + 2);
    polled.push_back({wake_.get(), POLLIN, 0});
    polled.push_back({is_listening ? listener_.get() : -1, POLLIN, 0});
    for (const Connection &connection : connections_)
        polled.push_back({connection.get(), connection.events(), 0});
    if (poll(polled.data(), polled.size(), patience(Clock::now())) < 0 && errno != EINTR)
        return false;
    if (polled[0].revents != 0) return false;
    is_full_ = false;
    Clock::time_point now = Clock::now();
    for (std::size_t at = 0; at < connections_.size(); ++at) {
        Connection &connection = connections_[at];
        if (polled[at + 2].revents != 0) connection.advance(page_, now);
        if (connection.deadline() <= now) connection.time_out(now);
    }
    auto is_over = [](const Connection &connection) { return connection.is_over(); };
    connections_.erase(std::remove_if(connections_.begin(), connections_.end(), is_over),
                       connections_.end());
    if (polled[1].revents != 0) admit(now);
    return true;
}

void Server::admit(Clock::time_point now) {
    FileDescriptor socket = listener_.accept();
    if (!socket) {
        is_full_ = errno == EMFILE || errno == ENFILE || errno == ENOBUFS || errno == ENOMEM;
        return;
    }
    if (connections_.size() >= limits_.connections) {
        auto waits_longer = [](const Connection &one, const Connection &other) {
            if (one.is_waiting() != other.is_waiting()) return one.is_waiting();
            return one.since() < other.since();
        };
        auto oldest = std::min_element(connections_.begin(), connections_.end(), waits_longer);
        if (oldest == connections_.end() || !oldest->is_waiting()) return;
        connections_.erase(oldest);
    }
    connections_.emplace_back(std::move(socket), limits_, now);
}

// Milliseconds until the next deadline; -1 where there is none.
int Server::patience(Clock::time_point now) const noexcept {
    Clock::time_point next = is_full_ ? now + kFullFor : Clock::time_point::max();
    for (const Connection &connection : connections_) next = std::min(next, connection.deadline());
    if (next == Clock::time_point::max()) return -1;
    auto left = std::chrono::ceil<std::chrono::milliseconds>(next - now).count();
    return static_cast<int>(std::clamp<decltype(left)>(left, 0, 60'000));
}

} // namespace libnv::http
