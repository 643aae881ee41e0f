// Names as Prometheus accepts them, the same in every language. The rules and their
// vectors are in tests/conformance/sanitisers.json.
#pragma once

#include <string>
#include <string_view>

namespace libnv::registry {

/// The name with every character Prometheus refuses made an underscore; throws
/// LIBNV_INVALID_NAME where only underscores are left.
std::string sanitize_prometheus_name(std::string_view name);

/// The name as a label's: colons become underscores too, and a leading `__` is
/// stripped. Throws LIBNV_INVALID_LABEL where only underscores are left.
std::string sanitize_prometheus_label(std::string_view name);

/// The full name of a component's metric: `dynamo_component_` and the name.
std::string build_component_metric_name(std::string_view name);

} // namespace libnv::registry
