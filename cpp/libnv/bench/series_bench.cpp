// Making series, and looking them up by two labels.
#include <benchmark/benchmark.h>
#include <libnv/libnv.hpp>

#include <string>

#include "best_of_many.hpp"

namespace libnv::bench {
namespace {

void create(benchmark::State &state) {
    Container container = Container::open("bench");
    CounterFamily family = container.counter_family("requests_total", {"route", "status"});
    std::uint64_t number = 0;
    for (auto _ : state) {
        std::string route = "/route/" + std::to_string(number++);
        benchmark::DoNotOptimize(family.with_label_values({route, "200"}));
    }
}
BENCHMARK(create)->Name("series/create/libnv")->Apply(best_of_few<50'000>);

void names(benchmark::State &state) {
    std::uint64_t number = 0;
    for (auto _ : state) {
        std::string route = "/route/" + std::to_string(number++);
        benchmark::DoNotOptimize(route.data());
    }
}
BENCHMARK(names)->Name("series/names")->Apply(best_of_few<50'000>);

void declare(benchmark::State &state) {
    Container container = Container::open("bench");
    std::uint64_t number = 0;
    for (auto _ : state) {
        std::string name = "requests_" + std::to_string(number++);
        benchmark::DoNotOptimize(container.counter(name, "Requests."));
    }
}
BENCHMARK(declare)->Name("series/declare/libnv")->Apply(best_of_few<10'000>);

void look_up(benchmark::State &state) {
    Container container = Container::open("bench");
    CounterFamily family = container.counter_family("requests_total", {"route", "status"});
    for (auto _ : state) family.with_label_values({"/chat", "200"}).inc();
}
BENCHMARK(look_up)->Name("series/look_up_2_labels/libnv")->Apply(best_of_many);
BENCHMARK(look_up)
    ->Name("series/look_up_2_labels_2_threads/libnv")
    ->Threads(2)
    ->Apply(best_of_many);

} // namespace
} // namespace libnv::bench
