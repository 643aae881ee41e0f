#include "exposition/formats.hpp"
#include "exposition/lines.hpp"

namespace libnv::exposition {
namespace {

using registry::Kind;

/// The type in this format, which knows nothing of the newer kinds.
const char *type_of(Kind kind) {
    switch (kind) {
    case Kind::kInfo:
    case Kind::kStateSet:
        return word(Kind::kGauge);
    case Kind::kUnknown:
        return "untyped";
    default:
        return word(kind);
    }
}

} // namespace

std::string to_text(const registry::Snapshot &snapshot) {
    std::string page;
    for (const registry::FamilySnapshot &family : snapshot.families) {
        if (family.size() > 0) {
            write_header(page, family.name, type_of(family.kind), family.help, false);
            write_lines(page, family, {true});
        }
    }
    return page;
}

} // namespace libnv::exposition
