// Paths and their answers.
#pragma once

#include <cstdint>
#include <functional>
#include <string>

#include "serve/request.hpp"

namespace libnv::http {

// Appends the page of metrics, in LIBNV_TEXT or LIBNV_OPENMETRICS; false where it can not be
// written so.
using Page = std::function<bool(std::uint32_t format, std::string &out)>;

// A whole answer to a request, head and body; without a body for HEAD.
std::string answer(const Request &request, const Page &page);

// What a client is told who sent no request that could be answered; the connection is closed.
std::string refusal(int status, std::string_view text);

} // namespace libnv::http
