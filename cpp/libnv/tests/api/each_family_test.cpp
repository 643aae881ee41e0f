// The values of all families through the table, as plain structures.
#include <cmath>
#include <cstddef>
#include <functional>
#include <map>

#include "api/process_registry.hpp"

namespace libnv::api::test {
namespace {

using Check = std::function<void(const libnv_family_values_v1 &)>;

// Runs the check of each family that is there, and returns the names of all.
std::vector<std::string> visited(const Registry &registry,
                                 const std::map<std::string, Check> &checks = {}) {
    struct Context {
        const std::map<std::string, Check> &checks;
        std::vector<std::string> names;
    } context{checks, {}};
    const auto visit = [](void *given, const libnv_family_values_v1 *family) {
        auto &seen = *static_cast<Context *>(given);
        EXPECT_EQ(family->struct_size, sizeof *family);
        seen.names.push_back(text(family->name));
        const auto check = seen.checks.find(seen.names.back());
        if (check != seen.checks.end()) check->second(*family);
    };
    EXPECT_EQ(registry.functions->each_family(registry.self, visit, &context), LIBNV_OK);
    return context.names;
}

std::string labels_of(const libnv_slot_v1 *slot) {
    std::string labels;
    EXPECT_EQ(api().registry->write_labels(nullptr, slot, append, &labels), LIBNV_OK);
    return labels;
}

TEST(EachFamily, IsVisitedWithItsValues) {
    const Registry registry;
    libnv_counter_add(Family(LIBNV_COUNTER, "requests_total", {str("route")}).series({"a\"b"}), 3);
    libnv_up_down_counter_add(Family(LIBNV_UP_DOWN_COUNTER, "inflight").series(), -2);
    libnv_gauge_set(Family(LIBNV_GAUGE, "load").series(), 0.5);
    libnv_histogram_observe(Family(LIBNV_HISTOGRAM, "latency").series(), 0.3);
    libnv_exponential_observe(Family(LIBNV_EXPONENTIAL_HISTOGRAM, "size").series(), 4.0);
    const auto names = visited(
        registry, {{"requests_total",
                    [](const auto &family) {
                        EXPECT_EQ(family.kind, std::uint32_t{LIBNV_PAGE_COUNTER});
                        ASSERT_EQ(family.column, std::uint32_t{LIBNV_COLUMN_UNSIGNED});
                        ASSERT_EQ(family.series, 1u);
                        EXPECT_EQ(family.unsigned_values[0], 3u);
                        EXPECT_EQ(text(family.labels[0]), "{route=\"a\\\"b\"} ");
                        EXPECT_GT(family.created[0], 0);
                        EXPECT_EQ(family.timestamps, nullptr);
                        EXPECT_EQ(family.float_values, nullptr);
                    }},
                   {"inflight",
                    [](const auto &family) {
                        EXPECT_EQ(family.kind, std::uint32_t{LIBNV_PAGE_GAUGE});
                        ASSERT_EQ(family.column, std::uint32_t{LIBNV_COLUMN_SIGNED});
                        EXPECT_EQ(family.signed_values[0], -2);
                        EXPECT_EQ(text(family.labels[0]), " ");
                    }},
                   {"load", [](const auto &family) { EXPECT_EQ(family.float_values[0], 0.5); }},
                   {"latency",
                    [](const auto &family) {
                        ASSERT_EQ(family.column, std::uint32_t{LIBNV_COLUMN_HISTOGRAM});
                        const libnv_histogram_v1 &value = family.histograms[0];
                        EXPECT_EQ(value.sum, 0.3);
                        std::uint64_t all = 0;
                        for (std::size_t at = 0; at <= value.bound_count; ++at) {
                            const bool is_its =
                                at < value.bound_count && value.bounds[at] >= 0.3 && all == 0;
                            EXPECT_EQ(value.counts[at], is_its ? 1u : 0u);
                            all += value.counts[at];
                        }
                        EXPECT_EQ(all, 1u);
                    }},
                   {"size", [](const auto &family) {
                        ASSERT_EQ(family.column, std::uint32_t{LIBNV_COLUMN_EXPONENTIAL});
                        const libnv_exponential_v1 &value = family.exponentials[0];
                        EXPECT_EQ(value.sum, 4.0);
                        ASSERT_EQ(value.positive_count, 1u);
                        EXPECT_EQ(value.positive[0], 1u);
                        EXPECT_EQ(value.positive_first, 2 << value.schema);
                        EXPECT_EQ(value.negative_count, 0u);
                    }}});
    EXPECT_EQ(names,
              (std::vector<std::string>{"inflight", "latency", "load", "requests_total", "size"}));
}

TEST(EachFamily, OfASourceIsAmongThem) {
    libnv_source_v1 source{};
    source.struct_size = sizeof source;
    source.name = str("elsewhere");
    source.read = [](void *, libnv_sink sink, void *context) -> libnv_status {
        const std::string page = "# TYPE rpc summary\nrpc{quantile=\"0.5\"} 7\nrpc_sum 9\n"
                                 "rpc_count 2\n# TYPE free gauge\nfree 1 5000\n";
        sink(context, page.data(), page.size());
        return LIBNV_OK;
    };
    const Registry registry;
    ASSERT_EQ(registry.functions->add_source(registry.self, &source), LIBNV_OK);
    int checked = 0;
    visited(registry, {{"rpc",
                        [&](const auto &family) {
                            ASSERT_EQ(family.column, std::uint32_t{LIBNV_COLUMN_SUMMARY});
                            const libnv_summary_v1 &value = family.summaries[0];
                            ASSERT_EQ(value.quantile_count, 1u);
                            EXPECT_EQ(value.quantiles[0].rank, 0.5);
                            EXPECT_EQ(value.quantiles[0].value, 7);
                            EXPECT_EQ(value.sum, 9);
                            EXPECT_EQ(value.count, 2u);
                            EXPECT_EQ(family.created, nullptr);
                            checked += 1;
                        }},
                       {"free", [&](const auto &family) {
                            EXPECT_EQ(family.timestamps[0], 5);
                            checked += 1;
                        }}});
    EXPECT_EQ(checked, 2);
}

TEST(EachFamily, IsVisitedInTheRegistryThatItIsAskedOf) {
    const Host host;
    const Family family(LIBNV_COUNTER, "opened_total", {}, host.registry());
    EXPECT_EQ(visited(host.registry()), std::vector<std::string>{"opened_total"});
    EXPECT_EQ(visited(Registry{}), std::vector<std::string>{});
}

TEST(EachFamily, OfAHostThatCanNotShowThemIsUnavailable) {
    libnv_registry_v1 functions = *api().registry;
    functions.each_family = nullptr;
    functions.remove_written = nullptr;
    Host host;
    ASSERT_EQ(host.attach(&functions), LIBNV_OK);
    const auto visit = [](void *, const libnv_family_values_v1 *) {};
    const Registry process;
    EXPECT_EQ(process.functions->each_family(process.self, visit, nullptr), LIBNV_UNAVAILABLE);
    EXPECT_EQ(text(api().last_error()->message), "the host does not show its families");
    std::uint32_t removed = 0;
    EXPECT_EQ(process.functions->remove_written(process.self, str("a"), str(" "), 0, &removed),
              LIBNV_UNAVAILABLE);
}

TEST(Written, LabelsAreThoseOfTheSeriesThatWasFound) {
    const Family family(LIBNV_COUNTER, "requests_total", {str("b"), str("a")});
    EXPECT_EQ(labels_of(family.series({"2", "1"})), "{a=\"1\",b=\"2\"} ");
    EXPECT_EQ(labels_of(Family(LIBNV_GAUGE, "load").series()), " ");
}

TEST(Written, ASeriesIsRemovedByItsLabelsUnlessOthersKeepIt) {
    const Registry registry;
    const Family family(LIBNV_COUNTER, "requests_total", {str("route")});
    libnv_slot_v1 *const mine = family.series({"a"});
    libnv_slot_v1 *const of_others = family.series({"a"});
    const std::string labels = labels_of(mine);
    const auto remove = [&](std::uint32_t spares_kept) {
        std::uint32_t removed = 7;
        EXPECT_EQ(registry.functions->remove_written(registry.self, str("requests_total"),
                                                     str(labels), spares_kept, &removed),
                  LIBNV_OK);
        return removed;
    };
    EXPECT_EQ(remove(1), 0u) << "another refers to it";
    libnv_slot_release(of_others);
    EXPECT_EQ(remove(1), 1u);
    EXPECT_EQ(remove(0), 0u) << "it is gone";
    EXPECT_EQ(registry.page().find("route"), std::string::npos);
}

} // namespace
} // namespace libnv::api::test
