#include "engine/thread_exit.hpp"

#include <pthread.h>

#include "engine/first_use.hpp"

namespace libnv::engine {
namespace {

// Written once, before the engine is published.
pthread_key_t exit_key;
bool has_exit_key = false;

// Set when a thread has given its slab back: it leases no other, for there would be no
// hook left to return it.
__attribute__((tls_model("initial-exec"))) thread_local bool is_gone = false;

// Runs at thread exit, after the destructors of C++ and Rust thread-locals.
//
// Those run before any pthread key's. To stand behind the keys of others too, the first
// round only arms the key again. A record in a later round finds no slab and goes to the
// shared one: right, if slower.
void on_exit(void *value) {
    Slab &slab = *static_cast<Slab *>(value);
    if (slab.exit_slots.is_first_round() && pthread_setspecific(exit_key, value) == 0) return;
    slab.exit_slots.null_all();
    is_gone = true;
    if (Engine *used = engine_in_use()) used->pool().give_back(slab);
}

} // namespace

void create_exit_key() noexcept {
    has_exit_key = pthread_key_create(&exit_key, on_exit) == 0;
}

Slab *lease_to_thread(std::uint8_t **slot) noexcept {
    if (is_gone) return nullptr;
    Engine *const used = engine();
    if (used == nullptr || !has_exit_key) return nullptr;
    if (Slab *mine = slab_of_this_thread()) {
        return mine->exit_slots.add(slot) ? mine : nullptr;
    }
    Slab *const slab = used->pool().lease(Lessee::kThread);
    if (slab == nullptr) return nullptr;
    if (pthread_setspecific(exit_key, slab) != 0) {
        // Without the hook the slab would never come back.
        used->pool().give_back(*slab);
        return nullptr;
    }
    // An idle slab has all its places.
    slab->exit_slots.add(slot);
    return slab;
}

Slab *slab_of_this_thread() noexcept {
    return has_exit_key ? static_cast<Slab *>(pthread_getspecific(exit_key)) : nullptr;
}

} // namespace libnv::engine
