// matrix ORDER LIBRARY: three copies record, first used in that order; what they counted must be
// on one page. ORDER is some permutation of `e`, `l` and `o`: the executable, the library that it
// links, and LIBRARY, which is opened when its turn comes.
#include <cstdio>
#include <string>
#include <thread>
#include <vector>

#include <dlfcn.h>

#include "copy.hpp"

namespace {

constexpr std::uint64_t kThreads = 4, kRecords = 1000;

const MatrixCopy *copy_of(char role, const char *library) {
    if (role == 'e') return matrix_copy_executable();
    if (role == 'l') return matrix_copy_linked();
    void *opened = dlopen(library, RTLD_NOW | RTLD_LOCAL);
    if (opened == nullptr) {
        std::fprintf(stderr, "%s\n", dlerror());
        return nullptr;
    }
    using Copy = const MatrixCopy *();
    return reinterpret_cast<Copy *>(dlsym(opened, "matrix_copy_loaded"))();
}

bool is(const char *what, std::uint64_t found, std::uint64_t expected) {
    if (found == expected) return true;
    std::fprintf(stderr, "%s: %llu instead of %llu\n", what, static_cast<unsigned long long>(found),
                 static_cast<unsigned long long>(expected));
    return false;
}

void count_owner(void *context, const libnv_copy_v1 *copy) {
    *static_cast<std::uint64_t *>(context) += copy->is_owner;
}

} // namespace

int main(int, char **arguments) {
    const std::string order = arguments[1];
    std::vector<const MatrixCopy *> copies;
    std::uint64_t expected = 0;
    for (const char role : order) {
        const MatrixCopy *copy = copy_of(role, arguments[2]);
        if (copy == nullptr) return 1;
        copy->record(1);
        ++expected;
        copies.push_back(copy);
    }
    int stale = 0;
    std::vector<std::thread> threads;
    for (std::uint64_t at = 0; at < kThreads; ++at) {
        threads.emplace_back([&] {
            for (const MatrixCopy *copy : copies) copy->record_at_exit(&stale);
            for (std::uint64_t n = 0; n < kRecords; ++n) {
                for (const MatrixCopy *copy : copies) copy->record(1);
            }
        });
    }
    for (auto &thread : threads) thread.join();
    expected += copies.size() * kThreads * (kRecords + 2);

    const libnv_api_v1 *api = copies[0]->api();
    if (api == nullptr) return !is("a table in force", 0, 1);
    bool is_good = is("pointers that name a slab after its thread gave it back",
                      static_cast<std::uint64_t>(stale), 0);
    for (const MatrixCopy *copy : copies) {
        is_good &= is("the table of another copy", copy->api() == api, 1);
        is_good &= is("the counter as a copy reads it", copy->value(), expected);
    }
    std::uint64_t owners = 0;
    api->each_copy(count_owner, &owners);
    is_good &= is("owners", owners, 1);
    libnv_doctor_v1 doctor{};
    doctor.struct_size = sizeof doctor;
    is_good &= is("the doctor", static_cast<std::uint64_t>(api->doctor(&doctor)), LIBNV_OK);
    is_good &= is("slabs on lease, of the main thread", doctor.cells.leased, 1);
    is_good &= is("handles that wait for a library", doctor.unbound, 0);
    return is_good ? 0 : 1;
}
