#include "engine/spaces.hpp"

#include <algorithm>

namespace libnv::engine {

std::optional<std::uint32_t> Stretch::take(std::uint32_t bytes) {
    auto found = returned_.find(bytes);
    if (found == returned_.end()) {
        if (bytes <= end_ - next_) {
            const std::uint32_t offset = next_;
            next_ += bytes;
            return offset;
        }
        // The stretch is full: split a larger range that came back.
        found = returned_.upper_bound(bytes);
        if (found == returned_.end()) return std::nullopt;
    }
    const std::uint32_t size = found->first;
    const std::uint32_t offset = found->second.back();
    if (size > bytes) give(offset + bytes, size - bytes);
    found->second.pop_back();
    if (found->second.empty()) returned_.erase(found);
    return offset;
}

void Stretch::give(std::uint32_t offset, std::uint32_t bytes) {
    returned_[bytes].push_back(offset);
}

Spaces::Spaces(const Layout &layout) noexcept
    : layout_(layout), thread_(kFirst, layout.thread_end),
      shared_(layout.thread_end, layout.shared_end), gauge_(layout.shared_end, layout.gauge_end) {}

std::optional<std::uint32_t> Spaces::take(Space space, std::uint32_t cells) {
    const std::uint64_t wanted = std::uint64_t{std::max(cells, 1u)} * kCellBytes;
    if (wanted > layout_.gauge_end) return std::nullopt;
    const auto bytes = static_cast<std::uint32_t>(wanted);
    const auto offset = stretch(space).take(bytes);
    if (!offset && space == Space::kThread) return shared_.take(bytes);
    return offset;
}

void Spaces::give(std::uint32_t offset, std::uint32_t cells) {
    stretch(space_of(offset)).give(offset, std::max(cells, 1u) * kCellBytes);
}

Space Spaces::space_of(std::uint32_t offset) const noexcept {
    if (offset < layout_.thread_end) return Space::kThread;
    return offset < layout_.shared_end ? Space::kShared : Space::kGauge;
}

Stretch &Spaces::stretch(Space space) noexcept {
    switch (space) {
    case Space::kShared:
        return shared_;
    case Space::kGauge:
        return gauge_;
    case Space::kThread:
        break;
    }
    return thread_;
}

} // namespace libnv::engine
