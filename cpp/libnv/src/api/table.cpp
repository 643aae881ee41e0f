#include "api/table.hpp"

#include "engine/table.hpp"

namespace libnv::api {

const libnv_api_v1 &table() noexcept {
    static const libnv_api_v1 kTable = [] {
        libnv_api_v1 table{};
        table.struct_size = sizeof table;
        table.abi = LIBNV_ABI;
        table.version = LIBNV_VERSION_STRING;
        table.cells = &engine::table();
        return table;
    }();
    return kTable;
}

} // namespace libnv::api
