#include "dynamometer-examples/cxx/engine.hpp"

namespace engine {

Engine::Engine(const libnv::rust::Container &container)
    : requests_(*container.counter("requests_total", "Requests handled.", {})),
      tokens_(*container.counter("tokens_total", "Tokens made.", {})),
      latency_(*container.histogram("latency_seconds", "Time to answer.", {})) {}

void Engine::generate(std::uint64_t tokens) const noexcept {
    const auto timer = latency_.start_timer();
    requests_.inc();
    tokens_.inc_by(tokens);
}

std::unique_ptr<Engine> make_engine(const libnv::rust::Container &container) {
    return std::make_unique<Engine>(container);
}

} // namespace engine
