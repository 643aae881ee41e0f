// Hosts that were built against an older or newer header.
#include <cstddef>
#include <cstring>

#include "api/process_registry.hpp"

namespace libnv::api::test {
namespace {

TEST(HostVersions, AHostOfAnotherAbiIsRefused) {
    libnv_registry_v1 functions = *api().registry;
    functions.abi = LIBNV_ABI + 1;
    Host host;
    EXPECT_EQ(host.attach(&functions), LIBNV_ABI_MISMATCH);
    EXPECT_EQ(text(api().last_error()->message),
              "cannot attach a host of ABI 2 to a library of ABI 1");
    EXPECT_EQ(Family(LIBNV_COUNTER, "requests_total").status, LIBNV_OK) << "the process goes on";
}

TEST(HostVersions, FunctionsThatAnOlderHostDoesNotHaveAreNotCalled) {
    libnv_registry_v1 functions = *api().registry;
    functions.struct_size = offsetof(libnv_registry_v1, count_dropped);
    // What lies beyond the size is not a function.
    std::memset(&functions.count_dropped, 0x5a, sizeof functions - functions.struct_size);
    Host host;
    ASSERT_EQ(host.attach(&functions), LIBNV_OK);
    api().registry->count_dropped(api().process, LIBNV_DROPPED_NAN, 1);
    std::string page;
    EXPECT_EQ(api().registry->write_self_page(api().process, LIBNV_TEXT, append, &page),
              LIBNV_UNAVAILABLE);
    libnv_counter_add(Family(LIBNV_COUNTER, "requests_total").series(), 5);
    EXPECT_NE(host.registry().page().find("requests_total 5"), std::string::npos);
}

TEST(HostVersions, AHostWithMoreFunctionsIsAsGood) {
    struct {
        libnv_registry_v1 known;
        void *more[4];
    } functions{*api().registry, {}};
    functions.known.struct_size = sizeof functions;
    Host host;
    ASSERT_EQ(host.attach(&functions.known), LIBNV_OK);
    libnv_counter_add(Family(LIBNV_COUNTER, "requests_total").series(), 5);
    EXPECT_NE(host.registry().page().find("requests_total 5"), std::string::npos);
}

TEST(HostVersions, RequestsOfAnOlderClientLackOnlyWhatTheyDoNotHave) {
    libnv_request_v1 request{};
    request.struct_size = offsetof(libnv_request_v1, aliases);
    request.kind = LIBNV_COUNTER;
    request.name = str("requests_total");
    // An older client has something else there.
    std::memset(&request.aliases, 0x5a, sizeof request - request.struct_size);
    libnv_family *family = nullptr;
    EXPECT_EQ(api().registry->family(api().process, &request, &family), LIBNV_OK);
    api().registry->release_family(api().process, family);
}

} // namespace
} // namespace libnv::api::test
