// The same record made inside a library: one that is linked, one that is loaded at run time, and
// one that was built without libnv.so. `call` is to be subtracted.
#include <benchmark/benchmark.h>
#include <dlfcn.h>
#include <libnv/libnv.hpp>

#include <cstdio>
#include <cstdlib>
#include <string>

#include "best_of_many.hpp"
#include "recorder.hpp"
#include "values.hpp"

namespace libnv::bench {
namespace {

const Recorder *load(const char *path) {
    void *library = dlopen(path, RTLD_NOW | RTLD_LOCAL);
    auto *found =
        library ? reinterpret_cast<decltype(&recorder)>(dlsym(library, "recorder")) : nullptr;
    if (!found) {
        std::fprintf(stderr, "can not load the recorder: %s\n", dlerror());
        std::exit(1);
    }
    return found();
}

void call(benchmark::State &state, const Recorder *recorder) {
    Counter counter = Container::open("bench").counter("counter_total");
    for (auto _ : state) recorder->nothing(counter.slot());
}

void inc(benchmark::State &state, const Recorder *recorder) {
    Counter counter = Container::open("bench").counter("counter_total");
    for (auto _ : state) recorder->inc(counter.slot());
}

void observe(benchmark::State &state, const Recorder *recorder) {
    Histogram histogram = Container::open("bench").histogram("histogram", "", kBuckets);
    Values values;
    for (auto _ : state) recorder->observe(histogram.slot(), values.next());
}

int add(const char *name, const Recorder *recorder) {
    auto named = [&](const char *what) { return "library/" + std::string(name) + "/" + what; };
    benchmark::RegisterBenchmark(named("call").c_str(), call, recorder)->Apply(best_of_many);
    benchmark::RegisterBenchmark(named("counter").c_str(), inc, recorder)->Apply(best_of_many);
    benchmark::RegisterBenchmark(named("histogram_18").c_str(), observe, recorder)
        ->Apply(best_of_many);
    return 0;
}

[[maybe_unused]] const int kLinked = add("linked", recorder());
[[maybe_unused]] const int kLoaded = add("loaded", load(RECORDER_LOADED));
[[maybe_unused]] const int kLate = add("loaded_late_bind", load(RECORDER_LATE));

} // namespace
} // namespace libnv::bench
