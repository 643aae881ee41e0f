// A record of each kind, in the executable; `nothing` and `values` are to be subtracted.
#include <benchmark/benchmark.h>
#include <libnv/libnv.hpp>

#include "best_of_many.hpp"
#include "values.hpp"

namespace libnv::bench {
namespace {

const Container &container() {
    static const Container container = Container::open("bench");
    return container;
}

void nothing(benchmark::State &state) {
    for (auto _ : state) benchmark::ClobberMemory();
}
BENCHMARK(nothing)->Name("record/nothing")->Apply(best_of_many);

void values(benchmark::State &state) {
    Values values;
    for (auto _ : state) benchmark::DoNotOptimize(values.next());
}
BENCHMARK(values)->Name("record/values")->Apply(best_of_many);

void counter(benchmark::State &state) {
    Counter counter = container().counter("counter_total");
    for (auto _ : state) {
        counter.inc();
        benchmark::ClobberMemory();
    }
}
BENCHMARK(counter)->Name("record/counter/libnv")->Apply(best_of_many);
BENCHMARK(counter)->Name("record/counter_2_threads/libnv")->Threads(2)->Apply(best_of_many);

void counters_in_turn(benchmark::State &state) {
    std::vector<Counter> counters;
    for (int at = 0; at < 16; ++at)
        counters.push_back(container().counter("counter_" + std::to_string(at)));
    std::size_t at = 0;
    for (auto _ : state) counters[at++ % 16].inc();
}
BENCHMARK(counters_in_turn)->Name("record/counter_16_in_turn/libnv")->Apply(best_of_many);

void float_counter(benchmark::State &state) {
    FloatCounter counter = container().float_counter("float_total");
    for (auto _ : state) {
        counter.inc_by(0.5);
        benchmark::ClobberMemory();
    }
}
BENCHMARK(float_counter)->Name("record/float_counter/libnv")->Apply(best_of_many);

void up_down_counter(benchmark::State &state) {
    UpDownCounter counter = container().up_down_counter("up_down");
    for (auto _ : state) {
        counter.inc();
        benchmark::ClobberMemory();
        counter.dec();
        benchmark::ClobberMemory();
    }
    state.SetItemsProcessed(2 * state.iterations());
}
BENCHMARK(up_down_counter)->Name("record/up_down_pair/libnv")->Apply(best_of_many);

void gauge_set(benchmark::State &state) {
    Gauge gauge = container().gauge("gauge_set");
    for (auto _ : state) {
        gauge.set(1.5);
        benchmark::ClobberMemory();
    }
}
BENCHMARK(gauge_set)->Name("record/gauge_set/libnv")->Apply(best_of_many);

void gauge_add(benchmark::State &state) {
    Gauge gauge = container().gauge("gauge_add");
    for (auto _ : state) gauge.inc(1.5);
}
BENCHMARK(gauge_add)->Name("record/gauge_add/libnv")->Apply(best_of_many);

void histogram(benchmark::State &state) {
    Histogram histogram = container().histogram("histogram", "", kBuckets);
    Values values;
    for (auto _ : state) histogram.observe(values.next());
}
BENCHMARK(histogram)->Name("record/histogram_18/libnv")->Apply(best_of_many);
BENCHMARK(histogram)->Name("record/histogram_18_2_threads/libnv")->Threads(2)->Apply(best_of_many);

void exponential(benchmark::State &state) {
    ExponentialHistogram histogram = container().exponential_histogram("exponential");
    Values values;
    for (auto _ : state) histogram.observe(values.next());
}
BENCHMARK(exponential)->Name("record/exponential/libnv")->Apply(best_of_many);

} // namespace
} // namespace libnv::bench
