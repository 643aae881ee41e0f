// Numbers in scenarios and on pages.
#pragma once

#include <cmath>
#include <cstdint>
#include <limits>
#include <stdexcept>
#include <string>
#include <variant>

#include <nlohmann/json.hpp>

namespace libnv::conformance {

using Json = nlohmann::ordered_json;

/// A number as JSON writes it, or one of the strings `NaN`, `+Inf` and `-Inf`. Whole numbers
/// stay whole.
class Number {
public:
    Number(std::uint64_t value) : value_(value) {}
    Number(std::int64_t value) : value_(value) {}
    Number(double value) : value_(value) {}

    explicit Number(const Json &json) : value_(0.0) {
        if (json.is_number_unsigned()) {
            value_ = json.get<std::uint64_t>();
        } else if (json.is_number_integer()) {
            value_ = json.get<std::int64_t>();
        } else if (json.is_number_float()) {
            value_ = json.get<double>();
        } else {
            value_ = special(json.get<std::string>());
        }
    }

    double as_double() const {
        return std::visit([](auto value) { return static_cast<double>(value); }, value_);
    }

    std::uint64_t as_unsigned() const { return std::get<std::uint64_t>(value_); }

    std::int64_t as_signed() const {
        if (const auto *value = std::get_if<std::int64_t>(&value_)) return *value;
        return static_cast<std::int64_t>(std::get<std::uint64_t>(value_));
    }

    /// True where both are the same number, NaN being the same as NaN.
    bool is(const Number &other) const {
        if (is_whole() && other.is_whole()) {
            return is_negative() == other.is_negative() && bits() == other.bits();
        }
        const double one = as_double();
        const double two = other.as_double();
        return one == two || (std::isnan(one) && std::isnan(two));
    }

    std::string text() const {
        return std::visit([](auto value) { return std::to_string(value); }, value_);
    }

private:
    static double special(const std::string &name) {
        if (name == "NaN") return std::numeric_limits<double>::quiet_NaN();
        if (name == "+Inf") return std::numeric_limits<double>::infinity();
        if (name == "-Inf") return -std::numeric_limits<double>::infinity();
        throw std::invalid_argument("no number: " + name);
    }

    bool is_whole() const { return !std::holds_alternative<double>(value_); }
    bool is_negative() const {
        const auto *value = std::get_if<std::int64_t>(&value_);
        return value != nullptr && *value < 0;
    }
    std::uint64_t bits() const {
        if (const auto *value = std::get_if<std::int64_t>(&value_)) {
            return static_cast<std::uint64_t>(*value);
        }
        return std::get<std::uint64_t>(value_);
    }

    std::variant<std::uint64_t, std::int64_t, double> value_;
};

} // namespace libnv::conformance
