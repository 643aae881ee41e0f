#include "serve/connection.hpp"

#include <poll.h>
#include <sys/socket.h>

#include <algorithm>
#include <cerrno>

namespace libnv::http {
namespace {

constexpr std::string_view kEndOfHead = "\r\n\r\n";

bool would_block() noexcept {
    return errno == EAGAIN || errno == EWOULDBLOCK || errno == EINTR;
}

} // namespace

short Connection::events() const noexcept {
    return unsent() > 0 ? POLLOUT : POLLIN;
}

Clock::time_point Connection::deadline() const noexcept {
    if (unsent() > 0) return since_ + limits_->response;
    return since_ + (head_.empty() && !is_draining_ ? limits_->idle : limits_->request);
}

void Connection::time_out(Clock::time_point now) {
    if (unsent() > 0 || head_.empty() || is_draining_) {
        is_over_ = true;
        return;
    }
    say(refusal(408, "the request took too long"), true, now);
    write(now);
}

void Connection::advance(const Page &page, Clock::time_point now) {
    if (unsent() > 0) {
        write(now);
    } else {
        bool is_first = head_.empty() && !is_draining_;
        if (!read()) return;
        if (is_first) since_ = now;
    }
    // An answer that could not be sent at once is waited for before the next request is read.
    while (!is_over_ && !is_draining_ && unsent() == 0 && answer(page, now)) write(now);
}

// Takes in what has come; false where that is nothing.
bool Connection::read() {
    char piece[4096];
    ssize_t got = recv(socket_.get(), piece, sizeof piece, 0);
    if (got > 0) {
        if (!is_draining_) head_.append(piece, static_cast<std::size_t>(got));
        return true;
    }
    is_over_ = got == 0 || !would_block();
    return false;
}

// Answers the request that has come; false where there is none, or not all of its head.
bool Connection::answer(const Page &page, Clock::time_point now) {
    std::size_t end = head_.find(kEndOfHead);
    if (std::min(end, head_.size()) > limits_->head_bytes) {
        say(refusal(431, "the head of the request is too long"), true, now);
        return true;
    }
    if (end == head_.npos) return false;
    std::size_t size = end + kEndOfHead.size();
    auto request = parse(std::string_view(head_).substr(0, size));
    if (!request)
        say(refusal(400, "this is no request"), true, now);
    else if (request->is_foreign)
        say(refusal(505, "only HTTP/1.1 is spoken here"), true, now);
    else if (request->has_body)
        say(refusal(413, "no body is needed"), true, now);
    else
        say(http::answer(*request, page), !request->is_kept, now);
    head_.erase(0, size);
    return true;
}

void Connection::say(std::string answer, bool is_last, Clock::time_point now) {
    answer_ = std::move(answer);
    sent_ = 0;
    is_last_ = is_last;
    since_ = now;
}

void Connection::write(Clock::time_point now) {
    while (unsent() > 0) {
        ssize_t put = send(socket_.get(), answer_.data() + sent_, unsent(), MSG_NOSIGNAL);
        if (put < 0) {
            is_over_ = !would_block();
            return;
        }
        sent_ += static_cast<std::size_t>(put);
    }
    std::string().swap(answer_);
    sent_ = 0;
    since_ = now;
    if (is_last_ && !is_draining_) {
        // Closed with bytes unread, the socket would be reset, and the answer might be lost.
        shutdown(socket_.get(), SHUT_WR);
        is_draining_ = true;
        head_.clear();
    }
}

} // namespace libnv::http
