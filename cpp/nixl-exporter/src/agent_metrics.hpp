#pragma once

#include <array>
#include <string_view>

#include <libnv/libnv.hpp>

#include "event_type.hpp"

namespace libnv::nixl {

/// The metrics of one agent, in the container of the process.
///
/// All series are there from the start, at 0. Agents of one name share them,
/// and they stay when an agent ends, for the last scrape to see.
struct AgentMetrics {
    explicit AgentMetrics(std::string_view agent_name);

    Counter tx_bytes;
    Counter rx_bytes;
    Counter tx_requests;
    Counter rx_requests;
    Counter memory_registered;
    Counter memory_deregistered;
    Histogram transfer_time; // in microseconds, as NIXL measures
    Histogram post_time;
    std::array<Counter, kErrorStatuses.size()> errors;
    Counter events_dropped; // by NIXL, before they came here
    Counter events_unknown; // of a type that there is no metric for

private:
    explicit AgentMetrics(const Container &agent);
};

} // namespace libnv::nixl
