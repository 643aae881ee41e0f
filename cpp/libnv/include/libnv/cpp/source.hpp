/* Metrics that are kept elsewhere, and read when a page is. */
#ifndef LIBNV_CPP_SOURCE_HPP
#define LIBNV_CPP_SOURCE_HPP

#include <chrono>
#include <string>
#include <type_traits>

#include "declare.hpp"

namespace libnv {
inline namespace LIBNV_NAMESPACE {

class Container;

/* A source on a container's page, taken off it when this is destroyed.
 *
 * A read that is under way then ends later, on its own thread: what the function uses must live
 * until then. */
class [[nodiscard]] Source {
public:
    /* No source. */
    Source() noexcept = default;
    Source(Source &&other) noexcept
        : registry_(std::exchange(other.registry_, {})), opened_(std::move(other.opened_)),
          name_(std::move(other.name_)) {}
    Source &operator=(Source &&other) noexcept {
        std::swap(registry_, other.registry_);
        std::swap(opened_, other.opened_);
        std::swap(name_, other.name_);
        return *this;
    }
    Source(const Source &) = delete;
    Source &operator=(const Source &) = delete;
    ~Source() {
        std::uint32_t removed = 0;
        if (registry_)
            (void)registry_.functions->remove_source(registry_.self, detail::to_c(name_), &removed);
    }

    /* Leaves the source on the page for as long as its container lives. */
    void keep() noexcept { registry_ = {}; }

private:
    friend class Container;

    Source(detail::Registry registry, detail::Opened opened, std::string name) noexcept
        : registry_(registry), opened_(std::move(opened)), name_(std::move(name)) {}

    detail::Registry registry_;
    detail::Opened opened_;
    std::string name_;
};

namespace detail {

/* Runs what is not ours; nothing that it throws gets out, and LIBNV_INTERNAL stands for it. */
template <class Call>
libnv_status guarded(Call call) noexcept {
#ifdef __cpp_exceptions
    try {
        return call();
    } catch (...) {
        return LIBNV_INTERNAL;
    }
#else
    return call();
#endif
}

/* The C functions of a source that calls `Read`, which returns text. */
template <class Read>
struct SourceFunctions {
    static libnv_status read(void *context, libnv_sink sink, void *sink_context) noexcept {
        return guarded([&] {
            const std::string text = (*static_cast<Read *>(context))();
            sink(sink_context, text.data(), text.size());
            return static_cast<libnv_status>(LIBNV_OK);
        });
    }

    static void drop(void *context) noexcept { delete static_cast<Read *>(context); }
};

} // namespace detail
} // namespace LIBNV_NAMESPACE
} // namespace libnv

#endif
