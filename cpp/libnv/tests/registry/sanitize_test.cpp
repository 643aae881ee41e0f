#include "registry/sanitize.hpp"

#include <gtest/gtest.h>

#include <fstream>
#include <functional>
#include <map>

#include <nlohmann/json.hpp>

#include "registry/error.hpp"

namespace libnv::registry {
namespace {

using Function = std::function<std::string(std::string_view)>;

TEST(Sanitise, EveryVectorOfTheScenariosHolds) {
    const std::map<std::string, Function> functions = {
        {"sanitize_prometheus_name", sanitize_prometheus_name},
        {"sanitize_prometheus_label", sanitize_prometheus_label},
        {"build_component_metric_name", build_component_metric_name}};
    std::ifstream stream(std::string(CONFORMANCE_FOLDER) + "/sanitisers.json");
    const auto file = nlohmann::json::parse(stream);
    for (const auto &group : file["vectors"]) {
        const Function &sanitise = functions.at(group["function"]);
        for (const auto &vector : group["outputs"]) {
            EXPECT_EQ(sanitise(vector[0].get<std::string>()), vector[1].get<std::string>())
                << group["function"];
        }
        for (const auto &input : group["refused"]) {
            try {
                ADD_FAILURE() << sanitise(input.get<std::string>());
            } catch (const Error &error) {
                EXPECT_EQ(kind_name(error.status), group["error"].get<std::string>());
            }
        }
    }
}

} // namespace
} // namespace libnv::registry
