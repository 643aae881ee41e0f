#include "serve/words.hpp"

#include <strings.h>

namespace libnv::http {

std::string_view take(std::string_view &text, std::string_view end) {
    std::size_t at = text.find(end);
    std::string_view taken = text.substr(0, at);
    text.remove_prefix(at == text.npos ? text.size() : at + end.size());
    return taken;
}

std::string_view trimmed(std::string_view text) {
    std::size_t first = text.find_first_not_of(" \t");
    if (first == text.npos) return {};
    return text.substr(first, text.find_last_not_of(" \t") - first + 1);
}

bool is_same(std::string_view text, std::string_view lower) {
    return text.size() == lower.size() && strncasecmp(text.data(), lower.data(), lower.size()) == 0;
}

} // namespace libnv::http
