// The head of a request.
#pragma once

#include <optional>
#include <string_view>

namespace libnv::http {

struct Request {
    std::string_view method;
    // Without its query.
    std::string_view path;
    // The formats that the client wants; empty where it does not say.
    std::string_view accept;
    // The client sends another request over this connection.
    bool is_kept = false;
    // A body follows, which nobody here reads.
    bool has_body = false;
    // The version is none of HTTP/1.
    bool is_foreign = false;
};

// Reads a head, up to its empty line; nothing where it is none.
std::optional<Request> parse(std::string_view head);

} // namespace libnv::http
