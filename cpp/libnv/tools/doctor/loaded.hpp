// Libraries that are loaded here, to see what libnv makes of them.
#pragma once

#include <string>
#include <vector>

#include "findings.hpp"

struct libnv_api_v1;

namespace doctor {

class Loaded {
public:
    // Loads them in this order; throws where the loader refuses one.
    explicit Loaded(const std::vector<std::string> &libraries);

    // What is to be told of this process now.
    Findings findings() const;

    // Why a metric is on this process's page, or is not.
    Explanation explain(const std::string &name) const;

private:
    const libnv_api_v1 *api_ = nullptr; // in force; null where no library brought one
};

} // namespace doctor
