/* Facts that are told in labels. */
#ifndef LIBNV_CPP_INFO_HPP
#define LIBNV_CPP_INFO_HPP

#include "handle.hpp"

namespace libnv {
inline namespace LIBNV_NAMESPACE {

/* Facts about something, as labels of a series whose value is always 1. There is nothing to
 * record: it is on the page from when it is declared. */
class Info : public detail::Handle {
public:
    Info() noexcept = default;

private:
    friend class detail::Maker;
    static constexpr std::uint32_t kKind = LIBNV_INFO;
    using Handle::Handle;
};

} // namespace LIBNV_NAMESPACE
} // namespace libnv

#endif
