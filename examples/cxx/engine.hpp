// A component in C++ that reports into a container of Rust.
#pragma once

#include <memory>

#include "dynamometer-libnv/src/container/bridge.rs.h"

namespace engine {

class Engine {
public:
    explicit Engine(const libnv::rust::Container &container);

    /// Answers a request.
    void generate(std::uint64_t tokens) const noexcept;

private:
    libnv::Counter requests_;
    libnv::Counter tokens_;
    libnv::Histogram latency_;
};

std::unique_ptr<Engine> make_engine(const libnv::rust::Container &container);

} // namespace engine
