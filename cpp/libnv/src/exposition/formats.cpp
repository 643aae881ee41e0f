#include "exposition/formats.hpp"

#include "registry/error.hpp"

namespace libnv::exposition {

std::string write_page(const registry::Snapshot &snapshot, std::uint32_t format) {
    switch (format) {
    case LIBNV_TEXT:
        return to_text(snapshot);
    case LIBNV_OPENMETRICS:
        return to_openmetrics(snapshot);
    case LIBNV_JSON:
        return to_json(snapshot);
    default:
        break;
    }
    throw registry::Error(LIBNV_INVALID_ARGUMENT, "a page can not be written: there is no format " +
                                                      std::to_string(format));
}

} // namespace libnv::exposition
