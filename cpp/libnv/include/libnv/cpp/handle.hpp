/* What every handle is: a reference to a slot. */
#ifndef LIBNV_CPP_HANDLE_HPP
#define LIBNV_CPP_HANDLE_HPP

#include <cstddef>
#include <cstdint>
#include <utility>

#include "../record.h"
#include "namespace.hpp"

namespace libnv {
inline namespace LIBNV_NAMESPACE {

namespace detail {

class Maker;

/* Copies share the slot; what was moved from records nowhere. */
class Handle {
public:
    Handle() noexcept : slot_(&libnv_no_slot) {}
    Handle(const Handle &other) noexcept : slot_(libnv_slot_share(other.slot_)) {}
    Handle(Handle &&other) noexcept : slot_(std::exchange(other.slot_, &libnv_no_slot)) {}
    Handle &operator=(Handle other) noexcept {
        std::swap(slot_, other.slot_);
        return *this;
    }
    ~Handle() { libnv_slot_release(slot_); }

    /* The slot, for the functions of record.h; valid while this handle is. */
    libnv_slot_v1 *slot() const noexcept { return slot_; }

protected:
    /* Takes over a reference. */
    explicit Handle(libnv_slot_v1 *slot) noexcept : slot_(slot) {}

    /* The value, with what is zero in it where the slot is nobody's. */
    libnv_value_v1 read(std::uint64_t *buckets = nullptr, std::size_t capacity = 0) const noexcept {
        libnv_value_v1 value = {};
        value.struct_size = sizeof value;
        value.buckets = buckets;
        value.capacity = capacity;
        if (slot_->registry) (void)slot_->registry->value(nullptr, slot_, &value);
        return value;
    }

private:
    libnv_slot_v1 *slot_;
};

} // namespace detail
} // namespace LIBNV_NAMESPACE
} // namespace libnv

#endif
