// What each executable or library of the matrix does with its own view of libnv.
#pragma once

#include <cstdint>

#include <libnv/libnv.h>

struct MatrixCopy {
    const char *role;
    const libnv_api_v1 *(*api)();
    // Adds to the counter that all copies share.
    void (*record)(std::uint64_t n);
    // Records once from a destructor of this thread, and once in a late round of its exit, when
    // this copy's pointer must be no slab any more: else `*stale` is counted up.
    void (*record_at_exit)(int *stale);
    std::uint64_t (*value)();
};

extern "C" {
const MatrixCopy *matrix_copy_executable();
const MatrixCopy *matrix_copy_linked();
}
