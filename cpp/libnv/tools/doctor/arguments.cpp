#include "arguments.hpp"

#include <charconv>

namespace doctor {

const char *const kHelp =
    R"(libnv-doctor: say what libnv is doing in a process, and why a metric is absent

usage: libnv-doctor [--json] LIBRARY...
       libnv-doctor [--json] --explain NAME LIBRARY...
       libnv-doctor [--json] --pid PID

  LIBRARY...      load these, in this order, and look at what came of it
  --explain NAME  say why the metric of that name is not on the page
  --pid PID       look into a running process, which is not stopped; statistics
                  are told by the process itself only, on its page or by
                  libnv::doctor()
  --json          print JSON instead of a table

Examples:
  libnv-doctor /usr/lib/libnv.so.1 ./libengine.so
  libnv-doctor --explain llm_requests_total ./libengine.so
  libnv-doctor --pid $(pidof worker)

Exit codes: 0 all is well, 1 something is wrong, 2 the arguments are wrong.
)";

namespace {

pid_t pid_from(const std::string &text) {
    pid_t pid = 0;
    const char *end = text.data() + text.size();
    const auto [rest, error] = std::from_chars(text.data(), end, pid);
    if (error != std::errc() || rest != end || pid <= 0) {
        throw UsageError("\"" + text + "\" is not the number of a process");
    }
    return pid;
}

void check(const Arguments &arguments) {
    if (arguments.wants_help) return;
    if (arguments.pid != 0 && !arguments.explain.empty()) {
        throw UsageError("--explain needs a library: the page of another process is its own");
    }
    if (arguments.pid != 0 && !arguments.libraries.empty()) {
        throw UsageError("libraries cannot be loaded into another process");
    }
    if (arguments.pid == 0 && arguments.libraries.empty()) {
        throw UsageError("a library or --pid is needed");
    }
}

} // namespace

Arguments parse(const std::vector<std::string> &words) {
    Arguments arguments;
    for (std::size_t i = 0; i < words.size(); ++i) {
        const std::string &word = words[i];
        const auto value = [&] {
            if (i + 1 == words.size()) throw UsageError(word + " needs a value");
            return words[++i];
        };
        if (word == "--help" || word == "-h") {
            arguments.wants_help = true;
        } else if (word == "--json") {
            arguments.wants_json = true;
        } else if (word == "--pid") {
            arguments.pid = pid_from(value());
        } else if (word == "--explain") {
            arguments.explain = value();
        } else if (word.size() > 1 && word[0] == '-') {
            throw UsageError("unknown argument \"" + word + "\"");
        } else {
            arguments.libraries.push_back(word);
        }
    }
    check(arguments);
    return arguments;
}

} // namespace doctor
