/* States of which each is on or off. */
#ifndef LIBNV_CPP_STATE_SET_HPP
#define LIBNV_CPP_STATE_SET_HPP

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "handle.hpp"

namespace libnv {
inline namespace LIBNV_NAMESPACE {

/* Up to 64 states, each on or off; all are off at first.
 *
 * The set is one cell: who reads while one state after another is `set_only` sees one of them,
 * never two or none. A state that the set does not have changes nothing, and is counted in
 * `dynamometer_dropped_samples_total`. */
class StateSet : public detail::Handle {
public:
    StateSet() noexcept = default;

    /* Turns one state on and all others off, at once. */
    void set_only(std::string_view state) const noexcept {
        int at = known(state);
        if (at >= 0) libnv_state_set_only(slot(), static_cast<std::uint32_t>(at));
    }

    /* Turns a state on, and leaves the others as they are. */
    void enable(std::string_view state) const noexcept { turn(state, true); }

    /* Turns a state off, and leaves the others as they are. */
    void disable(std::string_view state) const noexcept { turn(state, false); }

    /* True where the state is on; false for one that the set does not have. */
    bool is_enabled(std::string_view state) const noexcept {
        int at = find(state);
        return at >= 0 && (read().number >> at & 1) == 1;
    }

private:
    friend class detail::Maker;
    using States = std::shared_ptr<const std::vector<std::string>>;
    static constexpr std::uint32_t kKind = LIBNV_STATE_SET;

    StateSet(libnv_slot_v1 *slot, States states) noexcept
        : Handle(slot), states_(std::move(states)) {}

    int find(std::string_view state) const noexcept {
        if (!states_) return -1;
        for (std::size_t at = 0; at < states_->size() && at < 64; ++at)
            if ((*states_)[at] == state) return static_cast<int>(at);
        return -1;
    }

    int known(std::string_view state) const noexcept {
        int at = find(state);
        if (at < 0) libnv_state_set_refuse(slot());
        return at;
    }

    void turn(std::string_view state, bool is_on) const noexcept {
        int at = known(state);
        if (at >= 0) libnv_state_set_turn(slot(), static_cast<std::uint32_t>(at), is_on);
    }

    States states_;
};

} // namespace LIBNV_NAMESPACE
} // namespace libnv

#endif
