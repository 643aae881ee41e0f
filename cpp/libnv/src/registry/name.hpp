// A family's name: sanitised, prefixed, and ending in its unit, or in `_info`.
#pragma once

#include <string>
#include <string_view>

#include "registry/instrument.hpp"

namespace libnv::registry {

/// A name as it is exposed, and as it was asked for, to tell a collision.
struct Name {
    std::string exposed;
    std::string asked;
};

/// What the names of a scope begin with, without the underscore that follows.
class Prefix {
public:
    /// Puts the prefix of an inner scope behind this one; an empty one adds nothing.
    void join(std::string_view prefix);

    /// The whole name of a family.
    Name name(std::string_view name, std::string_view unit, Instrument instrument) const;

private:
    Name prefix_;
};

} // namespace libnv::registry
