#include "source/names.hpp"

#include <mutex>
#include <set>

#include "registry/error.hpp"
#include "registry/fork_lock.hpp"
#include "registry/quoted.hpp"

namespace libnv::source {
namespace {

struct Taken {
    registry::ForkLock lock;
    std::set<std::string> names;
};

// Never destroyed: registries may be closed while statics are.
Taken &taken() {
    static Taken *const all = new Taken;
    return *all;
}

} // namespace

void take_name(const std::string &name) {
    if (name.empty()) {
        throw registry::Error(LIBNV_INVALID_NAME, "a source can not be attached without a name");
    }
    const std::unique_lock<registry::ForkLock> held(taken().lock);
    if (!taken().names.insert(name).second) {
        throw registry::Error(LIBNV_SOURCE_IN_USE,
                              "source " + registry::quoted(name) +
                                  " can not be attached: one of that name is there");
    }
}

void give_name_back(const std::string &name) {
    const std::unique_lock<registry::ForkLock> held(taken().lock);
    taken().names.erase(name);
}

} // namespace libnv::source
