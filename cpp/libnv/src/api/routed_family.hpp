// A family that the process's registry handed out.
#pragma once

#include <libnv/libnv.h>

#include "api/request_copy.hpp"

namespace libnv::api {

// What was asked for, and what libnv's own registry and the host have made of it.
struct RoutedFamily {
    explicit RoutedFamily(const libnv_request_v1 &asked) : request(asked) {}

    static RoutedFamily &of(libnv_family *family) noexcept {
        return *reinterpret_cast<RoutedFamily *>(family);
    }
    libnv_family *as_handle() noexcept { return reinterpret_cast<libnv_family *>(this); }

    void link_into(RoutedFamily *&first) noexcept {
        next = first;
        link = &first;
        if (next != nullptr) next->link = &next;
        first = this;
    }

    void unlink() noexcept {
        *link = next;
        if (next != nullptr) next->link = link;
    }

    const RequestCopy request;
    libnv_family *own = nullptr;    // null until a look-up there
    libnv_family *hosted = nullptr; // likewise; null again when the host leaves
    RoutedFamily *next = nullptr;
    RoutedFamily **link = nullptr; // what points to this one in the list of all
};

} // namespace libnv::api
