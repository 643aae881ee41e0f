#include "conformance.hpp"

#include <gtest/gtest.h>

#include <stdexcept>
#include <string>
#include <vector>

namespace libnv::conformance {
namespace {

Endpoint open_registry() {
    const libnv_api_v1 *const api = libnv_get_api(LIBNV_ABI);
    void *self = nullptr;
    if (api->open({"conformance", 11}, &self) != LIBNV_OK) throw std::runtime_error("not opened");
    return {api->registry, {self, api->close}};
}

class Conformance : public testing::TestWithParam<Scenario> {};

TEST_P(Conformance, ARegistryDoesWhatTheScenarioSays) {
    EXPECT_EQ(run(GetParam(), open_registry), "");
}

std::string test_name(const testing::TestParamInfo<Scenario> &info) {
    std::string name = info.param.file.substr(0, info.param.file.find('.'));
    name += "_" + std::to_string(info.index) + "_" + info.param.name;
    for (char &byte : name) {
        const bool is_letter = (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z');
        if (!is_letter && !(byte >= '0' && byte <= '9')) byte = '_';
    }
    return name;
}

INSTANTIATE_TEST_SUITE_P(Scenarios, Conformance, testing::ValuesIn(load(CONFORMANCE_FOLDER)),
                         test_name);

TEST(ConformanceRunner, RefusesAStepItDoesNotKnow) {
    EXPECT_THROW(verb_of(Json::parse(R"({"explode": "c"})")), std::runtime_error);
}

TEST(ConformanceRunner, SaysWhichStepFailed) {
    const Scenario scenario = {"made up",
                               "a counter counts",
                               "",
                               {Json::parse(R"({"create": "counter", "as": "c", "name": "c"})"),
                                Json::parse(R"({"expect_value": ["c", 1]})")}};
    const std::string failure = run(scenario, open_registry);
    EXPECT_NE(failure.find("step 2"), std::string::npos) << failure;
}

TEST(ConformanceRunner, RefusesAMessageThatDiffers) {
    const Scenario scenario = {
        "made up",
        "an empty name is refused",
        "",
        {Json::parse(
            R"({"create": "counter", "name": "", "error": "invalid_name", "message": "no"})")}};
    EXPECT_NE(run(scenario, open_registry), "");
}

} // namespace
} // namespace libnv::conformance
