#include "core.hpp"

#include <dlfcn.h>
#include <unistd.h>

#include <gtest/gtest.h>
#include <libnv/libnv.h>

namespace {

void *load(const char *path) {
    void *library = dlopen(path, RTLD_NOW | RTLD_LOCAL | RTLD_NODELETE);
    EXPECT_NE(library, nullptr) << dlerror();
    return library;
}

const libnv_api_v1 &api() {
    static void *library = load(LIBNV_UNDER_TEST);
    const auto get = reinterpret_cast<decltype(&libnv_get_api)>(dlsym(library, "libnv_get_api"));
    return *get(LIBNV_ABI);
}

std::string host_name() {
    char name[256] = "";
    gethostname(name, sizeof name - 1);
    return name;
}

} // namespace

Core::Core() {
    api(); // which the plug-in finds in the process
    void *library = load(PLUGIN_UNDER_TEST);
    const auto init =
        reinterpret_cast<nixl_abi::Plugin *(*)()>(dlsym(library, "nixl_telemetry_plugin_init"));
    plugin_ = init();
}

std::unique_ptr<nixl_abi::TelemetryExporter> Core::exporter_of(const std::string &agent) const {
    return plugin_->create_exporter({agent, 4096});
}

std::string page() {
    std::string text;
    const auto append = [](void *context, const char *data, size_t size) {
        static_cast<std::string *>(context)->append(data, size);
    };
    EXPECT_EQ(api().registry->write_page(api().process, LIBNV_TEXT, append, &text), LIBNV_OK);
    return text;
}

double value_of(const std::string &page, const std::string &metric, const std::string &agent,
                const std::string &further_label) {
    const std::string series = "\n" + metric + "{agent_name=\"" + agent + "\",hostname=\"" +
                               host_name() + "\"" + further_label + "} ";
    const std::size_t at = page.find(series);
    if (at == std::string::npos) {
        ADD_FAILURE() << "there is no" << series << "on\n" << page;
        return -1;
    }
    return std::stod(page.substr(at + series.size()));
}
