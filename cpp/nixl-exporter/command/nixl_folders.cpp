#include "nixl_folders.hpp"

#include <cstdio>
#include <cstdlib>
#include <memory>
#include <sstream>
#include <stdexcept>

namespace nixl_command {

namespace fs = std::filesystem;

namespace {

/// Finds the packages without importing them, which would load CUDA's libraries.
constexpr const char *kAsk = R"(
from importlib.util import find_spec
from pathlib import Path
for name in ("nixl_cu13", "nixl_cu12", "nixl_rocm"):
    spec = find_spec(name)
    if spec and spec.origin:
        folder = Path(spec.origin).parent.parent / f".{name}.mesonpy.libs" / "plugins"
        if folder.is_dir():
            print(folder)
)";

std::string quoted(const std::string &text) {
    std::string out = "'";
    for (const char c : text) {
        out += c == '\'' ? std::string("'\\''") : std::string(1, c);
    }
    return out + "'";
}

std::string output_of(const std::string &command, const std::string &program) {
    const auto close = [](std::FILE *pipe) { pclose(pipe); };
    std::unique_ptr<std::FILE, decltype(close)> pipe(popen(command.c_str(), "r"), close);
    if (pipe == nullptr) {
        throw std::runtime_error("cannot run " + program);
    }
    std::string output;
    char part[4096];
    for (std::size_t n; (n = std::fread(part, 1, sizeof part, pipe.get())) > 0;) {
        output.append(part, n);
    }
    if (pclose(pipe.release()) != 0) {
        throw std::runtime_error("cannot ask " + program +
                                 " where NIXL is; name the folder of its plug-ins by --plugin-dir");
    }
    return output;
}

std::vector<fs::path> known_to(const std::string &python) {
    std::istringstream lines(output_of(quoted(python) + " -c " + quoted(kAsk), python));
    std::vector<fs::path> folders;
    for (std::string line; std::getline(lines, line);) {
        folders.emplace_back(line);
    }
    if (folders.empty()) {
        throw std::runtime_error(python + " knows no NIXL package; name the folder of its "
                                          "plug-ins by --plugin-dir or NIXL_PLUGIN_DIR");
    }
    return folders;
}

} // namespace

std::vector<fs::path> nixl_folders(const Arguments &arguments) {
    const char *variable = std::getenv("NIXL_PLUGIN_DIR");
    std::string named = arguments.plugin_dir;
    if (named.empty() && variable != nullptr) {
        named = variable;
    }
    if (named.empty()) {
        return known_to(arguments.python);
    }
    if (!fs::is_directory(named)) {
        throw std::runtime_error("the folder of NIXL's plug-ins, " + named + ", is not there");
    }
    return {named};
}

} // namespace nixl_command
