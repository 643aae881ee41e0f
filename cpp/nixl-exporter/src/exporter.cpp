#include "exporter.hpp"

namespace libnv::nixl {

Exporter::Exporter(const nixl_abi::ExporterParams &params)
    : TelemetryExporter(params.max_events_buffered), metrics_(params.agent_name) {}

std::int32_t Exporter::export_event(const nixl_abi::Event &event) noexcept {
    const auto type = static_cast<EventType>(event.type);
    switch (type) {
    case EventType::TxBytes:
        metrics_.tx_bytes.inc_by(event.value);
        break;
    case EventType::RxBytes:
        metrics_.rx_bytes.inc_by(event.value);
        break;
    case EventType::TxRequests:
        metrics_.tx_requests.inc_by(event.value);
        break;
    case EventType::RxRequests:
        metrics_.rx_requests.inc_by(event.value);
        break;
    case EventType::MemoryRegistered:
        metrics_.memory_registered.inc_by(event.value);
        break;
    case EventType::MemoryDeregistered:
        metrics_.memory_deregistered.inc_by(event.value);
        break;
    case EventType::TransferTime:
        metrics_.transfer_time.observe(static_cast<double>(event.value));
        break;
    case EventType::PostTime:
        metrics_.post_time.observe(static_cast<double>(event.value));
        break;
    case EventType::EventsDropped:
        metrics_.events_dropped.inc_by(event.value);
        break;
    default:
        if (type >= EventType::FirstError && type <= EventType::LastError) {
            const auto first = static_cast<std::uint32_t>(EventType::FirstError);
            metrics_.errors[event.type - first].inc_by(event.value);
        } else {
            metrics_.events_unknown.inc();
        }
    }
    return nixl_abi::kSuccess;
}

} // namespace libnv::nixl
