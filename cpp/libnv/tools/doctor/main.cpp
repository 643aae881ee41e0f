// libnv-doctor: what libnv is doing in a process, and why a metric is absent.

#include <unistd.h>

#include <cstdlib>
#include <exception>
#include <iostream>

#include "arguments.hpp"
#include "json.hpp"
#include "loaded.hpp"
#include "problems.hpp"
#include "process.hpp"
#include "text.hpp"

using namespace doctor;

namespace {

template <typename Found>
void write(const Found &found, bool wants_json) {
    if (wants_json) return write_json(std::cout, found);
    write_text(std::cout, found, isatty(STDOUT_FILENO) == 1 && std::getenv("NO_COLOR") == nullptr);
}

// Whether all is well.
bool run(const Arguments &arguments) {
    if (arguments.wants_help) {
        std::cout << kHelp;
        return true;
    }
    if (!arguments.explain.empty()) {
        const Explanation explanation = Loaded(arguments.libraries).explain(arguments.explain);
        write(explanation, arguments.wants_json);
        return explanation.is_present;
    }
    const Findings findings =
        arguments.pid != 0 ? examine(arguments.pid) : Loaded(arguments.libraries).findings();
    write(findings, arguments.wants_json);
    return problems_of(findings).empty();
}

} // namespace

int main(int count, char **words) {
    try {
        return run(parse({words + 1, words + count})) ? 0 : 1;
    } catch (const UsageError &error) {
        std::cerr << "libnv-doctor: " << error.what() << "; see libnv-doctor --help\n";
        return 2;
    } catch (const std::exception &error) {
        std::cerr << "libnv-doctor: " << error.what() << '\n';
        return 1;
    }
}
