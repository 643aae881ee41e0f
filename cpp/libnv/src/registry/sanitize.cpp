#include "registry/sanitize.hpp"

#include "registry/error.hpp"
#include "registry/quoted.hpp"

namespace libnv::registry {
namespace {

bool is_digit(char byte) {
    return byte >= '0' && byte <= '9';
}

bool is_alphanumeric(char byte) {
    return is_digit(byte) || (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z');
}

/// Keeps letters, digits, underscores, and colons where they may be; empty where only
/// underscores are left.
std::string sanitize(std::string_view name, bool keeps_colons) {
    std::string clean;
    clean.reserve(name.size() + 1);
    if (!name.empty() && is_digit(name[0])) {
        clean += '_';
    }
    while (!name.empty()) {
        const char first = name[0];
        const bool is_kept = is_alphanumeric(first) || (keeps_colons && first == ':');
        clean += is_kept ? first : '_';
        // A character outside of ASCII becomes one underscore, whatever its length.
        const std::size_t length = character_length(name);
        name.remove_prefix(length == 0 ? 1 : length);
    }
    return clean.find_first_not_of('_') == std::string::npos ? std::string() : clean;
}

} // namespace

std::string sanitize_prometheus_name(std::string_view name) {
    std::string clean = sanitize(name, true);
    if (clean.empty()) {
        throw Error(LIBNV_INVALID_NAME,
                    "metric name " + quoted(name) + " has no letter, digit or colon to keep");
    }
    return clean;
}

std::string sanitize_prometheus_label(std::string_view name) {
    std::string clean = sanitize(name, false);
    if (clean.empty()) {
        throw Error(LIBNV_INVALID_LABEL,
                    "label name " + quoted(name) + " has no letter or digit to keep");
    }
    if (clean.compare(0, 2, "__") != 0) {
        return clean;
    }
    // What follows the stripped prefix may begin with a digit, or with `__` again.
    clean.erase(0, clean.find_first_not_of('_'));
    return is_digit(clean[0]) ? "_" + clean : clean;
}

std::string build_component_metric_name(std::string_view name) {
    return "dynamo_component_" + sanitize_prometheus_name(name);
}

} // namespace libnv::registry
