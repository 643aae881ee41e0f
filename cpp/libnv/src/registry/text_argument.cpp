#include "registry/text_argument.hpp"

#include <string>

#include "registry/error.hpp"
#include "registry/quoted.hpp"

namespace libnv::registry {
namespace {

[[noreturn]] void refuse(const char *what, const char *why) {
    throw Error(LIBNV_INVALID_ARGUMENT, std::string(what) + " can not be used: " + why);
}

} // namespace

std::string_view text_argument(const libnv_str &text, const char *what) {
    if (text.len == 0) {
        return {};
    }
    if (text.data == nullptr) {
        refuse(what, "it is null");
    }
    if (text.len > LIBNV_LONGEST_TEXT) {
        refuse(what, "it is longer than 1 MiB");
    }
    const std::string_view view(text.data, text.len);
    if (!is_utf8(view)) {
        refuse(what, "it is not UTF-8");
    }
    return view;
}

std::vector<std::string_view> text_arguments(const libnv_str *texts, std::size_t count,
                                             const char *what) {
    if (count != 0 && texts == nullptr) {
        refuse(what, "the list is null");
    }
    std::vector<std::string_view> all;
    all.reserve(count);
    for (std::size_t at = 0; at < count; ++at) {
        all.push_back(text_argument(texts[at], what));
    }
    return all;
}

} // namespace libnv::registry
