/* Texts across the C ABI. */
#ifndef LIBNV_CPP_TEXT_HPP
#define LIBNV_CPP_TEXT_HPP

#include <string>
#include <string_view>

#include "../libnv.h"
#include "namespace.hpp"

namespace libnv {
inline namespace LIBNV_NAMESPACE {
namespace detail {

inline libnv_str to_c(std::string_view text) noexcept {
    return {text.data(), text.size()};
}

inline std::string from_c(libnv_str text) {
    return text.len == 0 ? std::string() : std::string(text.data, text.len);
}

inline std::string from_c(const char *text) {
    return text ? std::string(text) : std::string();
}

/* A sink that appends to the string that is its context. */
inline void append_to_string(void *context, const char *data, size_t len) noexcept {
    static_cast<std::string *>(context)->append(data, len);
}

} // namespace detail
} // namespace LIBNV_NAMESPACE
} // namespace libnv

#endif
