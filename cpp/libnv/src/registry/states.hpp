// State sets: which states there are, and how a set is exposed.
#pragma once

#include <string>
#include <vector>

#include "registry/labels.hpp"

namespace libnv::registry {

/// Checks that states fit into a cell and can be told apart on the page; throws
/// LIBNV_INVALID_STATES where they do not.
void check_states(const std::string &name, const std::vector<std::string> &states);

/// Refuses a name of a state set that can not be the label that carries its states: one
/// with a colon, or that its series have as a label.
void check_state_label(const std::string &name, const std::vector<Label> &constant,
                       const std::vector<std::string> &label_names);

/// Throws that a label of a series has the name of its state set.
[[noreturn]] void refuse_state_label(const std::string &name);

/// The labels of the series for one state: its own, and the family's name.
std::string state_labels(std::vector<Label> own, const std::string &name, const std::string &state);

} // namespace libnv::registry
