#include "serve/site.hpp"

#include <libnv/libnv.h>

#include "serve/accept.hpp"

namespace libnv::http {
namespace {

constexpr std::string_view kIndex = "/metrics     all metrics of this process\n"
                                    "/health      that it runs; as /liveness and /readiness\n";

constexpr std::string_view kPlain = "text/plain; charset=utf-8";
constexpr std::string_view kJson = "application/json";
constexpr std::string_view kText = "text/plain; version=0.0.4; charset=utf-8";
constexpr std::string_view kOpenMetrics =
    "application/openmetrics-text; version=1.0.0; charset=utf-8";

std::string_view reason(int status) {
    switch (status) {
    case 200:
        return "OK";
    case 400:
        return "Bad Request";
    case 404:
        return "Not Found";
    case 405:
        return "Method Not Allowed";
    case 408:
        return "Request Timeout";
    case 413:
        return "Content Too Large";
    case 431:
        return "Request Header Fields Too Large";
    case 505:
        return "HTTP Version Not Supported";
    default:
        return "Internal Server Error";
    }
}

struct Answer {
    int status = 200;
    std::string_view type = kPlain;
    std::string body = {};
};

// The page in the format that is wanted, or in text, which every registry writes.
Answer metrics(const Request &request, const Page &page) {
    Answer answer{200, kOpenMetrics};
    if (format_of(request.accept) == LIBNV_OPENMETRICS && page(LIBNV_OPENMETRICS, answer.body))
        return answer;
    answer = {200, kText};
    if (!page(LIBNV_TEXT, answer.body)) return {500, kPlain, "the page can not be written\n"};
    return answer;
}

Answer find(const Request &request, const Page &page) {
    std::string_view path = request.path;
    bool is_known = path == "/" || path == "/metrics" || path == "/health" || path == "/liveness" ||
                    path == "/readiness";
    if (!is_known)
        return {404, kPlain, "no such path: " + std::string(path) + "\n\n" + std::string(kIndex)};
    if (request.method != "GET" && request.method != "HEAD")
        return {405, kPlain,
                std::string(path) + " can be read with GET or HEAD, not with " +
                    std::string(request.method) + "\n"};
    if (path == "/") return {200, kPlain, std::string(kIndex)};
    if (path == "/health") return {200, kJson, "{\"status\":\"healthy\"}\n"};
    if (path == "/liveness") return {200, kJson, "{\"status\":\"live\"}\n"};
    if (path == "/readiness") return {200, kJson, "{\"status\":\"ready\"}\n"};
    return metrics(request, page);
}

std::string written(const Answer &answer, bool is_kept, bool has_body) {
    std::string text = "HTTP/1.1 " + std::to_string(answer.status) + " ";
    text.append(reason(answer.status)).append("\r\nContent-Type: ").append(answer.type);
    text.append("\r\nContent-Length: ").append(std::to_string(answer.body.size()));
    text.append("\r\nCache-Control: no-store\r\n");
    if (answer.status == 405) text.append("Allow: GET, HEAD\r\n");
    if (!is_kept) text.append("Connection: close\r\n");
    text.append("\r\n");
    if (has_body) text.append(answer.body);
    return text;
}

} // namespace

std::string answer(const Request &request, const Page &page) {
    return written(find(request, page), request.is_kept, request.method != "HEAD");
}

std::string refusal(int status, std::string_view text) {
    return written({status, kPlain, std::string(text) + "\n"}, false, true);
}

} // namespace libnv::http
