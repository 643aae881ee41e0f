// Text that crosses the ABI.
#pragma once

#include <string>
#include <string_view>

#include <libnv/libnv.h>

namespace libnv::api {

inline libnv_str to_str(std::string_view text) noexcept {
    return {text.data(), text.size()};
}

inline std::string_view to_view(const libnv_str &text) noexcept {
    return text.data == nullptr ? std::string_view() : std::string_view(text.data, text.len);
}

} // namespace libnv::api
