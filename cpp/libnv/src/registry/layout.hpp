// What all series of a family have in common besides their kind.
#pragma once

#include <cstdint>
#include <string>
#include <variant>
#include <vector>

#include <libnv/libnv.h>

#include "registry/bounds.hpp"
#include "registry/exponential.hpp"
#include "registry/instrument.hpp"

namespace libnv::registry {

/// The states of a set; each is a bit of its cell, in this order.
using States = std::vector<std::string>;

/// Buckets or states, or nothing. It does not move: slots point to its buckets.
class Layout {
public:
    Layout() = default;
    explicit Layout(Bounds bounds) : parts_(std::move(bounds)) {
        buckets_ = std::get<Bounds>(parts_).buckets();
    }
    explicit Layout(const ExponentialBuckets &buckets) : parts_(buckets) {
        buckets_ = std::get<ExponentialBuckets>(parts_).buckets();
    }
    explicit Layout(States states) : parts_(std::move(states)) {}
    Layout(const Layout &) = delete;
    Layout &operator=(const Layout &) = delete;

    const Bounds *bounds() const noexcept { return std::get_if<Bounds>(&parts_); }
    const ExponentialBuckets *exponential() const noexcept {
        return std::get_if<ExponentialBuckets>(&parts_);
    }
    const States *states() const noexcept { return std::get_if<States>(&parts_); }

    /// The buckets as recorders see them, or null.
    const libnv_buckets_v1 *buckets() const noexcept {
        return bounds() || exponential() ? &buckets_ : nullptr;
    }

    /// The cells of a series of that kind.
    std::uint32_t cells(Instrument instrument) const noexcept;

    /// What it adds to a family's description: ` with the buckets [0.1, 1.0]`.
    std::string describe() const;

    bool operator==(const Layout &other) const { return parts_ == other.parts_; }

private:
    std::variant<std::monostate, Bounds, ExponentialBuckets, States> parts_;
    libnv_buckets_v1 buckets_{};
};

} // namespace libnv::registry
