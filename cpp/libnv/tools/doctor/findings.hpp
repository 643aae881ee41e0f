// What the doctor finds out about a process.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace doctor {

// An executable or library with a copy of libnv, or of its meeting point.
struct Copy {
    std::string path;
    std::uint32_t abi = 0;
    bool is_owner = false;   // its table is in force
    bool is_refused = false; // it speaks another version of the ABI than the owner
};

struct Refusal {
    std::string name;
    std::string message;
};

// What only the process itself can count.
struct Statistics {
    std::uint64_t slabs = 0;
    std::uint64_t leased = 0;
    std::uint64_t leases = 0;
    std::uint64_t fallback_records = 0;
    std::uint64_t series = 0;
    std::uint64_t detached = 0;
    std::uint64_t unbound = 0;
    std::uint64_t refusals = 0;
    std::string host_language;
    std::string host_backend;
    std::string service_name;
    bool is_hosted = false;
};

struct Findings {
    std::vector<Copy> copies; // by their addresses
    std::uint64_t table = 0;  // where the one in force lies in that process; 0 where none is
    std::string version;      // its own
    std::string cells_language;
    std::string cells_path; // of the object whose engine has the cells
    std::optional<Statistics> statistics;
    std::vector<Refusal> latest_refusals;
};

// Why a metric is on the page, or is not.
struct Explanation {
    std::string name;
    bool is_present = false;
    std::vector<std::string> reasons; // the likeliest first
};

} // namespace doctor
