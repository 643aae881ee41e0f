// C++ of a program of Rust, which gets a container from it.
#pragma once

#include <memory>

#include "dynamometer-libnv/src/container/bridge.rs.h"
#include "rust/cxx.h"

namespace declaring {

/// What a C++ component records to.
class Metrics {
public:
    explicit Metrics(const libnv::rust::Container &container);

    /// Records to each once, or as often as it says.
    void work(std::uint64_t times) const noexcept;

private:
    libnv::Counter requests_;
    libnv::FloatCounter joules_;
    libnv::UpDownCounter inflight_;
    libnv::Gauge load_;
    libnv::Histogram latency_;
    libnv::ExponentialHistogram size_;
    libnv::Info build_;
    libnv::StateSet phase_;
    libnv::Counter chat_;
};

std::unique_ptr<Metrics> make_metrics(const libnv::rust::Container &container);

/// Counts in a scope of the container.
void count_in_scope(const libnv::rust::Container &container, rust::Str prefix, rust::Str label);

/// Records once to a series of a family of each kind that `Metrics` has none of.
void record_to_families(const libnv::rust::Container &container);

/// The page of the container.
rust::String page(const libnv::rust::Container &container);

/// Declares a gauge of that name.
void declare_gauge(const libnv::rust::Container &container, rust::Str name);

/// What is thrown where a gauge of that name is declared; empty for nothing.
rust::String refusal(const libnv::rust::Container &container, rust::Str name);

/// Looks up a series of the family of `Metrics` and removes it; whether it was there.
bool remove_chat(const libnv::rust::Container &container);

} // namespace declaring
