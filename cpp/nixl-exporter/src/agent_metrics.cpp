#include "agent_metrics.hpp"

#include <string>
#include <vector>

#include "host_name.hpp"

namespace libnv::nixl {
namespace {

/// The upper bounds that NIXL's own exporters have.
std::vector<double> microseconds() {
    return {
        10,     25,     50,     100,     250,     500,     1'000,     2'500,     5'000,
        10'000, 25'000, 50'000, 100'000, 250'000, 500'000, 1'000'000, 5'000'000, 10'000'000,
    };
}

Container container_of(std::string_view agent_name) {
    return Container().scope("",
                             {{"agent_name", std::string(agent_name)}, {"hostname", host_name()}});
}

std::array<Counter, kErrorStatuses.size()> errors_of(const Container &agent) {
    Options options;
    options.help = "Requests that failed, by status.";
    const CounterFamily family = agent.counter_family("agent_errors_total", {"status"}, options);
    std::array<Counter, kErrorStatuses.size()> errors;
    for (std::size_t i = 0; i < errors.size(); ++i) {
        errors[i] = family.with_label_values({kErrorStatuses[i]});
    }
    return errors;
}

} // namespace

AgentMetrics::AgentMetrics(std::string_view agent_name) : AgentMetrics(container_of(agent_name)) {}

AgentMetrics::AgentMetrics(const Container &agent)
    : tx_bytes(agent.counter("agent_tx_bytes_total", "Bytes sent by the agent.")),
      rx_bytes(agent.counter("agent_rx_bytes_total", "Bytes received by the agent.")),
      tx_requests(agent.counter("agent_tx_requests_num_total", "Requests that sent.")),
      rx_requests(agent.counter("agent_rx_requests_num_total", "Requests that received.")),
      memory_registered(
          agent.counter("agent_memory_registered_total", "Bytes of memory registered.")),
      memory_deregistered(
          agent.counter("agent_memory_deregistered_total", "Bytes of memory deregistered.")),
      transfer_time(agent.histogram("agent_xfer_time",
                                    "Microseconds from the start of a transfer to its end.",
                                    microseconds())),
      post_time(agent.histogram("agent_xfer_post_time",
                                "Microseconds from the start of a transfer to its posting.",
                                microseconds())),
      errors(errors_of(agent)),
      events_dropped(agent.counter("agent_telemetry_events_dropped_total",
                                   "Events that NIXL dropped for want of room.")),
      events_unknown(agent.counter("agent_telemetry_events_unknown_total",
                                   "Events of a type that the exporter has no metric for.")) {}

} // namespace libnv::nixl
