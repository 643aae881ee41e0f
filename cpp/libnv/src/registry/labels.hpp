// Labels from outside: sanitised, and checked for reserved and double names; and the
// text that they are kept as.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace libnv::registry {

using Label = std::pair<std::string, std::string>;

/// The label of the series for all that are too many.
inline constexpr std::string_view kOverflow = "overflow";

/// Returns a label name as it is exposed; throws where it is invalid or reserved.
std::string check_label_name(std::string_view name);

/// Puts a label behind the others, or throws where its name is wrong or there already.
void add_label(std::vector<Label> &labels, std::string_view name, std::string_view value);

/// The text of labels whose names were checked: `{a="1",b="x\"y"} `, or ` `.
std::string label_text(std::vector<std::pair<std::string_view, std::string_view>> labels);

/// The names and values in a text of labels, in the order of the names.
std::vector<Label> labels_of(std::string_view text);

/// What stands between the braces of a text of labels.
std::string_view pairs_of(std::string_view text) noexcept;

} // namespace libnv::registry
