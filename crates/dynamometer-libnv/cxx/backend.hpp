// The C++ registry behind a Rust container.
#pragma once

#include <memory>

#include <libnv/libnv.h>

#include "registry/registry.hpp"
#include "rust/cxx.h"

namespace libnv::rust {

struct FamilyData;

/// A registry of its own, with its own page.
class Backend {
public:
    explicit Backend(std::string service_name) : registry_(std::move(service_name)) {}

    /// What the functions of the C ABI are called with.
    registry::Registry* registry() const noexcept { return &registry_; }

    /// The values of all series now, those of sources among them.
    ::rust::Vec<FamilyData> snapshot() const;

    /// Removes a series by its labels as they are written; not one that C++ refers to,
    /// where `spares_kept`. Returns whether it was removed.
    bool remove_written(::rust::Str family, ::rust::Str labels, bool spares_kept) const;

private:
    mutable registry::Registry registry_;
};

std::unique_ptr<Backend> open_backend(::rust::Str service_name);

/// The functions of all C++ registries.
const libnv_registry_v1* functions() noexcept;

/// The labels of the series that a slot of a C++ registry belongs to, as they are written.
::rust::String labels_of_slot(const libnv_slot_v1& slot);

} // namespace libnv::rust
