/// The entry points that NIXL looks for in `libtelemetry_exporter_libnv.so`.

#include <cstdio>

#include <libnv/version.h>

#include "exporter.hpp"
#include "nixl_abi.hpp"
#include "nixl_age.hpp"

namespace {

std::unique_ptr<nixl_abi::TelemetryExporter> create(const nixl_abi::ExporterParams &params) {
    try {
        return std::make_unique<libnv::nixl::Exporter>(params);
    } catch (...) { // for want of memory; NIXL says that there is no exporter
        return nullptr;
    }
}

nixl_abi::Plugin *plugin_for(const void *caller) {
    const libnv::nixl::NixlAge nixl = libnv::nixl::age_of_caller(caller);
    if (nixl.is_too_old) {
        std::fprintf(stderr,
                     "libnv: cannot report the telemetry of %s: it is older than NIXL 1.3, whose "
                     "events this plug-in reads; install nixl 1.3 or later\n",
                     nixl.path.c_str());
        return nullptr;
    }
    static nixl_abi::Plugin plugin{nixl_abi::kApiVersion, create, "libnv", LIBNV_VERSION_STRING};
    return &plugin;
}

} // namespace

extern "C" __attribute__((visibility("default"))) nixl_abi::Plugin *
nixl_telemetry_plugin_init() noexcept {
    try {
        return plugin_for(__builtin_return_address(0));
    } catch (...) {
        return nullptr;
    }
}

/// There is nothing to end: NIXL never unloads a plug-in, and its counts stay.
extern "C" __attribute__((visibility("default"))) void nixl_telemetry_plugin_fini() noexcept {}
