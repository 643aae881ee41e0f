#include "registry/states.hpp"

#include <algorithm>
#include <set>

#include "registry/error.hpp"
#include "registry/quoted.hpp"

namespace libnv::registry {
namespace {

// A set is one cell.
constexpr std::size_t kMostStates = 64;

} // namespace

void check_states(const std::string &name, const std::vector<std::string> &states) {
    const std::set<std::string> each(states.begin(), states.end());
    const bool are_usable = !states.empty() && states.size() <= kMostStates &&
                            each.size() == states.size() && each.count("") == 0;
    if (!are_usable) {
        throw Error(LIBNV_INVALID_STATES,
                    "state set " + quoted(name) +
                        " needs 1 to 64 states, each once and none empty, not " + quoted(states));
    }
}

void check_state_label(const std::string &name, const std::vector<Label> &constant,
                       const std::vector<std::string> &label_names) {
    if (check_label_name(name) != name) {
        throw Error(LIBNV_INVALID_NAME,
                    "state set " + quoted(name) +
                        ": its name is that of a label too, which can have no colon");
    }
    const bool is_constant = std::any_of(constant.begin(), constant.end(),
                                         [&](const Label &label) { return label.first == name; });
    const bool is_looked_up =
        std::find(label_names.begin(), label_names.end(), name) != label_names.end();
    // Any family may come to have a series with the label of the overflow.
    if (is_constant || is_looked_up || name == kOverflow) {
        refuse_state_label(name);
    }
}

void refuse_state_label(const std::string &name) {
    throw Error(LIBNV_DUPLICATE_LABEL, "state set " + quoted(name) + " needs the label " +
                                           quoted(name) + " for its states");
}

std::string state_labels(std::vector<Label> own, const std::string &name,
                         const std::string &state) {
    own.emplace_back(name, state);
    return label_text({own.begin(), own.end()});
}

} // namespace libnv::registry
