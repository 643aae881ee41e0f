// The labels of a family's series: which are constant, and which are looked up.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include <libnv/libnv.h>

#include "registry/label_hash.hpp"
#include "registry/labels.hpp"

namespace libnv::registry {

/// Label names in the order in which values are given, and constant labels.
///
/// Series are found by their text, `{a="1",b="2"} `, which is compared with what would be
/// written for the values asked for: nothing is written to look a series up.
class Schema {
public:
    /// Takes labels and names that were checked before.
    Schema(std::vector<Label> constant, std::vector<std::string> names);

    const std::vector<Label> &constant() const noexcept { return constant_; }
    const std::vector<std::string> &names() const noexcept { return names_; }

    /// What all schemas have in common that write the same texts around the values.
    const std::string &form() const noexcept { return form_; }

    /// The hash of the series with these values, one for each name.
    std::uint64_t hash(const libnv_str *values) const noexcept;

    /// The text of the series with these values.
    std::string text(const libnv_str *values) const;

    /// True where `text` has these values, given that this form wrote it and that nothing
    /// in it is escaped.
    ///
    /// What stands between the values is compared too, as a value can imitate it. Where
    /// that is equal, all quotes of the text are in it, and each value is what it seems.
    bool matches(const std::string &text, const libnv_str *values) const noexcept;

private:
    struct Part {
        std::size_t at; ///< which of the given values is its own
        LabelHash hash;
        std::string before; ///< what stands before the value
    };

    std::vector<Label> constant_;
    std::vector<std::string> names_;
    std::vector<Part> parts_; ///< in the order of their names
    std::string behind_;      ///< what stands behind the last value
    std::string form_;
    std::size_t fixed_ = 0; ///< bytes that are no value
    std::uint64_t constant_hash_ = 0;
};

} // namespace libnv::registry
