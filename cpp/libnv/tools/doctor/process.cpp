#include "process.hpp"

#include <algorithm>
#include <cstddef>

#include <libnv/libnv.h>

#include "anchors.hpp"
#include "memory.hpp"
#include "objects.hpp"

namespace doctor {
namespace {

std::uint64_t address_of(const void *pointer) {
    return reinterpret_cast<std::uint64_t>(pointer);
}

// The fields of a table that its size covers; the others are zero.
libnv_api_v1 table_at(const Memory &memory, std::uint64_t address) {
    libnv_api_v1 table{};
    std::size_t size = 0;
    if (memory.read(address, size)) {
        memory.read(address, &table, std::min(size, sizeof table));
    }
    return table;
}

} // namespace

Findings examine(pid_t pid) {
    const Memory memory(pid);
    const std::vector<Object> objects = objects_of(pid);
    Findings findings;
    std::uint64_t in_force = 0; // the same in every anchor that has one
    for (const Object &object : objects) {
        if (const auto anchor = anchor_of(memory, object)) {
            findings.copies.push_back({object.path, anchor->abi, false, false});
            if (in_force == 0) in_force = anchor->api;
        }
    }
    if (in_force == 0) return findings;

    findings.table = in_force;
    const libnv_api_v1 table = table_at(memory, in_force);
    findings.version = memory.text(address_of(table.version));
    findings.cells_path = path_at(objects, address_of(table.cells));
    const std::string owner = path_at(objects, in_force);
    for (Copy &copy : findings.copies) {
        copy.is_owner = copy.path == owner;
        copy.is_refused = copy.abi != table.abi;
    }
    return findings;
}

} // namespace doctor
