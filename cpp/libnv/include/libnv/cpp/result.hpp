/* What a call came to: a value, or what was wrong. */
#ifndef LIBNV_CPP_RESULT_HPP
#define LIBNV_CPP_RESULT_HPP

#include <optional>
#include <string>
#include <utility>

#include "text.hpp"

namespace libnv {
inline namespace LIBNV_NAMESPACE {

/* What kind of mistake it was. Kinds are stable, messages are not. */
enum class ErrorKind : libnv_status {
    kInvalidName = LIBNV_INVALID_NAME,
    kInvalidLabel = LIBNV_INVALID_LABEL,
    kReservedLabel = LIBNV_RESERVED_LABEL,
    kDuplicateLabel = LIBNV_DUPLICATE_LABEL,
    kInvalidBuckets = LIBNV_INVALID_BUCKETS,
    kNameCollision = LIBNV_NAME_COLLISION,
    kKindMismatch = LIBNV_KIND_MISMATCH,
    kUnitMismatch = LIBNV_UNIT_MISMATCH,
    kBucketsMismatch = LIBNV_BUCKETS_MISMATCH,
    kLabelCount = LIBNV_LABEL_COUNT,
    kLabelsMismatch = LIBNV_LABELS_MISMATCH,
    kInvalidStates = LIBNV_INVALID_STATES,
    kStatesMismatch = LIBNV_STATES_MISMATCH,
    kExhausted = LIBNV_EXHAUSTED,
    kBackend = LIBNV_BACKEND,
    kSourceInUse = LIBNV_SOURCE_IN_USE,
    kInvalidArgument = LIBNV_INVALID_ARGUMENT,
    kAbiMismatch = LIBNV_ABI_MISMATCH,
    kUnavailable = LIBNV_UNAVAILABLE,
    kInternal = LIBNV_INTERNAL,
    kIo = LIBNV_IO
};

/* What was wrong with a call. */
class Error {
public:
    explicit Error(ErrorKind kind, std::string message = {}, std::string existing = {})
        : kind_(kind), message_(std::move(message)), existing_(std::move(existing)) {}

    ErrorKind kind() const noexcept { return kind_; }

    /* What was attempted and with what. */
    const std::string &message() const noexcept { return message_; }

    /* What the name stands for already; empty for other mistakes. */
    const std::string &existing() const noexcept { return existing_; }

private:
    ErrorKind kind_;
    std::string message_;
    std::string existing_;
};

/* A value, or an error. Nothing is thrown: look before you take. */
template <class T>
class [[nodiscard]] Result {
public:
    Result(T value) noexcept : value_(std::move(value)) {}
    Result(Error error) noexcept : error_(std::move(error)) {}

    bool has_value() const noexcept { return value_.has_value(); }
    explicit operator bool() const noexcept { return has_value(); }

    /* The value, where there is one. */
    T &operator*() &noexcept { return *value_; }
    const T &operator*() const &noexcept { return *value_; }
    T &&operator*() &&noexcept { return std::move(*value_); }
    T *operator->() noexcept { return &*value_; }
    const T *operator->() const noexcept { return &*value_; }

    /* The error, where there is no value. */
    const Error &error() const noexcept { return *error_; }

    /* The value, or another one. */
    T value_or(T other) &&noexcept { return value_ ? std::move(*value_) : std::move(other); }

private:
    std::optional<T> value_;
    std::optional<Error> error_;
};

namespace detail {

/* The error of a table's last call on this thread. */
inline Error error_of(libnv_status status, const libnv_error_v1 *last) {
    auto kind = static_cast<ErrorKind>(status);
    if (!last || last->status != status) return Error(kind);
    return Error(kind, from_c(last->message), from_c(last->existing));
}

inline Error unavailable() {
    return Error(ErrorKind::kUnavailable, "no libnv of this version is in the process");
}

} // namespace detail
} // namespace LIBNV_NAMESPACE
} // namespace libnv

#endif
