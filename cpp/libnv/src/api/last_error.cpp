#include "api/last_error.hpp"

#include <memory>
#include <new>
#include <string>

#include "api/text.hpp"

namespace libnv::api {
namespace {

struct Refusal {
    std::string message;
    std::string existing;
    libnv_error_v1 seen{sizeof(libnv_error_v1), LIBNV_OK, {}, {}};
};

// One pointer: static thread-local storage, which a library that is opened has to share, is
// scarce. Null where there is no memory.
Refusal *of_this_thread() noexcept {
    thread_local std::unique_ptr<Refusal> refusal;
    if (refusal == nullptr) refusal.reset(new (std::nothrow) Refusal);
    return refusal.get();
}

void assign(std::string &to, std::string_view text) noexcept try { to.assign(text); } catch (...) {
    to.clear();
}

} // namespace

const libnv_error_v1 *last_error() noexcept {
    static constexpr libnv_error_v1 kUnknown = {sizeof(libnv_error_v1), LIBNV_INTERNAL, {}, {}};
    const Refusal *const mine = of_this_thread();
    return mine == nullptr ? &kUnknown : &mine->seen;
}

libnv_status refuse(libnv_status status, std::string_view message,
                    std::string_view existing) noexcept {
    if (Refusal *const mine = of_this_thread()) {
        assign(mine->message, message);
        assign(mine->existing, existing);
        mine->seen = {sizeof(libnv_error_v1), status, to_str(mine->message),
                      to_str(mine->existing)};
    }
    return status;
}

libnv_status carry(libnv_status status, const libnv_registry_v1 &from) noexcept {
    if (status == LIBNV_OK) return status;
    const libnv_error_v1 *error = from.last_error();
    if (error == last_error()) return status;
    if (error == nullptr || error->status != status) return refuse(status, {});
    return refuse(status, to_view(error->message), to_view(error->existing));
}

} // namespace libnv::api
