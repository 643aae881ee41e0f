#include "source/scanner.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <limits>

#include "registry/quoted.hpp"

namespace libnv::source {
namespace {

bool is_blank(char byte) {
    return byte == ' ' || byte == '\t';
}

bool is_digit(char byte) {
    return byte >= '0' && byte <= '9';
}

bool is_letter(char byte) {
    return (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') || byte == '_';
}

/// The value of `NaN` and `Inf`, in any case; nothing for other words.
std::optional<double> special(std::string_view word) {
    std::string lower(word);
    std::transform(lower.begin(), lower.end(), lower.begin(), [](char byte) {
        return byte >= 'A' && byte <= 'Z' ? static_cast<char>(byte - 'A' + 'a') : byte;
    });
    if (lower == "nan") {
        return std::numeric_limits<double>::quiet_NaN();
    }
    if (lower == "inf" || lower == "infinity") {
        return std::numeric_limits<double>::infinity();
    }
    return std::nullopt;
}

} // namespace

Sample Scanner::sample() {
    Sample sample;
    sample.name = name();
    skip_blanks();
    if (take('{')) {
        sample.labels = labels();
        skip_blanks();
    }
    const std::string_view value = token();
    if (value.empty()) {
        fail("there is no value");
    }
    sample.value = number(value);
    const std::string_view time = token();
    if (!time.empty()) {
        std::int64_t milliseconds = 0;
        const auto end = std::from_chars(time.data(), time.data() + time.size(), milliseconds);
        if (end.ec != std::errc() || end.ptr != time.data() + time.size()) {
            fail(registry::quoted(time) + " is no time in milliseconds");
        }
        sample.milliseconds = milliseconds;
    }
    if (!rest_.empty()) {
        fail("something follows the time: " + registry::quoted(rest_));
    }
    return sample;
}

std::string_view Scanner::token() {
    skip_blanks();
    const auto end = std::find_if(rest_.begin(), rest_.end(), is_blank);
    const auto length = static_cast<std::size_t>(end - rest_.begin());
    const std::string_view token = rest_.substr(0, length);
    rest_.remove_prefix(length);
    skip_blanks();
    return token;
}

std::string Scanner::name() {
    return word(true, "the name of a metric");
}

void Scanner::skip_blanks() noexcept {
    while (!rest_.empty() && is_blank(rest_[0])) {
        rest_.remove_prefix(1);
    }
}

bool Scanner::take(char wanted) noexcept {
    if (rest_.empty() || rest_[0] != wanted) {
        return false;
    }
    rest_.remove_prefix(1);
    return true;
}

std::string Scanner::word(bool takes_colons, const char *what) {
    const auto is_first = [&](char byte) {
        return is_letter(byte) || (takes_colons && byte == ':');
    };
    std::size_t length = 0;
    while (length < rest_.size() &&
           (is_first(rest_[length]) || (length > 0 && is_digit(rest_[length])))) {
        ++length;
    }
    if (length == 0) {
        fail(std::string("there is no ") + what + " at " + registry::quoted(rest_));
    }
    std::string word(rest_.substr(0, length));
    rest_.remove_prefix(length);
    return word;
}

std::vector<registry::Label> Scanner::labels() {
    std::vector<registry::Label> labels;
    for (;;) {
        skip_blanks();
        if (take('}')) {
            return labels;
        }
        std::string name = word(false, "label name");
        skip_blanks();
        if (!take('=')) {
            fail("there is no '=' behind label " + registry::quoted(name));
        }
        skip_blanks();
        if (!take('"')) {
            fail("the value of label " + registry::quoted(name) + " is not in quotes");
        }
        const bool is_there = std::any_of(labels.begin(), labels.end(),
                                          [&](const auto &known) { return known.first == name; });
        if (is_there) {
            fail("label " + registry::quoted(name) + " is given twice");
        }
        std::string value = label_value();
        labels.emplace_back(std::move(name), std::move(value));
        skip_blanks();
        if (!take(',') && (rest_.empty() || rest_[0] != '}')) {
            fail("labels are not ended");
        }
    }
}

std::string Scanner::label_value() {
    std::string value;
    for (;;) {
        const std::size_t end = rest_.find_first_of("\\\"");
        if (end == std::string_view::npos || end + 1 > rest_.size()) {
            fail("the value of a label is not ended");
        }
        value.append(rest_.substr(0, end));
        const bool is_end = rest_[end] == '"';
        rest_.remove_prefix(end + 1);
        if (is_end) {
            return value;
        }
        if (take('n')) {
            value += '\n';
        } else if (take('\\')) {
            value += '\\';
        } else if (take('"')) {
            value += '"';
        } else {
            fail("a backslash in the value of a label stands before nothing that it escapes");
        }
    }
}

double Scanner::number(std::string_view token) const {
    std::string_view digits = token;
    const bool is_negative = !digits.empty() && digits[0] == '-';
    if (!digits.empty() && (digits[0] == '-' || digits[0] == '+')) {
        digits.remove_prefix(1);
    }
    double value = 0;
    if (const auto known = special(digits)) {
        value = *known;
    } else {
        const char *const last = digits.data() + digits.size();
        const bool begins = !digits.empty() && (is_digit(digits[0]) || digits[0] == '.');
        const auto end = std::from_chars(digits.data(), last, value);
        if (!begins || end.ptr != last || end.ec != std::errc()) {
            fail(registry::quoted(token) + " is no number");
        }
    }
    return is_negative ? -value : value;
}

} // namespace libnv::source
