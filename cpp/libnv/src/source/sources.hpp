// The sources of one registry.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <libnv/libnv.h>

#include "registry/fork_lock.hpp"
#include "registry/snapshot.hpp"
#include "source/read.hpp"

namespace libnv::source {

/// A source, and its read that is under way.
struct Attached {
    std::shared_ptr<const Source> source;
    std::shared_ptr<Journal> journal;
    Read::Clock::duration timeout;
    /// The thread that reads and those that wait for it keep it.
    std::weak_ptr<Read> last;
};

/// Reads that are under way for one snapshot.
class Reads {
public:
    /// Waits for each read up to its timeout, and puts what it returned on `page`.
    void merge_into(registry::Snapshot &page);

private:
    friend class Sources;

    Read::Clock::time_point since_ = Read::Clock::now();
    std::vector<std::pair<std::shared_ptr<Journal>, std::shared_ptr<Read>>> all_;
};

/// Sources, in the order in which they were attached. Each name is there once in the process.
class Sources {
public:
    Sources() = default;
    ~Sources();

    /// Attaches a source. One that is refused is not taken over: `drop` is not called.
    void add(const libnv_source_v1 &source);

    /// Removes the source of this name; false where there is none. It is not read again.
    bool remove(std::string_view name);

    /// Begins to read all sources, each on a thread of its own; none where this thread reads
    /// for this registry already.
    Reads begin();

private:
    registry::ForkLock lock_;
    std::vector<std::shared_ptr<Attached>> all_;
};

} // namespace libnv::source
