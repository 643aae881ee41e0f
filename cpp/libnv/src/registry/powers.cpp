#include "registry/powers.hpp"

namespace libnv::registry {
namespace {

using Powers = std::array<std::uint64_t, std::size_t{1} << kFinestHalvings>;
__extension__ using Wide = unsigned __int128;

constexpr std::uint64_t root(Wide square) {
    std::uint64_t low = 0;
    for (std::uint64_t bit = std::uint64_t{1} << 63; bit != 0; bit >>= 1) {
        const std::uint64_t next = low | bit;
        if (static_cast<Wide>(next) * next <= square) {
            low = next;
        }
    }
    return low;
}

/// Halves the octave by square roots of integers with 63 fraction bits. A root loses
/// less than two of their last bits; no power lies so close to a rounding edge.
Powers halved() {
    Powers powers{};
    powers.fill(std::uint64_t{1} << 63);
    for (std::size_t coarser = 1; coarser < powers.size(); coarser *= 2) {
        Powers finer = powers;
        for (std::size_t k = 0; k < 2 * coarser; ++k) {
            // The root of 2^(k/coarser), which is 1 to 4.
            finer[k] = root(static_cast<Wide>(powers[k % coarser]) << (63 + k / coarser));
        }
        powers = finer;
    }
    for (std::uint64_t &power : powers) {
        power = (((power >> 10) + 1) >> 1) - (std::uint64_t{1} << 52);
    }
    return powers;
}

} // namespace

const Powers &mantissas() noexcept {
    static const Powers powers = halved();
    return powers;
}

} // namespace libnv::registry
