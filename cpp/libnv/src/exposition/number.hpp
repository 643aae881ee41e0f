// Numbers as pages write them.
#pragma once

#include <cstdint>
#include <string>

namespace libnv::exposition {

void append_number(std::string &page, std::uint64_t number);
void append_number(std::string &page, std::int64_t number);

/// Appends the shortest form that reads back the same: whole numbers without a
/// fraction, the special values as `+Inf`, `-Inf` and `NaN`.
void append_number(std::string &page, double number);

/// The text of a bucket's bound or a quantile's rank, the same in every format.
///
/// Go's `%g` with at least one fraction digit, such as `0.005`, `1.0`, `1e+06`,
/// `+Inf`, so that a series is the same one whichever format was negotiated.
std::string bound_text(double bound);

} // namespace libnv::exposition
