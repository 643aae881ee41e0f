// Families and their series: what exists, under which name.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include <libnv/libnv.h>

#include "registry/family.hpp"
#include "registry/fork_lock.hpp"
#include "registry/look_up.hpp"
#include "registry/snapshot.hpp"
#include "source/sources.hpp"

namespace libnv::registry {

/// A series, as a host that is to adopt it must declare it; valid during the visit.
struct Visited {
    /// Resolved; its labels are those that are not looked up.
    const libnv_request_v1 &request;
    const std::vector<libnv_str> &values;
    /// Null for a family that has no series yet; there are no values then.
    Series *series;
};

/// A set of families with a page of their own.
///
/// Any thread may call any function. A declaration, a new series and a removal hold its
/// lock; look-ups of what is there, and snapshots, share it.
///
/// What is refused is thrown as an `Error`.
class Registry {
public:
    explicit Registry(std::string service_name);
    ~Registry();
    Registry(const Registry &) = delete;
    Registry &operator=(const Registry &) = delete;

    const std::string &service_name() const noexcept { return service_name_; }

    /// Declares a family, or finds it.
    std::unique_ptr<LookUp> family(const libnv_request_v1 &request);

    /// Finds or makes a series, or that for all that are too many. The reference is the
    /// caller's.
    libnv_slot_v1 *look_up(const LookUp &family, const libnv_str *values, std::size_t count);

    /// As `look_up`, and makes cells that were recorded to before part of the series.
    libnv_slot_v1 *adopt(const LookUp &family, const libnv_str *values, std::size_t count,
                         const GivenCells &cells);

    /// Removes a series; false where there is none of these values.
    bool remove(const LookUp &family, const libnv_str *values, std::size_t count);

    /// Removes a series by its labels as they are written, `{a="1"} `; where `spares_kept`,
    /// not one that others than the caller refer to. False where it was not removed.
    bool remove_written(const std::string &name, const std::string &labels, bool spares_kept);

    /// The values of all series now, those of sources among them.
    Snapshot snapshot();

    /// The values of all series now.
    Snapshot own_snapshot();

    /// Visits all families and their series, in the order of their declaration. No other
    /// function of this registry may be called meanwhile.
    void each_series(const std::function<void(const Visited &)> &visit);

    source::Sources &sources() noexcept { return sources_; }

private:
    libnv_slot_v1 *make(const LookUp &family, const libnv_str *values, const GivenCells *cells);
    Family *named(const std::string &name) const;
    void check_aliases(const Request &request) const;
    void check_lines(const Request &request) const;

    const std::string service_name_;
    ForkLock lock_;
    std::map<std::string, std::unique_ptr<Family>> families_;
    /// Further names, and which family has them.
    std::map<std::string, std::string> aliases_;
    std::uint64_t declared_ = 0;
    source::Sources sources_;
};

} // namespace libnv::registry
