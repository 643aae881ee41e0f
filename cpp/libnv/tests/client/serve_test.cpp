// The server, as its clients see it.
#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <atomic>

#include <libnv/libnv.h>

#include "client/http_client.hpp"
#include "serve/server.hpp"

namespace libnv::test {
namespace {

using http::Limits;
using http::Server;

bool write_page(std::uint32_t format, std::string &out) {
    if (format == LIBNV_OPENMETRICS) {
        out += "requests 1\n# EOF\n";
        return true;
    }
    out += "requests_total 1\n";
    return true;
}

std::unique_ptr<Server> started(const Limits &limits = {}, http::Page page = write_page) {
    std::string error;
    auto server = Server::start("127.0.0.1", 0, std::move(page), error, limits);
    EXPECT_EQ(error, "");
    return server;
}

std::string status_of(const std::string &answer) {
    return answer.substr(0, answer.find("\r\n"));
}

std::string body_of(const std::string &answer) {
    return answer.substr(answer.find("\r\n\r\n") + 4);
}

TEST(Serve, ThePageIsPrometheusText) {
    auto server = started();
    std::string answer = get(server->port(), "/metrics");
    EXPECT_EQ(status_of(answer), "HTTP/1.1 200 OK");
    EXPECT_NE(answer.find("Content-Type: text/plain; version=0.0.4; charset=utf-8\r\n"),
              std::string::npos);
    EXPECT_NE(answer.find("Content-Length: 17\r\n"), std::string::npos);
    EXPECT_EQ(body_of(answer), "requests_total 1\n");
}

TEST(Serve, ThePageIsOpenMetricsForWhoWantsThat) {
    auto server = started();
    const std::string answer =
        ask(server->port(), "GET /metrics HTTP/1.1\r\nConnection: close\r\n"
                            "Accept: application/openmetrics-text;version=1.0.0,*/*;q=0.1\r\n\r\n");
    EXPECT_NE(
        answer.find("Content-Type: application/openmetrics-text; version=1.0.0; charset=utf-8\r\n"),
        std::string::npos);
    EXPECT_EQ(body_of(answer), "requests 1\n# EOF\n");
}

TEST(Serve, APageThatIsNoOpenMetricsIsText) {
    auto server = started({}, [](std::uint32_t format, std::string &out) {
        return format == LIBNV_TEXT && write_page(format, out);
    });
    const std::string answer = ask(server->port(), "GET /metrics HTTP/1.1\r\nConnection: close\r\n"
                                                   "Accept: application/openmetrics-text\r\n\r\n");
    EXPECT_NE(answer.find("Content-Type: text/plain;"), std::string::npos);
    EXPECT_EQ(body_of(answer), "requests_total 1\n");
}

TEST(Serve, AQueryIsIgnored) {
    auto server = started();
    EXPECT_EQ(body_of(get(server->port(), "/metrics?name=x")), "requests_total 1\n");
}

TEST(Serve, HealthIsJson) {
    auto server = started();
    EXPECT_EQ(body_of(get(server->port(), "/health")), "{\"status\":\"healthy\"}\n");
    EXPECT_EQ(body_of(get(server->port(), "/liveness")), "{\"status\":\"live\"}\n");
    EXPECT_EQ(body_of(get(server->port(), "/readiness")), "{\"status\":\"ready\"}\n");
}

TEST(Serve, AHeadHasTheLengthButNotTheBody) {
    auto server = started();
    std::string answer = ask(server->port(), "HEAD /metrics HTTP/1.1\r\nConnection: close\r\n\r\n");
    EXPECT_NE(answer.find("Content-Length: 17\r\n"), std::string::npos);
    EXPECT_EQ(body_of(answer), "");
}

TEST(Serve, AWrongPathIsToldWhichThereAre) {
    auto server = started();
    std::string answer = get(server->port(), "/metric");
    EXPECT_EQ(status_of(answer), "HTTP/1.1 404 Not Found");
    EXPECT_EQ(body_of(answer).substr(0, 28), "no such path: /metric\n\n/metr");
}

TEST(Serve, OtherMethodsAreRefusedWithThoseAllowed) {
    auto server = started();
    std::string answer =
        ask(server->port(), "DELETE /metrics HTTP/1.1\r\nConnection: close\r\n\r\n");
    EXPECT_EQ(status_of(answer), "HTTP/1.1 405 Method Not Allowed");
    EXPECT_NE(answer.find("Allow: GET, HEAD\r\n"), std::string::npos);
}

TEST(Serve, WhatIsNoRequestIsRefusedAndTheConnectionClosed) {
    auto server = started();
    for (const char *wrong : {"hello\r\n\r\n", "GET /metrics\r\n\r\n", "GET x HTTP/1.1\r\n\r\n",
                              "GET /metrics HTTP/1.1\r\nno colon\r\n\r\n",
                              "GET /metrics HTTP/1.1\r\nbad name: 1\r\n\r\n"})
        EXPECT_EQ(status_of(ask(server->port(), wrong)), "HTTP/1.1 400 Bad Request") << wrong;
}

TEST(Serve, OtherVersionsAndBodiesAreRefused) {
    auto server = started();
    EXPECT_EQ(status_of(ask(server->port(), "GET /metrics HTTP/2.0\r\n\r\n")),
              "HTTP/1.1 505 HTTP Version Not Supported");
    EXPECT_EQ(
        status_of(ask(server->port(), "POST /metrics HTTP/1.1\r\nContent-Length: 5\r\n\r\nhello")),
        "HTTP/1.1 413 Content Too Large");
    EXPECT_EQ(
        status_of(ask(server->port(),
                      "GET /metrics HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n")),
        "HTTP/1.1 413 Content Too Large");
    EXPECT_EQ(status_of(ask(server->port(), "GET /metrics HTTP/1.1\r\nContent-Length: 0\r\n"
                                            "Connection: close\r\n\r\n")),
              "HTTP/1.1 200 OK");
}

TEST(Serve, AHeadBeyondTheLimitIsRefused) {
    Limits limits;
    limits.head_bytes = 64;
    auto server = started(limits);
    std::string endless(100, 'x');
    EXPECT_EQ(status_of(ask(server->port(), "GET /" + endless)),
              "HTTP/1.1 431 Request Header Fields Too Large");
    EXPECT_EQ(status_of(get(server->port(), "/metrics")), "HTTP/1.1 200 OK");
}

TEST(Serve, ARequestThatNeverEndsIsToldSo) {
    Limits limits;
    limits.request = std::chrono::milliseconds(1);
    auto server = started(limits);
    EXPECT_EQ(status_of(ask(server->port(), "GET /metrics HT")), "HTTP/1.1 408 Request Timeout");
}

TEST(Serve, AConnectionThatIsIdleIsClosedWithoutAWord) {
    Limits limits;
    limits.idle = std::chrono::milliseconds(1);
    auto server = started(limits);
    EXPECT_EQ(ask(server->port(), ""), "");
}

TEST(Serve, AConnectionServesOneRequestAfterAnother) {
    auto server = started();
    HttpClient client(server->port());
    client.send("GET /metrics HTTP/1.1\r\n\r\n");
    client.read_until("requests_total 1\n");
    client.send("GET /health HTTP/1.1\r\n\r\n");
    EXPECT_EQ(status_of(client.read_until("\"}\n")), "HTTP/1.1 200 OK");
}

TEST(Serve, RequestsThatComeAtOnceAreAnsweredInTheirOrder) {
    auto server = started();
    std::string answers = ask(server->port(), "GET /metrics HTTP/1.1\r\n\r\n"
                                              "GET /health HTTP/1.1\r\n\r\n"
                                              "GET /nowhere HTTP/1.1\r\nConnection: close\r\n\r\n");
    std::size_t first = answers.find("requests_total 1");
    std::size_t second = answers.find("healthy");
    std::size_t third = answers.find("no such path");
    EXPECT_LT(first, second);
    EXPECT_LT(second, third);
    EXPECT_NE(third, std::string::npos);
}

TEST(Serve, ARequestMayComeByteByByte) {
    auto server = started();
    HttpClient client(server->port());
    for (char byte : std::string("GET /metrics HTTP/1.0\r\n\r\n")) client.send({&byte, 1});
    EXPECT_EQ(body_of(client.read_to_end()), "requests_total 1\n");
}

TEST(Serve, APageOfManyMegabytesArrivesWhole) {
    std::string large(8 << 20, '#');
    auto server = started({}, [&](std::uint32_t, std::string &out) {
        out += large;
        return true;
    });
    EXPECT_EQ(body_of(get(server->port(), "/metrics")).size(), large.size());
}

TEST(Serve, APageThatCanNotBeWrittenIsAnError) {
    auto server = started({}, [](std::uint32_t, std::string &) { return false; });
    EXPECT_EQ(status_of(get(server->port(), "/metrics")), "HTTP/1.1 500 Internal Server Error");
}

TEST(Serve, APageThatThrowsLeavesTheServerRunning) {
    std::atomic<bool> is_broken{true};
    auto server = started({}, [&](std::uint32_t format, std::string &out) {
        if (is_broken) throw 42;
        return write_page(format, out);
    });
    EXPECT_EQ(get(server->port(), "/metrics"), "");
    is_broken = false;
    EXPECT_EQ(body_of(get(server->port(), "/metrics")), "requests_total 1\n");
}

TEST(Serve, AtTheLimitTheConnectionThatWaitedLongestIsClosed) {
    Limits limits;
    limits.connections = 2;
    auto server = started(limits);
    HttpClient first(server->port());
    first.send("GET /health HTTP/1.1\r\n\r\n");
    first.read_until("\"}\n");
    HttpClient second(server->port());
    second.send("GET /health HTTP/1.1\r\n\r\n");
    second.read_until("\"}\n");
    EXPECT_EQ(status_of(get(server->port(), "/metrics")), "HTTP/1.1 200 OK");
    EXPECT_EQ(first.read_to_end(), "");
    second.send("GET /metrics HTTP/1.1\r\n\r\n");
    EXPECT_EQ(status_of(second.read_until("requests_total 1\n")), "HTTP/1.1 200 OK");
}

TEST(Serve, APortInUseIsRefusedWithItsNumber) {
    auto server = started();
    std::string error;
    EXPECT_EQ(Server::start("127.0.0.1", server->port(), write_page, error), nullptr);
    EXPECT_EQ(error, "can not listen at 127.0.0.1 port " + std::to_string(server->port()) +
                         ": Address already in use");
}

TEST(Serve, ANameIsNoAddress) {
    std::string error;
    EXPECT_EQ(Server::start("localhost", 0, write_page, error), nullptr);
    EXPECT_EQ(error.substr(0, 36), "can not listen at localhost port 0: ");
}

TEST(Serve, AStoppedServerFreesItsPortWithConnectionsOpen) {
    auto server = started();
    std::uint16_t port = server->port();
    HttpClient client(port);
    client.send("GET /health HTTP/1.1\r\n\r\n");
    client.read_until("\"}\n");
    server.reset();
    EXPECT_EQ(client.read_to_end(), "");
    std::string error;
    EXPECT_NE(Server::start("127.0.0.1", port, write_page, error), nullptr) << error;
}

TEST(Serve, ItsDescriptorsAreNotForOtherPrograms) {
    auto server = started();
    HttpClient client(server->port());
    client.send("GET /health HTTP/1.1\r\n\r\n");
    client.read_until("\"}\n");
    int sockets = 0;
    for (int number = 3; number < 256; ++number) {
        int flags = fcntl(number, F_GETFD);
        if (flags >= 0 && (flags & FD_CLOEXEC)) ++sockets;
    }
    // The listener, the event and the server's end of the connection.
    EXPECT_EQ(sockets, 3);
}

TEST(Serve, AForkedChildStopsItWithoutWaiting) {
    auto server = started();
    pid_t child = fork();
    if (child == 0) {
        server.reset();
        _exit(0);
    }
    int status = -1;
    waitpid(child, &status, 0);
    EXPECT_EQ(status, 0);
    EXPECT_EQ(status_of(get(server->port(), "/health")), "HTTP/1.1 200 OK");
}

} // namespace
} // namespace libnv::test
