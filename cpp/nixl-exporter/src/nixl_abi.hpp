#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>

/// What NIXL 1.3 and later expect of a telemetry plug-in, declared by hand.
///
/// NIXL does not install the headers of its plug-in interface, and changed it
/// without changing its version. Names are ours; order and sizes are NIXL's.
namespace nixl_abi {

static_assert(_GLIBCXX_USE_CXX11_ABI == 1, "NIXL hands over strings of the C++11 ABI");

/// The version of the interface, which NIXL compares.
constexpr std::uint32_t kApiVersion = 2;

/// A `nixl_status_t` of success.
constexpr std::int32_t kSuccess = 0;

/// `nixlTelemetryEvent`: what happened, and by how much.
struct Event {
    std::uint32_t type;
    std::uint64_t value;
};
static_assert(sizeof(Event) == 16 && offsetof(Event, value) == 8);

/// `nixlTelemetryExporterInitParams`: the agent to report for.
struct ExporterParams {
    std::string agent_name;
    std::size_t max_events_buffered;
};
static_assert(sizeof(ExporterParams) == 40);

/// `nixlTelemetryExporter`: called by one thread of one agent.
///
/// A core that is older calls fewer of the functions. One that is newer calls
/// more, as 1.5 did with `on_batch_begin`: the spare ones do nothing for it.
class TelemetryExporter {
public:
    explicit TelemetryExporter(std::size_t max_events_buffered) noexcept
        : max_events_buffered_(max_events_buffered) {}
    TelemetryExporter(const TelemetryExporter &) = delete;
    TelemetryExporter &operator=(const TelemetryExporter &) = delete;
    virtual ~TelemetryExporter() = default;

    virtual std::int32_t export_event(const Event &event) noexcept = 0;
    virtual void on_batch_begin() noexcept {}
    virtual void on_batch_end() noexcept {}

    virtual std::intptr_t spare_1() noexcept { return 0; }
    virtual std::intptr_t spare_2() noexcept { return 0; }
    virtual std::intptr_t spare_3() noexcept { return 0; }
    virtual std::intptr_t spare_4() noexcept { return 0; }

    /// Read by NIXL, by its place.
    std::size_t max_events_buffered() const noexcept { return max_events_buffered_; }

private:
    std::size_t max_events_buffered_;
};
static_assert(sizeof(TelemetryExporter) == 16);

/// Makes the exporter of an agent, or null.
using CreateExporter = std::unique_ptr<TelemetryExporter> (*)(const ExporterParams &params);

/// `nixlTelemetryPlugin`: what the entry point returns.
struct Plugin {
    std::uint32_t api_version;
    CreateExporter create_exporter;
    std::string name;
    std::string version;
};
static_assert(sizeof(Plugin) == 80);

} // namespace nixl_abi
