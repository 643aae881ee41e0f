// A family as one declaration looks it up.
#pragma once

#include <cstdint>
#include <utility>

#include <libnv/libnv.h>

#include "registry/family.hpp"
#include "registry/schema.hpp"

namespace libnv::registry {

/// What `libnv_family` is to those who hold one.
struct LookUp {
    LookUp(Family &of, Schema by) : family(of), schema(std::move(by)) {}

    static LookUp &of(libnv_family *family) noexcept { return *reinterpret_cast<LookUp *>(family); }
    libnv_family *as_handle() noexcept { return reinterpret_cast<libnv_family *>(this); }

    /// The key of the series with these values.
    Key key(const libnv_str *values) const {
        return {schema.text(values), schema.hash(values), form};
    }

    /// The key of the one series for all that are too many: the constant labels, and
    /// `overflow="true"`. All labels of a single series are constant, and those that are
    /// too many differ in them: they are counted without.
    Key overflow_key() const;

    Family &family;
    Schema schema;
    std::uint32_t form = Key::kNoForm;
};

} // namespace libnv::registry
