// Lines of exposition text, as both text formats have them.
#pragma once

#include <string>
#include <string_view>

#include "registry/snapshot.hpp"

namespace libnv::exposition {

/// In what the text formats differ below the header.
struct Style {
    bool has_milliseconds = true; ///< timestamps are whole milliseconds, not seconds
};

/// Writes `# HELP`, unless it is empty, and `# TYPE`. Line feeds and backslashes are escaped,
/// quotes too where they are to be.
void write_header(std::string &page, std::string_view name, std::string_view type,
                  std::string_view help, bool escapes_quotes);

/// Writes all lines of a family.
void write_lines(std::string &page, const registry::FamilySnapshot &family, Style style);

/// Writes the buckets or quantiles, the sums and the counts of a distribution, each as a family
/// of their own, of one type: for what a format forbids under the type that it has.
void write_apart(std::string &page, const registry::FamilySnapshot &family, const char *type,
                 Style style);

} // namespace libnv::exposition
