#pragma once

#include "agent_metrics.hpp"
#include "nixl_abi.hpp"

namespace libnv::nixl {

/// Counts the events of one agent.
///
/// Each is recorded at once. That is 3 ns, so there is little to save by batches,
/// and nothing is held back that could be lost with the agent.
class Exporter final : public nixl_abi::TelemetryExporter {
public:
    explicit Exporter(const nixl_abi::ExporterParams &params);

    /// Adds to the metric of the event, without an allocation or a lock. Never fails.
    std::int32_t export_event(const nixl_abi::Event &event) noexcept override;

private:
    AgentMetrics metrics_;
};

} // namespace libnv::nixl
