// Declaring and looking up in tests, without arrays by hand.
#pragma once

#include <initializer_list>
#include <memory>
#include <string>
#include <vector>

#include <libnv/record.h>

#include "exposition/formats.hpp"
#include "registry/error.hpp"
#include "registry/registry.hpp"
#include "registry/text_argument.hpp"

namespace libnv::registry {

/// What a test declares.
struct Declared {
    std::uint32_t kind = LIBNV_COUNTER;
    std::string name = "x";
    std::vector<std::string> label_names = {};
    std::vector<double> bounds = {};
    std::vector<std::string> states = {};
    std::uint64_t limit = 0;
    std::uint32_t flags = 0;

    std::unique_ptr<LookUp> in(Registry &registry) const {
        std::vector<libnv_str> names;
        for (const auto &name_of_label : label_names) names.push_back(borrowed(name_of_label));
        std::vector<libnv_str> all_states;
        for (const auto &state : states) all_states.push_back(borrowed(state));
        libnv_request_v1 request{};
        request.struct_size = sizeof request;
        request.kind = kind;
        request.flags = flags;
        request.name = borrowed(name);
        request.label_names = names.data();
        request.label_name_count = names.size();
        request.bounds = bounds.empty() ? nullptr : bounds.data();
        request.bound_count = bounds.size();
        request.states = all_states.data();
        request.state_count = all_states.size();
        request.limit = limit;
        return registry.family(request);
    }
};

/// A reference to a slot.
using Slot = std::unique_ptr<libnv_slot_v1, void (*)(libnv_slot_v1 *)>;

inline Slot held(libnv_slot_v1 *slot) {
    return {slot, libnv_slot_release};
}

inline std::vector<libnv_str> texts(std::initializer_list<std::string_view> values) {
    std::vector<libnv_str> all;
    for (const auto value : values) all.push_back(borrowed(value));
    return all;
}

inline Slot look_up(Registry &registry, const LookUp &family,
                    std::initializer_list<std::string_view> values) {
    const auto all = texts(values);
    return held(registry.look_up(family, all.data(), all.size()));
}

inline bool remove(Registry &registry, const LookUp &family,
                   std::initializer_list<std::string_view> values) {
    const auto all = texts(values);
    return registry.remove(family, all.data(), all.size());
}

inline std::string page_of(Registry &registry) {
    return exposition::to_text(registry.snapshot());
}

} // namespace libnv::registry
