// What was wrong with the last call of a thread, and the border that no exception crosses.
#pragma once

#include <exception>
#include <string_view>

#include <libnv/libnv.h>

namespace libnv::api {

// The last refusal of the calling thread.
const libnv_error_v1 *last_error() noexcept;

// Notes a refusal, and returns its status. What does not fit into memory is left out.
libnv_status refuse(libnv_status status, std::string_view message,
                    std::string_view existing = {}) noexcept;

// Notes a refusal of another registry, told by its own `last_error`, as this one's.
libnv_status carry(libnv_status status, const libnv_registry_v1 &from) noexcept;

// Runs `body`, and turns whatever it throws into LIBNV_INTERNAL.
template <typename Body>
libnv_status guarded(Body body) noexcept {
    try {
        return body();
    } catch (const std::exception &error) {
        return refuse(LIBNV_INTERNAL, error.what());
    } catch (...) {
        return refuse(LIBNV_INTERNAL, "an exception of an unknown type");
    }
}

} // namespace libnv::api
