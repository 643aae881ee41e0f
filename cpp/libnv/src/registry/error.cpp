#include "registry/error.hpp"

namespace libnv::registry {

const char *kind_name(libnv_status status) noexcept {
    switch (status) {
    case LIBNV_INVALID_NAME:
        return "invalid_name";
    case LIBNV_INVALID_LABEL:
        return "invalid_label";
    case LIBNV_RESERVED_LABEL:
        return "reserved_label";
    case LIBNV_DUPLICATE_LABEL:
        return "duplicate_label";
    case LIBNV_INVALID_BUCKETS:
        return "invalid_buckets";
    case LIBNV_NAME_COLLISION:
        return "name_collision";
    case LIBNV_KIND_MISMATCH:
        return "kind_mismatch";
    case LIBNV_UNIT_MISMATCH:
        return "unit_mismatch";
    case LIBNV_BUCKETS_MISMATCH:
        return "buckets_mismatch";
    case LIBNV_LABEL_COUNT:
        return "label_count";
    case LIBNV_LABELS_MISMATCH:
        return "labels_mismatch";
    case LIBNV_INVALID_STATES:
        return "invalid_states";
    case LIBNV_STATES_MISMATCH:
        return "states_mismatch";
    case LIBNV_EXHAUSTED:
        return "exhausted";
    case LIBNV_BACKEND:
        return "backend";
    case LIBNV_SOURCE_IN_USE:
        return "source_in_use";
    default:
        return nullptr;
    }
}

} // namespace libnv::registry
