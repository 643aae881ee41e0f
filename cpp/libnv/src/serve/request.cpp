#include "serve/request.hpp"

#include "serve/words.hpp"

namespace libnv::http {
namespace {

// A word of a list with commas.
bool has_word(std::string_view list, std::string_view lower) {
    while (!list.empty())
        if (is_same(trimmed(take(list, ",")), lower)) return true;
    return false;
}

} // namespace

std::optional<Request> parse(std::string_view head) {
    std::string_view line = take(head, "\r\n");
    Request request;
    request.method = take(line, " ");
    request.path = take(line, " ");
    if (request.method.empty() || request.path.empty() || request.path[0] != '/')
        return std::nullopt;
    if (line.substr(0, 5) != "HTTP/") return std::nullopt;
    request.is_foreign = line != "HTTP/1.1" && line != "HTTP/1.0";
    request.is_kept = line == "HTTP/1.1";
    request.path = request.path.substr(0, request.path.find('?'));
    while (!head.empty()) {
        std::string_view value = take(head, "\r\n");
        if (value.empty()) break;
        if (value.find(':') == value.npos) return std::nullopt;
        std::string_view name = take(value, ":");
        value = trimmed(value);
        if (name.empty() || name.find_first_of(" \t") != name.npos) return std::nullopt;
        if (is_same(name, "connection")) {
            if (has_word(value, "close")) request.is_kept = false;
            if (has_word(value, "keep-alive")) request.is_kept = true;
        } else if (is_same(name, "accept")) {
            if (request.accept.empty()) request.accept = value;
        } else if (is_same(name, "content-length")) {
            request.has_body |= value.find_first_not_of('0') != value.npos;
        } else if (is_same(name, "transfer-encoding")) {
            request.has_body = true;
        }
    }
    return request;
}

} // namespace libnv::http
