/* The anchor: how the copies of libnv in a process find each other.
 *
 * Every executable or library that holds a copy, or only late-binds to one, has a hidden
 * anchor of 64 bytes and an allocated ELF note that points to it. The note is found by
 * walking the loaded objects: no symbol is exported, and no linker argument is needed.
 * The pointer in the first anchor, in the order of loading, is the table in force.
 */
#ifndef LIBNV_ANCHOR_H
#define LIBNV_ANCHOR_H

#ifndef _GNU_SOURCE
#error "define _GNU_SOURCE, for dl_iterate_phdr, before the first include; C++ compilers do"
#endif

#include <dlfcn.h>
#include <link.h>
#include <string.h>

#include "libnv.h"

#ifdef __cplusplus
extern "C" {
#endif

/* "libnvan1" */
#define LIBNV_ANCHOR_MAGIC UINT64_C(0x316e61766e62696c)

typedef struct libnv_anchor_v1 {
    uint64_t magic;
    uint32_t abi;
    uint32_t size;
    const libnv_api_v1 *api; /* atomic; null until a copy publishes */
    void (*bind)(void);      /* atomic; binds what waits here; null where nothing ever did */
    uint64_t reserved[4];
} libnv_anchor_v1;

/* The anchor of this executable or library: one, however many sources include this. */
extern __attribute__((visibility("hidden"))) libnv_anchor_v1 libnv_own_anchor_v1;

/* Anchor and note are one group, so that a linker that drops sections nobody refers to
 * keeps the note wherever the anchor is used. The condition is for link-time optimisation,
 * which may assemble several sources as one. The number after "1" is LIBNV_ABI. */
__asm__(".ifndef libnv_own_anchor_v1\n"
        ".pushsection .data.libnv_anchor,\"awG\",%progbits,libnv_own_anchor_v1,comdat\n"
        ".balign 64\n"
        ".weak libnv_own_anchor_v1\n"
        ".hidden libnv_own_anchor_v1\n"
        ".type libnv_own_anchor_v1,%object\n"
        ".size libnv_own_anchor_v1,64\n"
        "libnv_own_anchor_v1:\n"
        ".quad 0x316e61766e62696c\n"
        ".long 1\n"
        ".long 64\n"
        ".zero 48\n"
        ".popsection\n"
        ".pushsection .note.libnv,\"aG\",%note,libnv_own_anchor_v1,comdat\n"
        ".balign 4\n"
        ".long 6\n"
        ".long 8\n"
        ".long 1\n"
        ".asciz \"libnv\"\n"
        ".balign 4\n"
        "0: .quad libnv_own_anchor_v1 - 0b\n"
        ".popsection\n"
        ".endif\n");

/* True where an anchor at `place` lies in a loaded segment of `object`. */
static inline int libnv_is_in(const struct dl_phdr_info *object, uintptr_t place) {
    int at;
    for (at = 0; at < object->dlpi_phnum; ++at) {
        const ElfW(Phdr) *segment = &object->dlpi_phdr[at];
        const uintptr_t begin = (uintptr_t)object->dlpi_addr + (uintptr_t)segment->p_vaddr;
        if (segment->p_type == PT_LOAD && place >= begin &&
            place + sizeof(libnv_anchor_v1) <= begin + (uintptr_t)segment->p_memsz)
            return 1;
    }
    return 0;
}

/* The anchor in the writable data of `object`, or null; for one whose note points astray.
 *
 * patchelf moves notes and leaves the distances in them as they were. */
static inline libnv_anchor_v1 *libnv_anchor_in_data(const struct dl_phdr_info *object) {
    int at;
    for (at = 0; at < object->dlpi_phnum; ++at) {
        const ElfW(Phdr) *segment = &object->dlpi_phdr[at];
        const uintptr_t begin = (uintptr_t)object->dlpi_addr + (uintptr_t)segment->p_vaddr;
        const uintptr_t end = begin + (uintptr_t)segment->p_filesz;
        uintptr_t place = (begin + 63) & ~(uintptr_t)63;
        if (segment->p_type != PT_LOAD || !(segment->p_flags & PF_W)) continue;
        for (; place + sizeof(libnv_anchor_v1) <= end; place += 64) {
            libnv_anchor_v1 *anchor = (libnv_anchor_v1 *)place;
            if (anchor->magic == LIBNV_ANCHOR_MAGIC && anchor->size == sizeof *anchor)
                return anchor;
        }
    }
    return NULL;
}

/* The anchor that a note of `object` points to, or null. */
static inline libnv_anchor_v1 *libnv_anchor_of(const struct dl_phdr_info *object) {
    int at;
    for (at = 0; at < object->dlpi_phnum; ++at) {
        const ElfW(Phdr) *segment = &object->dlpi_phdr[at];
        const char *note = (const char *)(object->dlpi_addr + segment->p_vaddr);
        const char *end = note + segment->p_memsz;
        if (segment->p_type != PT_NOTE) continue;
        while (end - note >= (ptrdiff_t)(3 * sizeof(uint32_t))) {
            uint32_t head[3]; /* lengths of name and description, type */
            const char *name = note + sizeof head;
            const char *description;
            memcpy(head, note, sizeof head);
            description = name + ((head[0] + 3u) & ~3u);
            if (head[0] == 6 && head[1] == 8 && head[2] == 1 && end - description >= 8 &&
                memcmp(name, "libnv", 6) == 0) {
                int64_t distance;
                libnv_anchor_v1 *anchor;
                memcpy(&distance, description, sizeof distance);
                anchor = (libnv_anchor_v1 *)((uintptr_t)description + (uintptr_t)distance);
                return libnv_is_in(object, (uintptr_t)anchor) && anchor->magic == LIBNV_ANCHOR_MAGIC
                           ? anchor
                           : libnv_anchor_in_data(object);
            }
            note = description + ((head[1] + 3u) & ~3u);
        }
    }
    return NULL;
}

/* Keeps the library that holds an address loaded; nothing to do for an executable. */
static inline void libnv_keep_loaded(const void *address) {
    Dl_info info;
    struct link_map *map = NULL;
    if (dladdr1(address, &info, (void **)(void *)&map, RTLD_DL_LINKMAP) == 0) return;
    if (map != NULL && map->l_name != NULL && *map->l_name != '\0')
        (void)dlopen(map->l_name, RTLD_LAZY | RTLD_NOLOAD | RTLD_NODELETE);
}

/* Keeps the library that holds this source loaded.
 *
 * For whoever uses a table: others may have pointers into the one who published it, and the owner
 * of the cells writes to the thread-local pointer of every copy when a thread exits. */
static inline void libnv_stay_loaded(void) {
    libnv_keep_loaded(&libnv_own_anchor_v1);
}

#ifdef __cplusplus
}
#endif

#endif
