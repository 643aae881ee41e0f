#include "source/sources.hpp"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <mutex>
#include <shared_mutex>

#include "registry/error.hpp"
#include "registry/text_argument.hpp"
#include "source/merge.hpp"
#include "source/names.hpp"

namespace libnv::source {
namespace {

using registry::ForkLock;

// How long a snapshot waits for a source, in seconds: by default, and at most.
constexpr double kDefaultTimeout = 1;
constexpr double kLongestTimeout = 3600;

Read::Clock::duration timeout_of(double seconds) {
    const double wanted = seconds > 0 ? std::min(seconds, kLongestTimeout) : kDefaultTimeout;
    return std::chrono::duration_cast<Read::Clock::duration>(std::chrono::duration<double>(wanted));
}

void end(const Attached &source) {
    source.journal->end();
    give_name_back(source.journal->name());
}

} // namespace

Sources::~Sources() {
    for (const auto &source : all_) {
        end(*source);
    }
}

void Sources::add(const libnv_source_v1 &given) {
    libnv_source_v1 known{};
    std::memcpy(&known, &given, std::min(given.struct_size, sizeof known));
    if (known.read == nullptr) {
        throw registry::Error(LIBNV_INVALID_ARGUMENT,
                              "a source can not be attached without a function that reads it");
    }
    const std::string name(registry::text_argument(known.name, "the name of a source"));
    auto attached = std::make_shared<Attached>();
    attached->journal = std::make_shared<Journal>(name);
    attached->timeout = timeout_of(known.timeout);
    take_name(name);
    const std::unique_lock<ForkLock> held(lock_);
    all_.push_back(attached);
    // Last: a source that is refused is not taken over, and not dropped here.
    attached->source = std::make_shared<const Source>(known);
}

bool Sources::remove(std::string_view name) {
    std::shared_ptr<Attached> removed;
    {
        const std::unique_lock<ForkLock> held(lock_);
        const auto at = std::find_if(all_.begin(), all_.end(), [&](const auto &source) {
            return source->journal->name() == name;
        });
        if (at == all_.end()) {
            return false;
        }
        removed = std::move(*at);
        all_.erase(at);
    }
    // Outside the lock: foreign code runs where the source is dropped.
    end(*removed);
    return true;
}

Reads Sources::begin() {
    Reads reads;
    std::vector<std::shared_ptr<Read>> begun;
    std::vector<std::shared_ptr<Read>> overdue;
    {
        const std::unique_lock<ForkLock> held(lock_);
        if (all_.empty() || Waiting::is_awaited_by(this)) {
            return reads;
        }
        for (const auto &source : all_) {
            std::shared_ptr<Read> last = source->last.lock();
            const auto joined = last != nullptr ? last->join() : Read::Joined::kEnded;
            if (joined == Read::Joined::kOverdue) {
                overdue.push_back(std::move(last));
                continue;
            }
            if (joined == Read::Joined::kEnded) {
                last = std::make_shared<Read>(source->source, source->journal, source->timeout);
                source->last = last;
                begun.push_back(last);
            }
            reads.all_.emplace_back(source->journal, std::move(last));
        }
    }
    for (const auto &read : overdue) {
        read->note_overdue();
    }
    for (const auto &read : begun) {
        Read::start(read, std::make_shared<Waiting>(this));
    }
    return reads;
}

void Reads::merge_into(registry::Snapshot &page) {
    for (const auto &[journal, read] : all_) {
        if (auto snapshot = read->wait(since_)) {
            journal->report_conflicts(merge(page, std::move(*snapshot)));
        }
    }
}

} // namespace libnv::source
