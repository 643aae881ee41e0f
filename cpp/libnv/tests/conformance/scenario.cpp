#include "scenario.hpp"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <map>
#include <set>
#include <stdexcept>

namespace libnv::conformance {
namespace {

using Names = std::set<std::string>;

/// What a registry of libnv can do; a scenario that requires something else is an error.
const Names kCapabilities = {
    "float_counter", "up_down_counter",       "unit",  "alias",      "family",      "info",
    "state_set",     "exponential_histogram", "scope", "whole_page", "self_metrics"};

/// Each step, and the fields that it may have besides.
const std::map<std::string, Names> kSteps = {
    {"create",
     {"name", "as", "in", "help", "unit", "labels", "buckets", "layout", "states", "aliases",
      "label_names", "limit", "error", "message", "existing"}},
    {"look_up", {"values", "as", "error", "message"}},
    {"remove", {"values", "removed"}},
    {"scope", {"as", "in", "labels", "error", "message"}},
    {"drop", {}},
    {"on_threads", {"repeat", "steps"}},
    {"inc", {}},
    {"inc_by", {}},
    {"add", {}},
    {"set", {}},
    {"gauge_inc", {}},
    {"gauge_dec", {}},
    {"observe", {}},
    {"observe_n", {}},
    {"set_only", {}},
    {"enable", {}},
    {"disable", {}},
    {"expect_value", {}},
    {"expect_histogram", {}},
    {"expect_exponential", {}},
    {"expect_states", {}},
    {"expect_series", {}},
    {"expect_family", {}},
    {"expect_absent", {}},
    {"expect_lines", {}},
    {"expect_text", {}},
    {"expect_counted", {}},
};

void check_fields(const Json &object, const Names &known, const std::string &where) {
    for (const auto &field : object.items()) {
        if (known.count(field.key()) == 0) {
            throw std::runtime_error(where + ": unknown field " + field.key());
        }
    }
}

void check_step(const Json &step, const std::string &where) {
    const std::string verb = verb_of(step);
    Names known = kSteps.at(verb);
    known.insert(verb);
    check_fields(step, known, where + ", " + verb);
    if (verb == "on_threads") {
        for (const Json &inner : step["steps"]) check_step(inner, where);
    }
}

Scenario scenario(const std::string &file, const Json &json) {
    const std::string where = file + ": " + json["name"].get<std::string>();
    check_fields(json, {"name", "requires", "prefix", "steps"}, where);
    if (json.contains("requires")) {
        for (const Json &capability : json["requires"]) {
            if (kCapabilities.count(capability.get<std::string>()) == 0) {
                throw std::runtime_error(where + ": unknown capability " + capability.dump());
            }
        }
    }
    for (const Json &step : json["steps"]) check_step(step, where);
    return {file, json["name"], json["prefix"], json["steps"]};
}

} // namespace

std::string verb_of(const Json &step) {
    for (const auto &known : kSteps) {
        if (step.contains(known.first)) return known.first;
    }
    throw std::runtime_error("unknown step " + step.dump());
}

std::vector<Scenario> load(const std::string &folder) {
    std::vector<std::filesystem::path> paths;
    for (const auto &entry : std::filesystem::directory_iterator(folder)) {
        const auto &path = entry.path();
        if (path.extension() == ".json" && path.filename() != "sanitisers.json") {
            paths.push_back(path);
        }
    }
    std::sort(paths.begin(), paths.end());
    std::vector<Scenario> all;
    for (const auto &path : paths) {
        std::ifstream stream(path);
        const Json file = Json::parse(stream);
        check_fields(file, {"title", "scenarios"}, path.filename().string());
        for (const Json &one : file["scenarios"]) {
            all.push_back(scenario(path.filename().string(), one));
        }
    }
    // A wrong path must not look like a registry that passes everything.
    if (all.empty()) throw std::runtime_error("there is no scenario in " + folder);
    return all;
}

} // namespace libnv::conformance
