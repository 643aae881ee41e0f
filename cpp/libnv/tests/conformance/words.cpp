#include "words.hpp"

#include <array>
#include <stdexcept>

namespace libnv::conformance {
namespace {

constexpr std::array<const char *, 8> kKinds = {"counter", "float_counter", "up_down_counter",
                                                "gauge",   "histogram",     "exponential_histogram",
                                                "info",    "state_set"};

constexpr std::array<const char *, 16> kErrors = {
    "invalid_name",     "invalid_label",  "reserved_label",  "duplicate_label",
    "invalid_buckets",  "name_collision", "kind_mismatch",   "unit_mismatch",
    "buckets_mismatch", "label_count",    "labels_mismatch", "invalid_states",
    "states_mismatch",  "exhausted",      "backend",         "source_in_use"};

} // namespace

std::uint32_t kind_of(const std::string &name) {
    for (std::uint32_t at = 0; at < kKinds.size(); ++at) {
        if (kKinds[at] == name) return LIBNV_COUNTER + at;
    }
    throw std::runtime_error("unknown kind " + name);
}

std::string kind_name(libnv_status status) {
    const auto at = static_cast<std::size_t>(status - LIBNV_INVALID_NAME);
    return at < kErrors.size() ? kErrors[at] : "status " + std::to_string(status);
}

} // namespace libnv::conformance
