#include "exposition/decimal.hpp"

#include <charconv>
#include <cmath>
#include <cstring>

namespace libnv::exposition {

Decimal Decimal::of(double value) {
    char room[32];
    const auto end =
        std::to_chars(room, room + sizeof room, std::fabs(value), std::chars_format::scientific);
    const char *mark =
        static_cast<const char *>(std::memchr(room, 'e', static_cast<std::size_t>(end.ptr - room)));
    Decimal decimal;
    decimal.is_negative = std::signbit(value);
    for (const char *at = room; at != mark; ++at) {
        if (*at != '.') {
            decimal.digits += *at;
        }
    }
    const char *exponent = mark + 1;
    if (*exponent == '+') {
        ++exponent;
    }
    std::from_chars(exponent, end.ptr, decimal.exponent);
    return decimal;
}

std::string Decimal::plain(bool fraction) const {
    std::string text = is_negative ? "-" : "";
    const auto count = static_cast<int>(digits.size());
    if (exponent < 0) {
        text += "0.";
        text.append(static_cast<std::size_t>(-exponent - 1), '0');
        return text += digits;
    }
    if (exponent + 1 < count) {
        const auto whole = static_cast<std::size_t>(exponent + 1);
        text.append(digits, 0, whole);
        text += '.';
        return text.append(digits, whole);
    }
    text += digits;
    text.append(static_cast<std::size_t>(exponent + 1 - count), '0');
    return fraction ? text += ".0" : text;
}

std::string Decimal::significand() const {
    std::string text = is_negative ? "-" : "";
    text += digits[0];
    if (digits.size() > 1) {
        text += '.';
        text.append(digits, 1);
    }
    return text;
}

} // namespace libnv::exposition
