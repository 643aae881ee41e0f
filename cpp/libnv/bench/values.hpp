// What is observed: microseconds over all of NIXL's buckets.
#pragma once

#include <cmath>
#include <cstddef>
#include <vector>

namespace libnv::bench {

// The buckets of NIXL's histograms.
inline const std::vector<double> kBuckets = {10,  25,    50,  100, 250,   500, 1e3, 2.5e3, 5e3,
                                             1e4, 2.5e4, 5e4, 1e5, 2.5e5, 5e5, 1e6, 5e6,   1e7};

// Values to take in turn; a power of two of them.
class Values {
public:
    Values() {
        for (std::size_t at = 0; at < kCount; ++at)
            values_[at] = std::exp2(static_cast<double>(at * 389 % kCount) / kCount * 24.0);
    }

    double next() noexcept { return values_[at_++ % kCount]; }

private:
    static constexpr std::size_t kCount = 1024;
    double values_[kCount];
    std::size_t at_ = 0;
};

} // namespace libnv::bench
