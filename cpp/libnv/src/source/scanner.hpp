// Words of Prometheus text, one line at a time.
#pragma once

#include <cstdint>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "registry/labels.hpp"

namespace libnv::source {

/// Text that is not in the format, and where.
class FormatError : public std::runtime_error {
public:
    explicit FormatError(const std::string &what) : std::runtime_error(what) {}
    FormatError(std::size_t line, const std::string &what)
        : std::runtime_error("line " + std::to_string(line) + ": " + what) {}
};

/// One line with a value.
struct Sample {
    std::string name;
    std::vector<registry::Label> labels;
    double value = 0;
    std::optional<std::int64_t> milliseconds;
};

/// Reads one line, strictly.
class Scanner {
public:
    Scanner(std::string_view line, std::size_t number) : rest_(line), number_(number) {}

    /// `name{labels} value timestamp`.
    Sample sample();

    /// A word up to the next blank, and the blanks behind it; empty at the end.
    std::string_view token();

    /// A metric's name.
    std::string name();

    /// The number that a token is.
    double number(std::string_view token) const;

    /// All that is left.
    std::string_view rest() const noexcept { return rest_; }

    /// Goes on at the end of the line, with what is left of it.
    void skip_to(std::string_view rest) noexcept { rest_ = rest; }

    [[noreturn]] void fail(const std::string &what) const { throw FormatError(number_, what); }

private:
    void skip_blanks() noexcept;
    bool take(char wanted) noexcept;
    std::string word(bool takes_colons, const char *what);
    std::string label_value();
    std::vector<registry::Label> labels();

    std::string_view rest_;
    std::size_t number_;
};

} // namespace libnv::source
