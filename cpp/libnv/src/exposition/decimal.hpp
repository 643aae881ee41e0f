// The shortest decimal digits of a float, and the ways they are laid out.
#pragma once

#include <string>

namespace libnv::exposition {

/// A finite float as its shortest digits `d.ddd` times ten to the power of `exponent`.
struct Decimal {
    bool is_negative = false;
    std::string digits;
    int exponent = 0;

    /// Takes the digits that read back as `value`, which is finite.
    static Decimal of(double value);

    /// Without an exponent: `0.001`, `1500`; `1500.0` with `fraction`.
    std::string plain(bool fraction) const;

    /// `1.5` before the mark of an exponent, which the caller writes.
    std::string significand() const;
};

} // namespace libnv::exposition
