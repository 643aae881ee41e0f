// The C++ registry behind a Rust container, through the C ABI alone.
#pragma once

#include <memory>

#include <libnv/libnv.h>

#include "rust/cxx.h"

namespace libnv::rust {

struct FamilyData;

/// A registry that was opened, as its functions know it.
struct Opened;

/// A registry of its own, with its own page.
class Backend {
public:
    Backend(const libnv_api_v1 &api, ::rust::Str service_name);
    ~Backend();
    Backend(const Backend &) = delete;
    Backend &operator=(const Backend &) = delete;

    /// The functions of the C ABI, and what they are called with.
    const libnv_registry_v1 *functions() const noexcept { return api_.registry; }
    Opened *registry() const noexcept { return static_cast<Opened *>(registry_); }

    /// The values of all series now, those of sources among them.
    ::rust::Vec<FamilyData> snapshot() const;

    /// Removes a series by its labels as they are written; not one that C++ refers to,
    /// where `spares_kept`. Returns whether it was removed.
    bool remove_written(::rust::Str family, ::rust::Str labels, bool spares_kept) const;

private:
    const libnv_api_v1 &api_;
    void *registry_ = nullptr;
};

std::unique_ptr<Backend> open_backend(const libnv_api_v1 &api, ::rust::Str service_name);

/// The labels of the series that a slot of a C++ registry belongs to, as they are written.
::rust::String labels_of_slot(const libnv_slot_v1 &slot);

} // namespace libnv::rust
