/* References to slots: a handle holds one. */
#ifndef LIBNV_SLOT_H
#define LIBNV_SLOT_H

#include "libnv.h"

#ifdef __cplusplus
extern "C" {
#endif

/* Takes one more reference to a slot that the caller has one of, and returns the slot. */
static inline libnv_slot_v1 *libnv_slot_share(libnv_slot_v1 *slot) {
    if (slot->registry) __atomic_add_fetch(&slot->references, 1, __ATOMIC_RELAXED);
    return slot;
}

/* Gives a reference back; the last one ends the slot, but not what was recorded. */
static inline void libnv_slot_release(libnv_slot_v1 *slot) {
    if (slot->registry && __atomic_sub_fetch(&slot->references, 1, __ATOMIC_ACQ_REL) == 0)
        slot->registry->drop_slot(slot);
}

/* The slot of handles that record nowhere; one for a library, and nobody counts its references. */
__attribute__((weak, visibility("hidden"))) libnv_slot_v1 libnv_no_slot = {
    LIBNV_FLAGGED | LIBNV_AT_NOWHERE, NULL, NULL, 0, 0, 0, 0, NULL, NULL};

#ifdef __cplusplus
}
#endif

#endif
