// A registry behind the C ABI, as scenarios use it.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include <libnv/record.h>

#include "number.hpp"

namespace libnv::conformance {

using Pairs = std::vector<std::pair<std::string, std::string>>;

/// The functions of a registry, and the registry; closed with the last share in it.
struct Endpoint {
    const libnv_registry_v1 *functions = nullptr;
    std::shared_ptr<void> self;
};

/// Makes a new, empty registry.
using Open = std::function<Endpoint()>;

/// A refusal, as the Rust facade displays it.
struct Refusal {
    libnv_status status;
    std::string message;
    std::string existing;

    std::string whole() const {
        return existing.empty() ? message : message + "; it is " + existing;
    }
};

/// What can fail.
template <class Made>
using Outcome = std::variant<Made, Refusal>;

template <class Made>
const Refusal *refusal_of(const Outcome<Made> &outcome) {
    return std::get_if<Refusal>(&outcome);
}

/// What a scenario asks to create.
struct Declaration {
    std::uint32_t kind = LIBNV_COUNTER;
    std::string name;
    std::string help;
    std::string unit;
    Pairs labels;
    std::optional<std::vector<double>> buckets;
    std::int32_t schema = 3;
    std::int32_t min_exponent = -30;
    std::int32_t max_exponent = 34;
    bool is_signed = false;
    std::vector<std::string> states;
    std::vector<std::string> aliases;
    std::vector<std::string> label_names;
    std::uint64_t limit = 0;
};

/// A reference to a slot.
class Handle {
public:
    Handle(Endpoint of, libnv_slot_v1 *slot, std::shared_ptr<const std::vector<std::string>> states)
        : of_(std::move(of)), slot_(slot, libnv_slot_release), states_(std::move(states)) {}

    libnv_slot_v1 *slot() const { return slot_.get(); }
    std::uint32_t kind() const { return slot_->kind; }
    const std::vector<std::string> &states() const { return *states_; }

    /// The value, with the counts of its buckets.
    std::pair<libnv_value_v1, std::vector<std::uint64_t>> read() const;

private:
    Endpoint of_;
    std::shared_ptr<libnv_slot_v1> slot_;
    std::shared_ptr<const std::vector<std::string>> states_;
};

/// A family that is looked up by values.
class FamilyHandle {
public:
    FamilyHandle(Endpoint of, Open open, libnv_family *family, Declaration declaration);

    Outcome<Handle> try_look_up(const std::vector<std::string> &values) const;

    /// With a wrong number of values, a handle that works and is in no container.
    Handle look_up(const std::vector<std::string> &values) const;

    bool remove(const std::vector<std::string> &values) const;

private:
    Endpoint of_;
    Open open_;
    std::shared_ptr<libnv_family> family_;
    Declaration declaration_;
    std::shared_ptr<const std::vector<std::string>> states_;
};

/// A registry, or a scope in one.
class Subject {
public:
    Subject(Endpoint of, Open open) : of_(std::move(of)), open_(std::move(open)) {}

    Outcome<FamilyHandle> try_family(const Declaration &declaration) const;
    FamilyHandle family(const Declaration &declaration) const;
    Outcome<Handle> try_create(const Declaration &declaration) const;
    Handle create(const Declaration &declaration) const;
    Outcome<Subject> try_scope(const std::string &prefix, const Pairs &labels) const;

    /// Leaves out what can not be used.
    Subject scope(const std::string &prefix, const Pairs &labels) const;

    std::string text() const;
    Json page() const;
    Json self_page() const;

private:
    std::optional<Refusal> refused() const;

    Endpoint of_;
    Open open_;
    std::vector<std::string> prefixes_;
    Pairs labels_;
};

} // namespace libnv::conformance
