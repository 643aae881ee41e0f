#include "source/read.hpp"

#include <stdexcept>
#include <system_error>
#include <thread>

#include <unistd.h>

#include "source/merge.hpp"
#include "source/text.hpp"

namespace libnv::source {

Source::~Source() {
    if (given_.drop != nullptr) {
        try {
            given_.drop(given_.context);
        } catch (...) {
            // What it throws concerns nobody: it is not needed any more.
        }
    }
}

std::string Source::text() const {
    std::string page;
    const auto sink = [](void *context, const char *data, std::size_t length) {
        static_cast<std::string *>(context)->append(data, length);
    };
    libnv_status status = LIBNV_OK;
    try {
        status = given_.read(given_.context, sink, &page);
    } catch (const std::exception &error) {
        throw std::runtime_error(std::string("it threw: ") + error.what());
    } catch (...) {
        throw std::runtime_error("it threw something that is no exception");
    }
    if (status != LIBNV_OK) {
        throw std::runtime_error("it failed with status " + std::to_string(status));
    }
    return page;
}

Read::Read(std::shared_ptr<const Source> source, std::shared_ptr<Journal> journal,
           Clock::duration timeout)
    : source_(std::move(source)), journal_(std::move(journal)), timeout_(timeout),
      process_(getpid()) {}

void Read::start(const std::shared_ptr<Read> &read, std::shared_ptr<Waiting> waiting) {
    try {
        std::thread([read, waiting = std::move(waiting)] {
            waiting->enter();
            read->run(*waiting);
        }).detach();
    } catch (const std::system_error &error) {
        read->end(std::nullopt, std::string("no thread can be made to read it: ") + error.what());
    }
}

void Read::run(const Waiting &waiting) {
    try {
        end(read(waiting), {});
    } catch (const std::exception &error) {
        end(std::nullopt, error.what());
    }
}

registry::Snapshot Read::read(const Waiting &waiting) const {
    registry::Snapshot raw = read_text(source_->text());
    if (waiting.is_nested()) {
        throw std::runtime_error("it takes a snapshot of the registry that waits for it");
    }
    journal_->report_invalid(check(raw));
    // Each name once, and each series.
    registry::Snapshot clean;
    journal_->report_conflicts(merge(clean, std::move(raw)));
    return clean;
}

Read::Joined Read::join() const noexcept {
    if (process_ != getpid()) {
        return Joined::kEnded;
    }
    switch (phase_.load()) {
    case Phase::kRunning:
        return Joined::kWaiting;
    case Phase::kOverdue:
        return Joined::kOverdue;
    case Phase::kEnded:
        break;
    }
    return Joined::kEnded;
}

std::optional<registry::Snapshot> Read::wait(Clock::time_point since) {
    std::unique_lock<std::mutex> held(mutex_);
    ended_.wait_until(held, since + timeout_, [&] { return phase_ != Phase::kRunning; });
    if (phase_ == Phase::kRunning) {
        phase_ = Phase::kOverdue;
        // Who joined later need not wait longer.
        ended_.notify_all();
        if (journal_->set(false, elapsed())) {
            journal_->log_down("it takes longer than its timeout");
        }
    }
    return phase_ == Phase::kEnded ? snapshot_ : std::nullopt;
}

void Read::end(std::optional<registry::Snapshot> snapshot, const std::string &failure) {
    const std::lock_guard<std::mutex> held(mutex_);
    if (phase_ != Phase::kRunning) {
        // It comes too late, and is thrown away.
        phase_ = Phase::kEnded;
        journal_->set_late(elapsed());
        return;
    }
    phase_ = Phase::kEnded;
    const bool is_up = snapshot.has_value();
    snapshot_ = std::move(snapshot);
    if (journal_->set(is_up, elapsed())) {
        is_up ? journal_->log_up() : journal_->log_down(failure);
    }
    ended_.notify_all();
}

double Read::elapsed() const {
    return std::chrono::duration<double>(Clock::now() - started_).count();
}

} // namespace libnv::source
