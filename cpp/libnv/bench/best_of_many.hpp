// Others use the machine too: the least of many short runs is what the code costs.
#pragma once

#include <benchmark/benchmark.h>

#include <algorithm>
#include <vector>

namespace libnv::bench {

inline double least(const std::vector<double> &times) {
    return *std::min_element(times.begin(), times.end());
}

inline double most(const std::vector<double> &times) {
    return *std::max_element(times.begin(), times.end());
}

// Reports `<name>_min` and `<name>_max`, beside mean, median and deviation.
inline void report_range(benchmark::internal::Benchmark *bench) {
    bench->ReportAggregatesOnly()->ComputeStatistics("min", least)->ComputeStatistics("max", most);
}

inline void best_of_many(benchmark::internal::Benchmark *bench) {
    report_range(bench->MinTime(0.005)->Repetitions(40));
}

// The same for what can not be done without end: so often in each run.
template <int Times>
void best_of_few(benchmark::internal::Benchmark *bench) {
    report_range(bench->Iterations(Times)->Repetitions(8));
}

} // namespace libnv::bench
