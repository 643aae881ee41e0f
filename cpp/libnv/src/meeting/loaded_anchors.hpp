// The anchors of all loaded objects, in the order of loading.
#pragma once

#include <link.h>

#include <libnv/anchor.h>

namespace libnv::meeting {

// Visits each anchor with the object that it lies in. The loader's lock is held
// meanwhile: no object comes or goes, and `visit` must not load one.
template <typename Visit>
void for_each_anchor(Visit visit) {
    const auto of_object = [](dl_phdr_info *object, std::size_t, void *context) {
        if (libnv_anchor_v1 *anchor = libnv_anchor_of(object)) {
            (*static_cast<Visit *>(context))(*object, *anchor);
        }
        return 0;
    };
    dl_iterate_phdr(of_object, &visit);
}

// Runs `body` under the loader's lock, which may be taken again inside.
template <typename Body>
void while_nothing_is_loaded(Body body) {
    const auto once = [](dl_phdr_info *, std::size_t, void *context) {
        (*static_cast<Body *>(context))();
        return 1;
    };
    dl_iterate_phdr(once, &body);
}

inline const libnv_api_v1 *published_in(const libnv_anchor_v1 &anchor) noexcept {
    return __atomic_load_n(&anchor.api, __ATOMIC_ACQUIRE);
}

} // namespace libnv::meeting
