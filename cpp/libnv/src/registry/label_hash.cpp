#include "registry/label_hash.hpp"

#include <cstring>
#include <random>

namespace libnv::registry {
namespace {

__extension__ using Wide = unsigned __int128;

constexpr std::uint64_t kFirst = 0x9e3779b97f4a7c15;
constexpr std::uint64_t kSecond = 0xd1b54a32d192ed03;

/// Multiplies and folds: each bit of both numbers reaches half of the result's.
std::uint64_t mix(std::uint64_t a, std::uint64_t b) noexcept {
    const Wide product = static_cast<Wide>(a) * b;
    return static_cast<std::uint64_t>(product) ^ static_cast<std::uint64_t>(product >> 64);
}

std::uint64_t word(const char *bytes) noexcept {
    std::uint64_t word = 0;
    std::memcpy(&word, bytes, sizeof word);
    return word;
}

std::uint64_t hash(std::uint64_t seed, std::string_view text) noexcept {
    std::uint64_t state = seed ^ (text.size() * kFirst);
    while (text.size() > sizeof state) {
        state = mix(state ^ word(text.data()), kSecond);
        text.remove_prefix(sizeof state);
    }
    std::uint64_t last = 0;
    if (!text.empty()) {
        std::memcpy(&last, text.data(), text.size());
    }
    return mix(state ^ last, kFirst);
}

std::uint64_t process_seed() {
    static const std::uint64_t seed = [] {
        std::random_device device;
        return static_cast<std::uint64_t>(device()) << 32 | device();
    }();
    return seed;
}

} // namespace

LabelHash::LabelHash(std::string_view name) : seed_(hash(process_seed(), name)) {}

std::uint64_t LabelHash::operator()(std::string_view value) const noexcept {
    return hash(seed_, value);
}

} // namespace libnv::registry
