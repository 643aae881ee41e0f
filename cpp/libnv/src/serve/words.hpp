// Words of a header.
#pragma once

#include <string_view>

namespace libnv::http {

// Takes what is before `end` off the text, and `end` too.
std::string_view take(std::string_view &text, std::string_view end);

// The text without the blanks around it.
std::string_view trimmed(std::string_view text);

// Whether it is a text in lower case, in any case.
bool is_same(std::string_view text, std::string_view lower);

} // namespace libnv::http
