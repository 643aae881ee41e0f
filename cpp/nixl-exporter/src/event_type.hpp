#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

namespace libnv::nixl {

/// The events of NIXL, by its numbers. Values are of one operation each.
enum class EventType : std::uint32_t {
    TxBytes = 0,
    RxBytes = 1,
    TxRequests = 2,
    RxRequests = 3,
    MemoryRegistered = 4,
    MemoryDeregistered = 5,
    TransferTime = 6, // in microseconds, as the next
    PostTime = 7,
    FirstError = 8,
    LastError = 19,
    EventsDropped = 20,
};

/// The statuses of the errors, from the first on, as NIXL's own exporters call them.
constexpr std::array<const char *, 12> kErrorStatuses = {
    "not_posted",    "invalid_param",     "backend",       "not_found",
    "mismatch",      "not_allowed",       "repost_active", "unknown",
    "not_supported", "remote_disconnect", "canceled",      "no_telemetry",
};

} // namespace libnv::nixl
