// The hash of a series: the sum of its labels' hashes, so that their order does not matter.
#pragma once

#include <cstdint>
#include <string_view>

namespace libnv::registry {

/// Hashes the values of one label. Seeded by the label's name and a number drawn once per
/// process: who sends label values can not choose them to collide.
class LabelHash {
public:
    explicit LabelHash(std::string_view name);

    std::uint64_t operator()(std::string_view value) const noexcept;

private:
    std::uint64_t seed_;
};

} // namespace libnv::registry
