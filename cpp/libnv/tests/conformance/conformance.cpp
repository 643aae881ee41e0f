#include "conformance.hpp"

#include <exception>
#include <stdexcept>

#include "world.hpp"

namespace libnv::conformance {

std::string run(const Scenario &scenario, const Open &open) try {
    World world(open, scenario.prefix);
    std::size_t number = 0;
    for (const Json &step : scenario.steps) {
        ++number;
        try {
            world.run(step);
        } catch (const std::exception &failure) {
            return "FAILED " + scenario.file + ": " + scenario.name + "\n  step " +
                   std::to_string(number) + ": " + step.dump() + "\n  " + failure.what() + "\n";
        }
    }
    return {};
} catch (const std::exception &failure) {
    return "FAILED " + scenario.file + ": " + scenario.name + "\n  " + failure.what() + "\n";
}

} // namespace libnv::conformance

using namespace libnv::conformance;

int32_t libnv_conformance(const char *folder,
                          const libnv_registry_v1 *(*open)(void *context, void **self),
                          void (*close)(void *context, void *self), void *context,
                          libnv_sink report, void *report_context) {
    const auto tell = [&](const std::string &text) {
        report(report_context, text.data(), text.size());
    };
    const Open make = [&] {
        void *self = nullptr;
        const libnv_registry_v1 *functions = open(context, &self);
        if (functions == nullptr) throw std::runtime_error("no registry can be opened");
        return Endpoint{functions, {self, [close, context](void *last) { close(context, last); }}};
    };
    try {
        int32_t failed = 0;
        int32_t passed = 0;
        for (const Scenario &scenario : load(folder)) {
            const std::string failure = run(scenario, make);
            tell(failure);
            ++(failure.empty() ? passed : failed);
        }
        tell(std::to_string(passed) + " scenarios passed, " + std::to_string(failed) +
             " failed, 0 skipped\n");
        return failed;
    } catch (const std::exception &failure) {
        tell(failure.what());
        return -1;
    }
}
