// What a scenario has made so far, and its steps.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <utility>

#include "number.hpp"
#include "scenario.hpp"
#include "subject.hpp"

namespace libnv::conformance {

using Handles = std::map<std::string, Handle>;

/// The registry of a scenario, its scopes, families and handles by their names.
class World {
public:
    World(const Open &open, const std::string &prefix);

    /// Does a step; throws where something is not as expected.
    void run(const Json &step);

private:
    using MadeHandle = std::optional<std::pair<std::string, Handle>>;

    MadeHandle create(const Json &step) const;
    void create_family(const Json &step);
    MadeHandle look_up(const Json &step) const;
    void remove(const Json &step) const;
    void scope(const Json &step);
    void on_threads(const Json &step) const;
    void on_one_thread(const Json &step) const;
    void record(const std::string &verb, const Json &step, const Handles *own) const;
    void expect_step(const std::string &verb, const Json &what) const;

    const Subject &subject(const Json &step) const;
    const FamilyHandle &family(const std::string &name) const;
    const Handle &handle(const std::string &name) const;
    std::size_t series() const;

    Subject root_;
    std::map<std::string, Subject> scopes_;
    std::map<std::string, FamilyHandle> families_;
    Handles handles_;
    Json self_metrics_;
};

} // namespace libnv::conformance
