// Texts and floats as messages quote them: as Rust's `{:?}` and `{}` do, so that
// the same mistake reads the same in both languages.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace libnv::registry {

/// The text in quotes, with everything escaped that can not be seen.
std::string quoted(std::string_view text);

/// A list of texts in quotes: `["a", "b"]`.
std::string quoted(const std::vector<std::string> &texts);

/// A list of floats, each with a fraction or an exponent: `[0.1, 1.0, 1e16]`.
std::string quoted(const std::vector<double> &floats);

/// A float without an exponent and without a fraction that it does not have.
std::string shown(double number);

/// The length of the UTF-8 character at the beginning of `text`; 0 where there is none.
std::size_t character_length(std::string_view text) noexcept;

/// True where all of the text is UTF-8.
bool is_utf8(std::string_view text) noexcept;

} // namespace libnv::registry
