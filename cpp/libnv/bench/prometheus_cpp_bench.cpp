// The same by prometheus-cpp.
#include <benchmark/benchmark.h>
#include <prometheus/counter.h>
#include <prometheus/gauge.h>
#include <prometheus/histogram.h>
#include <prometheus/registry.h>

#include <string>

#include "best_of_many.hpp"
#include "values.hpp"

namespace libnv::bench {
namespace {

prometheus::Registry &registry() {
    static prometheus::Registry registry;
    return registry;
}

void counter(benchmark::State &state) {
    auto &counter = prometheus::BuildCounter().Name("counter_total").Register(registry()).Add({});
    for (auto _ : state) counter.Increment();
}
BENCHMARK(counter)->Name("record/counter/prometheus_cpp")->Apply(best_of_many);
BENCHMARK(counter)
    ->Name("record/counter_2_threads/prometheus_cpp")
    ->Threads(2)
    ->Apply(best_of_many);

void float_counter(benchmark::State &state) {
    auto &counter = prometheus::BuildCounter().Name("float_total").Register(registry()).Add({});
    for (auto _ : state) counter.Increment(0.5);
}
BENCHMARK(float_counter)->Name("record/float_counter/prometheus_cpp")->Apply(best_of_many);

void up_down_counter(benchmark::State &state) {
    auto &gauge = prometheus::BuildGauge().Name("up_down").Register(registry()).Add({});
    for (auto _ : state) {
        gauge.Increment();
        gauge.Decrement();
    }
    state.SetItemsProcessed(2 * state.iterations());
}
BENCHMARK(up_down_counter)->Name("record/up_down_pair/prometheus_cpp")->Apply(best_of_many);

void gauge_set(benchmark::State &state) {
    auto &gauge = prometheus::BuildGauge().Name("gauge_set").Register(registry()).Add({});
    for (auto _ : state) gauge.Set(1.5);
}
BENCHMARK(gauge_set)->Name("record/gauge_set/prometheus_cpp")->Apply(best_of_many);

void gauge_add(benchmark::State &state) {
    auto &gauge = prometheus::BuildGauge().Name("gauge_add").Register(registry()).Add({});
    for (auto _ : state) gauge.Increment(1.5);
}
BENCHMARK(gauge_add)->Name("record/gauge_add/prometheus_cpp")->Apply(best_of_many);

void histogram(benchmark::State &state) {
    auto &histogram =
        prometheus::BuildHistogram().Name("histogram").Register(registry()).Add({}, kBuckets);
    Values values;
    for (auto _ : state) histogram.Observe(values.next());
}
BENCHMARK(histogram)->Name("record/histogram_18/prometheus_cpp")->Apply(best_of_many);
BENCHMARK(histogram)
    ->Name("record/histogram_18_2_threads/prometheus_cpp")
    ->Threads(2)
    ->Apply(best_of_many);

void create(benchmark::State &state) {
    prometheus::Registry own;
    auto &family = prometheus::BuildCounter().Name("requests_total").Register(own);
    std::uint64_t number = 0;
    for (auto _ : state) {
        std::string route = "/route/" + std::to_string(number++);
        benchmark::DoNotOptimize(&family.Add({{"route", route}, {"status", "200"}}));
    }
}
BENCHMARK(create)->Name("series/create/prometheus_cpp")->Apply(best_of_few<50'000>);

void declare(benchmark::State &state) {
    prometheus::Registry own;
    std::uint64_t number = 0;
    for (auto _ : state) {
        std::string name = "requests_" + std::to_string(number++);
        benchmark::DoNotOptimize(
            &prometheus::BuildCounter().Name(name).Help("Requests.").Register(own).Add({}));
    }
}
BENCHMARK(declare)->Name("series/declare/prometheus_cpp")->Apply(best_of_few<1'000>);

void look_up(benchmark::State &state) {
    auto &family = prometheus::BuildCounter().Name("requests_total").Register(registry());
    for (auto _ : state) family.Add({{"route", "/chat"}, {"status", "200"}}).Increment();
}
BENCHMARK(look_up)->Name("series/look_up_2_labels/prometheus_cpp")->Apply(best_of_many);
BENCHMARK(look_up)
    ->Name("series/look_up_2_labels_2_threads/prometheus_cpp")
    ->Threads(2)
    ->Apply(best_of_many);

} // namespace
} // namespace libnv::bench
