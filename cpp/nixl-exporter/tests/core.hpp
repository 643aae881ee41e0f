#pragma once

#include <memory>
#include <string>

#include "nixl_abi.hpp"

/// Does what NIXL's core does with the plug-in: loads it, and makes exporters.
class Core {
public:
    Core();

    const nixl_abi::Plugin &plugin() const { return *plugin_; }
    std::unique_ptr<nixl_abi::TelemetryExporter> exporter_of(const std::string &agent) const;

private:
    const nixl_abi::Plugin *plugin_;
};

/// The page of this process, by the libnv that is loaded for the test.
std::string page();

/// The value of a series on a page: of a metric of an agent. Fails the test where it is not there.
double value_of(const std::string &page, const std::string &metric, const std::string &agent,
                const std::string &further_label = "");
