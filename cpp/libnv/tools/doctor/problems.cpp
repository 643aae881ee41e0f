#include "problems.hpp"

namespace doctor {
namespace {

std::string counted(std::uint64_t count, const std::string &one, const std::string &many) {
    return std::to_string(count) + " " + (count == 1 ? one : many);
}

} // namespace

std::vector<std::string> problems_of(const Findings &findings) {
    std::vector<std::string> problems;
    if (findings.copies.empty()) {
        problems.push_back("there is no copy of libnv, and nothing that was built with it");
        return problems;
    }
    if (findings.table == 0) {
        problems.push_back("no copy owns the process: there is no libnv.so.1 to be found (name it "
                           "by LIBNV_LIBRARY), or nothing was recorded yet");
    }
    for (const Copy &copy : findings.copies) {
        if (copy.is_refused) {
            problems.push_back(copy.path + " speaks version " + std::to_string(copy.abi) +
                               " of the ABI, and is on its own");
        }
    }
    if (!findings.statistics) return problems;
    const Statistics &counts = *findings.statistics;
    if (counts.refusals > 0) {
        problems.push_back(counted(counts.refusals, "declaration was", "declarations were") +
                           " refused");
    }
    if (counts.detached > 0) {
        problems.push_back(counted(counts.detached, "handle is", "handles are") +
                           " in no container, after a refusal");
    }
    if (counts.unbound > 0) {
        problems.push_back(counted(counts.unbound, "handle waits", "handles wait") +
                           " for a library");
    }
    return problems;
}

} // namespace doctor
