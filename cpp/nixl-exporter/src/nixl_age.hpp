#pragma once

#include <string>

namespace libnv::nixl {

/// Whether a NIXL is one that this plug-in understands.
struct NixlAge {
    bool is_too_old;  // before 1.3
    std::string path; // of its library, where that is known
};

/// Judges the NIXL that called, by an address of its code.
///
/// NIXL has no version to ask for. Before 1.3 its events began with a category,
/// at the same size and under the same interface version, so that every event
/// would be taken for another one; those versions export what names a category.
NixlAge age_of_caller(const void *return_address);

} // namespace libnv::nixl
