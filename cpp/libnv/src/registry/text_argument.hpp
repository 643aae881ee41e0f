// Texts that cross the ABI.
#pragma once

#include <string_view>
#include <vector>

#include <libnv/libnv.h>

namespace libnv::registry {

/// The text, or LIBNV_INVALID_ARGUMENT with `what` it is where it is null, too long or
/// not UTF-8.
std::string_view text_argument(const libnv_str &text, const char *what);

/// The texts of an array.
std::vector<std::string_view> text_arguments(const libnv_str *texts, std::size_t count,
                                             const char *what);

/// A text for the other side of the ABI; valid as long as `text`.
inline libnv_str borrowed(std::string_view text) noexcept {
    return {text.data(), text.size()};
}

} // namespace libnv::registry
