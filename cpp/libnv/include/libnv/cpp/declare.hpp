/* From a declaration to a family and to handles. */
#ifndef LIBNV_CPP_DECLARE_HPP
#define LIBNV_CPP_DECLARE_HPP

#include <memory>
#include <type_traits>

#include "detached.hpp"
#include "state_set.hpp"

namespace libnv {
inline namespace LIBNV_NAMESPACE {
namespace detail {

using Opened = std::shared_ptr<const OpenedRegistry>;
using States = std::shared_ptr<const std::vector<std::string>>;

/* A family of a registry, released with its last owner. */
class FamilyHold {
public:
    FamilyHold(Registry registry, Opened opened, libnv_family *family, std::string name,
               States states) noexcept
        : registry_(registry), opened_(std::move(opened)), family_(family), name_(std::move(name)),
          states_(std::move(states)) {}
    FamilyHold(FamilyHold &&other) noexcept
        : registry_(other.registry_), opened_(std::move(other.opened_)),
          family_(std::exchange(other.family_, nullptr)), name_(std::move(other.name_)),
          states_(std::move(other.states_)) {}
    FamilyHold(const FamilyHold &) = delete;
    FamilyHold &operator=(const FamilyHold &) = delete;
    ~FamilyHold() {
        if (family_) registry_.functions->release_family(registry_.self, family_);
    }

    /* Finds or makes the series of these values. */
    libnv_status look_up(const libnv_str *values, std::size_t count,
                         libnv_slot_v1 **out) const noexcept {
        return registry_.functions->look_up(registry_.self, family_, values, count, out);
    }

    libnv_status remove(const libnv_str *values, std::size_t count,
                        std::uint32_t *removed) const noexcept {
        return registry_.functions->remove(registry_.self, family_, values, count, removed);
    }

    const Registry &registry() const noexcept { return registry_; }
    const std::string &name() const noexcept { return name_; }
    const States &states() const noexcept { return states_; }

private:
    Registry registry_;
    Opened opened_;
    libnv_family *family_;
    std::string name_;
    States states_;
};

/* Makes handles of slots. */
class Maker {
public:
    template <class Handle>
    static constexpr std::uint32_t kind() noexcept {
        return Handle::kKind;
    }

    /* A handle that takes over a reference to the slot. */
    template <class Handle>
    static Handle make(libnv_slot_v1 *slot, [[maybe_unused]] const States &states) noexcept {
        if constexpr (std::is_same_v<Handle, StateSet>)
            return StateSet(slot, states);
        else
            return Handle(slot);
    }

    /* A handle that works, and that is in no container. */
    template <class Handle>
    static Handle detached(const Options &options) {
        libnv_slot_v1 *slot = detached_slot(kind<Handle>());
        return make<Handle>(slot, states_of<Handle>(options));
    }

    template <class Handle>
    static States states_of([[maybe_unused]] const Options &options) {
        if constexpr (std::is_same_v<Handle, StateSet>)
            return std::make_shared<const std::vector<std::string>>(options.states);
        else
            return nullptr;
    }
};

/* Declares a family or finds it. */
template <class Handle>
Result<FamilyHold> declare(const Registry &registry, const Opened &opened, const Scope &scope,
                           std::string_view name, const Options &options,
                           const std::vector<std::string> &label_names) {
    if (!registry) return unavailable();
    Request request(Maker::kind<Handle>(), scope, name, options, label_names);
    libnv_family *family = nullptr;
    libnv_status status = registry.functions->family(registry.self, request.get(), &family);
    if (status != LIBNV_OK) return registry.last_error(status);
    return FamilyHold(registry, opened, family, std::string(name),
                      Maker::states_of<Handle>(options));
}

} // namespace detail
} // namespace LIBNV_NAMESPACE
} // namespace libnv

#endif
