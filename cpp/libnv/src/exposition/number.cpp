#include "exposition/number.hpp"

#include <charconv>
#include <cmath>
#include <limits>

#include "exposition/decimal.hpp"

namespace libnv::exposition {
namespace {

// The largest float below which every whole number is exact.
constexpr double kWhole = 9007199254740992.0;

template <class Whole>
void append_whole(std::string &page, Whole number) {
    char room[24];
    const auto end = std::to_chars(room, room + sizeof room, number);
    page.append(room, end.ptr);
}

/// The text of what is not finite, or null.
const char *special(double number) {
    if (std::isnan(number)) {
        return "NaN";
    }
    if (std::isinf(number)) {
        return number > 0 ? "+Inf" : "-Inf";
    }
    return nullptr;
}

void append_exponent(std::string &text, int exponent, bool two_digits) {
    text += exponent < 0 ? "e-" : "e+";
    const int magnitude = std::abs(exponent);
    if (two_digits && magnitude < 10) {
        text += '0';
    }
    text += std::to_string(magnitude);
}

} // namespace

void append_number(std::string &page, std::uint64_t number) {
    append_whole(page, number);
}

void append_number(std::string &page, std::int64_t number) {
    append_whole(page, number);
}

void append_number(std::string &page, double number) {
    if (const char *text = special(number)) {
        page += text;
        return;
    }
    const bool is_minus_zero = number == 0 && std::signbit(number);
    if (std::fabs(number) < kWhole && std::trunc(number) == number && !is_minus_zero) {
        append_whole(page, static_cast<std::int64_t>(number));
        return;
    }
    const Decimal decimal = Decimal::of(number);
    if (decimal.exponent >= -5 && decimal.exponent <= 15) {
        page += decimal.plain(true);
        return;
    }
    page += decimal.significand();
    append_exponent(page, decimal.exponent, false);
}

std::string bound_text(double bound) {
    if (const char *text = special(bound)) {
        return text;
    }
    const Decimal decimal = Decimal::of(bound);
    if (decimal.exponent >= -4 && decimal.exponent <= 5) {
        return decimal.plain(true);
    }
    std::string text = decimal.significand();
    append_exponent(text, decimal.exponent, true);
    return text;
}

} // namespace libnv::exposition
