// One family: its description, its series, and the rules for new ones.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "registry/request.hpp"
#include "registry/schema.hpp"
#include "registry/series.hpp"
#include "registry/series_table.hpp"

namespace libnv::registry {

/// A further name of a family.
struct Alias {
    std::string name;
    std::string help;
};

/// A family of a registry, guarded by its lock.
class Family {
public:
    Family(const Request &request, std::uint64_t declared);
    ~Family();
    Family(const Family &) = delete;
    Family &operator=(const Family &) = delete;

    /// Throws where a request does not mean this family but another of its name.
    void check(const Request &request) const;

    /// Throws where look-ups go by other labels than before; in any order they are the same.
    void check_names(const std::vector<std::string> &names) const;

    /// Takes over what a declaration says that was found right, and returns the number of
    /// the form of its labels.
    std::uint32_t admit(const Request &request, const Schema &schema);

    /// The series with these values, or null.
    Series *find(const Schema &schema, std::uint32_t form, const libnv_str *values,
                 std::uint64_t hash) const;

    /// The series of that key, or null.
    Series *find(const Key &key) const;

    /// Makes the series of that key, which is not there; of given cells, where there are any.
    Series &insert(Key key, const GivenCells *cells);

    /// Makes the series for all that are too many.
    Series &insert_overflow(Key key);

    /// Removes a series; handles that are left record on, and nobody sees it.
    void remove(Series &series) noexcept;

    /// True where there is no room for another series.
    bool is_full() const noexcept;

    const std::string &name() const noexcept { return name_.exposed; }
    const std::string &asked() const noexcept { return name_.asked; }
    Instrument instrument() const noexcept { return instrument_; }
    const Layout &layout() const noexcept { return *layout_; }
    const std::string &help() const noexcept { return help_; }
    const std::string &unit() const noexcept { return unit_; }
    const std::vector<Alias> &aliases() const noexcept { return aliases_; }
    const FamilyOptions &options() const noexcept { return options_; }
    /// How many families were declared before this one.
    std::uint64_t declared() const noexcept { return declared_; }
    /// The labels that series are looked up by, sorted; none so far, or no look-ups.
    const std::vector<std::string> &label_names() const noexcept { return names_; }
    const std::vector<Series *> &series() const noexcept { return series_; }

    /// The number of series in all families of this copy.
    static std::uint64_t series_in_process() noexcept;

private:
    std::string describe() const;
    bool is_alias(const std::string &name) const noexcept;
    void check_state_alias(const std::string &alias) const;
    void list(Series &series);

    Name name_;
    Instrument instrument_;
    std::shared_ptr<const Layout> layout_;
    std::string help_;
    std::string unit_;
    std::uint64_t declared_;
    std::vector<Alias> aliases_;
    FamilyOptions options_;
    std::vector<std::string> names_;
    std::unordered_map<std::string, std::uint32_t> forms_;
    SeriesTable table_;
    std::vector<Series *> series_;
    /// Those for all that are too many, which take up no room.
    std::unordered_set<const Series *> overflows_;
};

} // namespace libnv::registry
