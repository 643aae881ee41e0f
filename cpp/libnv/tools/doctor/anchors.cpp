#include "anchors.hpp"

#include <elf.h>
#include <link.h>
#include <unistd.h>

#include <cstring>
#include <vector>

namespace doctor {
namespace {

constexpr std::uint64_t kMagic = 0x316e61766e62696c; // "libnvan1"
constexpr std::size_t kLongestNotes = 1 << 20;

std::size_t padded(std::uint32_t size) {
    return (std::size_t{size} + 3) & ~std::size_t{3};
}

// The address that libnv's note in a segment of notes points to, or 0.
std::uint64_t address_in(const std::vector<char> &notes, std::uint64_t start) {
    std::size_t at = 0;
    while (at + sizeof(ElfW(Nhdr)) <= notes.size()) {
        ElfW(Nhdr) head;
        std::memcpy(&head, &notes[at], sizeof head);
        const std::size_t name = at + sizeof head;
        const std::size_t description = name + padded(head.n_namesz);
        const std::size_t end = description + padded(head.n_descsz);
        if (end > notes.size()) return 0;
        if (head.n_namesz == 6 && head.n_descsz == 8 && head.n_type == 1 &&
            std::memcmp(&notes[name], "libnv", 6) == 0) {
            std::uint64_t distance;
            std::memcpy(&distance, &notes[description], sizeof distance);
            return start + description + distance;
        }
        at = end;
    }
    return 0;
}

std::optional<Anchor> anchor_at(const Memory &memory, std::uint64_t address) {
    Anchor anchor{};
    if (address != 0 && memory.read(address, anchor) && anchor.magic == kMagic) return anchor;
    return std::nullopt;
}

} // namespace

std::optional<Anchor> anchor_of(const Memory &memory, const Object &object) {
    ElfW(Ehdr) file{};
    if (!memory.read(object.start, file) || std::memcmp(file.e_ident, ELFMAG, SELFMAG) != 0) {
        return std::nullopt;
    }
    std::vector<ElfW(Phdr)> segments(file.e_phnum);
    if (!memory.read(object.start + file.e_phoff, segments.data(),
                     segments.size() * sizeof(ElfW(Phdr)))) {
        return std::nullopt;
    }
    // Addresses in the file are from where its first page was meant to lie.
    const auto page = static_cast<std::uint64_t>(sysconf(_SC_PAGESIZE));
    std::uint64_t meant = 0;
    for (const auto &segment : segments) {
        if (segment.p_type == PT_LOAD) {
            meant = segment.p_vaddr & ~(page - 1);
            break;
        }
    }
    for (const auto &segment : segments) {
        if (segment.p_type != PT_NOTE || segment.p_memsz > kLongestNotes) continue;
        const std::uint64_t start = object.start - meant + segment.p_vaddr;
        std::vector<char> notes(segment.p_memsz);
        if (!memory.read(start, notes.data(), notes.size())) continue;
        if (const auto anchor = anchor_at(memory, address_in(notes, start))) return anchor;
    }
    return std::nullopt;
}

} // namespace doctor
