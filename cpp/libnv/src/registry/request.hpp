// What someone asks to declare, checked and in terms of the page.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include <libnv/libnv.h>

#include "registry/instrument.hpp"
#include "registry/labels.hpp"
#include "registry/layout.hpp"
#include "registry/name.hpp"

namespace libnv::registry {

/// What a declaration may set for a whole family; what it leaves out stays.
struct FamilyOptions {
    std::uint64_t limit = 0;
    bool has_shared_cells = false;
};

/// A checked request for a family.
struct Request {
    Name name;
    Instrument instrument = Instrument::kCounter;
    std::shared_ptr<const Layout> layout;
    std::string help;
    std::string unit;
    std::vector<std::string> aliases;
    FamilyOptions options;
    std::vector<Label> constant;
    std::vector<std::string> label_names;

    /// Checks what came over the ABI, in the order in which the Rust facade does.
    static Request of(const libnv_request_v1 &request);
};

/// Checks the prefixes and constant labels of a request alone.
void check_scope(const libnv_request_v1 &request);

} // namespace libnv::registry
