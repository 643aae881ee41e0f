// Why something was refused.
#pragma once

#include <stdexcept>
#include <string>
#include <utility>

#include <libnv/libnv.h>

namespace libnv::registry {

/// A refusal; thrown inside the library, and never out of it.
class Error : public std::exception {
public:
    /// The message says what was attempted and with what; `existing` what the name
    /// stands for already, where that is the mistake.
    Error(libnv_status kind, std::string text, std::string known = {})
        : status(kind), message(std::move(text)), existing(std::move(known)) {}

    const char *what() const noexcept override { return message.c_str(); }

    /// The message, and what is there already, as the Rust facade displays them.
    std::string whole() const {
        return existing.empty() ? message : message + "; it is " + existing;
    }

    libnv_status status;
    std::string message;
    std::string existing;
};

/// The kind as the label `reason` and scenario files have it; null for what is no
/// mistake of a registration.
const char *kind_name(libnv_status status) noexcept;

} // namespace libnv::registry
