#include "registry/quoted.hpp"

#include <cmath>
#include <cstdint>
#include <cstring>

#include "exposition/decimal.hpp"
#include "registry/unprintable.hpp"

namespace libnv::registry {
namespace {

constexpr char kHex[] = "0123456789abcdef";

std::uint32_t code_point(std::string_view character) {
    const auto byte = [&](std::size_t at) { return static_cast<unsigned char>(character[at]); };
    if (character.size() == 1) {
        return byte(0);
    }
    std::uint32_t code = byte(0) & (0x7fu >> character.size());
    for (std::size_t at = 1; at < character.size(); ++at) {
        code = code << 6 | (byte(at) & 0x3fu);
    }
    return code;
}

void append_code(std::string &out, std::uint32_t code) {
    out += "\\u{";
    int shift = 28;
    while (shift > 0 && code >> shift == 0) {
        shift -= 4;
    }
    for (; shift >= 0; shift -= 4) {
        out += kHex[code >> shift & 0xf];
    }
    out += '}';
}

void append_escaped(std::string &out, std::string_view character) {
    switch (character[0]) {
    case '\0':
        out += "\\0";
        return;
    case '\t':
        out += "\\t";
        return;
    case '\r':
        out += "\\r";
        return;
    case '\n':
        out += "\\n";
        return;
    case '"':
        out += "\\\"";
        return;
    case '\\':
        out += "\\\\";
        return;
    default:
        break;
    }
    const std::uint32_t code = code_point(character);
    if (is_unprintable(code)) {
        append_code(out, code);
    } else {
        out += character;
    }
}

std::string with_fraction(double number) {
    if (std::isnan(number)) {
        return "NaN";
    }
    if (std::isinf(number)) {
        return number > 0 ? "inf" : "-inf";
    }
    const auto decimal = exposition::Decimal::of(number);
    if (decimal.exponent >= -4 && decimal.exponent <= 15) {
        return decimal.plain(true);
    }
    return decimal.significand() + "e" + std::to_string(decimal.exponent);
}

template <class Items, class Write>
std::string list(const Items &items, Write write) {
    std::string out = "[";
    for (const auto &item : items) {
        if (out.size() > 1) {
            out += ", ";
        }
        out += write(item);
    }
    return out += "]";
}

} // namespace

std::string quoted(std::string_view text) {
    std::string out = "\"";
    while (!text.empty()) {
        const std::size_t length = character_length(text);
        append_escaped(out, text.substr(0, length == 0 ? 1 : length));
        text.remove_prefix(length == 0 ? 1 : length);
    }
    return out += '"';
}

std::string quoted(const std::vector<std::string> &texts) {
    return list(texts, [](const std::string &text) { return quoted(text); });
}

std::string quoted(const std::vector<double> &floats) {
    return list(floats, with_fraction);
}

std::string shown(double number) {
    if (!std::isfinite(number)) {
        return with_fraction(number);
    }
    return exposition::Decimal::of(number).plain(false);
}

std::size_t character_length(std::string_view text) noexcept {
    const auto byte = [&](std::size_t at) { return static_cast<unsigned char>(text[at]); };
    if (text.empty()) {
        return 0;
    }
    const unsigned char first = byte(0);
    if (first < 0x80) {
        return 1;
    }
    const std::size_t length = first >= 0xf0 ? 4 : first >= 0xe0 ? 3 : 2;
    if (first < 0xc2 || first > 0xf4 || text.size() < length) {
        return 0;
    }
    for (std::size_t at = 1; at < length; ++at) {
        if ((byte(at) & 0xc0) != 0x80) {
            return 0;
        }
    }
    // Overlong forms, surrogates, and what lies beyond the last character.
    const unsigned char second = byte(1);
    const bool is_wrong = (first == 0xe0 && second < 0xa0) || (first == 0xed && second > 0x9f) ||
                          (first == 0xf0 && second < 0x90) || (first == 0xf4 && second > 0x8f);
    return is_wrong ? 0 : length;
}

bool is_utf8(std::string_view text) noexcept {
    constexpr std::uint64_t kHighBits = 0x8080808080808080;
    while (!text.empty()) {
        std::uint64_t word = 0;
        if (text.size() >= sizeof word) {
            std::memcpy(&word, text.data(), sizeof word);
            if ((word & kHighBits) == 0) {
                text.remove_prefix(sizeof word);
                continue;
            }
        }
        const std::size_t length = character_length(text);
        if (length == 0) {
            return false;
        }
        text.remove_prefix(length);
    }
    return true;
}

} // namespace libnv::registry
