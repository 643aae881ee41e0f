#include <algorithm>

#include "api/process_registry.hpp"

namespace libnv::api::test {
namespace {

libnv_doctor_v1 examined() {
    libnv_doctor_v1 out{};
    out.struct_size = sizeof out;
    EXPECT_EQ(api().doctor(&out), LIBNV_OK);
    return out;
}

struct SeenCopy {
    std::string path;
    std::uint32_t abi;
    bool is_owner;
};

std::vector<SeenCopy> copies() {
    std::vector<SeenCopy> seen;
    api().each_copy(
        [](void *context, const libnv_copy_v1 *copy) {
            static_cast<std::vector<SeenCopy> *>(context)->push_back(
                {text(copy->path), copy->abi, copy->is_owner != 0});
        },
        &seen);
    return seen;
}

std::vector<std::string> refusals(std::string_view name) {
    std::vector<std::string> seen;
    api().each_refusal(
        str(name),
        [](void *context, const libnv_refusal_v1 *refusal) {
            static_cast<std::vector<std::string> *>(context)->push_back(text(refusal->message));
        },
        &seen);
    return seen;
}

void report(std::string_view name, std::string_view message) {
    const libnv_error_v1 error{sizeof error, LIBNV_KIND_MISMATCH, str(message), {}};
    api().registry->report(api().process, str(name), &error);
}

TEST(Doctor, SaysWhoOwnsTheCellsAndWhereMetricsGo) {
    libnv_doctor_v1 found = examined();
    EXPECT_EQ(text(found.version), LIBNV_VERSION_STRING);
    EXPECT_EQ(text(found.cells_language), "c++");
    EXPECT_EQ(text(found.host_backend), "libnv");
    EXPECT_EQ(found.is_hosted, 0u);
    EXPECT_EQ(found.copies, 1u);
    EXPECT_EQ(found.refused_copies, 0u);
    Host host;
    ASSERT_EQ(host.attach(), LIBNV_OK);
    found = examined();
    EXPECT_EQ(found.is_hosted, 1u);
    EXPECT_EQ(text(found.service_name), "service");
    ASSERT_EQ(host.detach(), LIBNV_OK);
    EXPECT_EQ(text(examined().service_name), "");
}

TEST(Doctor, ListsTheExecutableAsTheOwner) {
    const auto seen = copies();
    ASSERT_EQ(seen.size(), 1u);
    EXPECT_EQ(seen[0].path.substr(seen[0].path.rfind('/') + 1), "api_test");
    EXPECT_EQ(seen[0].abi, LIBNV_ABI);
    EXPECT_TRUE(seen[0].is_owner);
}

TEST(Doctor, CountsSeriesSlabsRefusalsAndWhatWaits) {
    libnv_counter_add(Family(LIBNV_COUNTER, "requests_total").series(), 1);
    report("jobs_total", "it is a gauge already");
    api().count_unbound(3);
    api().count_unbound(-1);
    const libnv_doctor_v1 found = examined();
    EXPECT_EQ(found.series, 1u);
    EXPECT_EQ(found.cells.slabs, 1u);
    EXPECT_EQ(found.cells.leased, 1u);
    EXPECT_EQ(found.refusals, 1u);
    EXPECT_EQ(found.detached, 1u);
    EXPECT_EQ(found.unbound, 2u);
}

TEST(Doctor, CountsASeriesOnceWhereTheHostIsARegistryOfLibnv) {
    Host host;
    ASSERT_EQ(host.attach(), LIBNV_OK);
    Family(LIBNV_COUNTER, "requests_total").series();
    EXPECT_EQ(examined().series, 1u);
}

TEST(Doctor, FillsNoMoreThanAnOlderCallerHasRoomFor) {
    libnv_doctor_v1 out{};
    out.struct_size = offsetof(libnv_doctor_v1, copies);
    out.copies = 77;
    ASSERT_EQ(api().doctor(&out), LIBNV_OK);
    EXPECT_EQ(out.struct_size, offsetof(libnv_doctor_v1, copies));
    EXPECT_EQ(text(out.cells_language), "c++");
    EXPECT_EQ(out.copies, 77u);
}

TEST(Doctor, KeepsTheLastSixtyFourRefusalsByName) {
    for (int at = 0; at < 70; ++at) report("jobs_total", std::to_string(at));
    report("other_total", "other");
    EXPECT_EQ(refusals("other_total"), (std::vector<std::string>{"other"}));
    const auto all = refusals("");
    ASSERT_EQ(all.size(), 64u);
    EXPECT_EQ(all.front(), "7");
    EXPECT_EQ(all.back(), "other");
    EXPECT_EQ(refusals("jobs_total").size(), 63u);
    EXPECT_TRUE(refusals("nothing_total").empty());
    EXPECT_EQ(examined().refusals, 71u);
}

} // namespace
} // namespace libnv::api::test
