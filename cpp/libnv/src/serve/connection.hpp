// One client: its requests, one after another, and their answers.
#pragma once

#include <string>

#include "serve/file_descriptor.hpp"
#include "serve/limits.hpp"
#include "serve/site.hpp"

namespace libnv::http {

class Connection {
public:
    Connection(FileDescriptor socket, const Limits &limits, Clock::time_point now) noexcept
        : socket_(std::move(socket)), limits_(&limits), since_(now) {}

    int get() const noexcept { return socket_.get(); }

    // What to poll for: POLLIN for requests, POLLOUT while an answer is not sent.
    short events() const noexcept;

    // Reads, answers and writes as far as that goes without waiting.
    void advance(const Page &page, Clock::time_point now);

    // When it has taken too long.
    Clock::time_point deadline() const noexcept;

    // Tells a client that took too long with its request so, and closes the others.
    void time_out(Clock::time_point now);

    // All is said.
    bool is_over() const noexcept { return is_over_; }

    // It waits for a request, since when.
    bool is_waiting() const noexcept { return unsent() == 0; }
    Clock::time_point since() const noexcept { return since_; }

private:
    std::size_t unsent() const noexcept { return answer_.size() - sent_; }
    bool read();
    bool answer(const Page &page, Clock::time_point now);
    void say(std::string answer, bool is_last, Clock::time_point now);
    void write(Clock::time_point now);

    FileDescriptor socket_;
    const Limits *limits_;
    // The beginning of the wait, of the request or of the answer.
    Clock::time_point since_;
    std::string head_;
    std::string answer_;
    std::size_t sent_ = 0;
    bool is_last_ = false;
    // The last answer is sent, and what the client still sends is read until it closes.
    bool is_draining_ = false;
    bool is_over_ = false;
};

} // namespace libnv::http
