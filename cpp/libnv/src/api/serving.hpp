// The page of the process over HTTP.
#pragma once

#include <cstdint>

#include <libnv/libnv.h>

namespace libnv::api {

libnv_status serve(const libnv_serve_v1 *options, libnv_server **out) noexcept;
std::uint16_t port(const libnv_server *server) noexcept;
void stop(libnv_server *server) noexcept;

} // namespace libnv::api
