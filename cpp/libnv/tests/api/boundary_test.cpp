#include <stdexcept>
#include <thread>

#include "api/process_registry.hpp"
#include "client/http_client.hpp"

namespace libnv::api::test {
namespace {

TEST(Boundary, TheTableIsOneForTheProcessAndOfThisVersion) {
    EXPECT_EQ(libnv_get_api(LIBNV_ABI), &api());
    EXPECT_EQ(libnv_get_api(LIBNV_ABI + 1), nullptr);
    EXPECT_EQ(api().abi, LIBNV_ABI);
    EXPECT_EQ(api().struct_size, sizeof(libnv_api_v1));
    EXPECT_STREQ(api().version, LIBNV_VERSION_STRING);
    EXPECT_STREQ(libnv_version(), LIBNV_VERSION_STRING);
}

TEST(Boundary, TheMessageOfARefusalIsTheLastOfItsThread) {
    const Family counter(LIBNV_COUNTER, "requests_total");
    ASSERT_EQ(counter.status, LIBNV_OK);
    const Family gauge(LIBNV_GAUGE, "requests_total");
    EXPECT_EQ(gauge.status, LIBNV_KIND_MISMATCH);
    std::thread([] {
        const Family unnamed(LIBNV_COUNTER, "");
        EXPECT_EQ(unnamed.status, LIBNV_INVALID_NAME);
        EXPECT_EQ(api().registry->last_error()->status, LIBNV_INVALID_NAME);
    }).join();
    EXPECT_EQ(api().registry->last_error()->status, LIBNV_KIND_MISMATCH);
    EXPECT_NE(text(api().registry->last_error()->message).find("requests_total"),
              std::string::npos);
}

TEST(Boundary, WhatIsMissingIsRefusedNotDereferenced) {
    const auto &functions = *api().registry;
    void *const process = api().process;
    libnv_family *family = nullptr;
    libnv_slot_v1 *slot = nullptr;
    EXPECT_EQ(functions.check_scope(process, nullptr), LIBNV_INVALID_ARGUMENT);
    EXPECT_EQ(functions.family(process, nullptr, &family), LIBNV_INVALID_ARGUMENT);
    EXPECT_EQ(functions.look_up(process, nullptr, nullptr, 0, &slot), LIBNV_INVALID_ARGUMENT);
    EXPECT_EQ(functions.write_page(process, LIBNV_TEXT, nullptr, nullptr), LIBNV_INVALID_ARGUMENT);
    EXPECT_EQ(functions.value(process, nullptr, nullptr), LIBNV_INVALID_ARGUMENT);
    EXPECT_EQ(functions.add_source(process, nullptr), LIBNV_INVALID_ARGUMENT);
    EXPECT_EQ(functions.each_family(process, nullptr, nullptr), LIBNV_INVALID_ARGUMENT);
    EXPECT_EQ(functions.write_labels(nullptr, nullptr, nullptr, nullptr), LIBNV_INVALID_ARGUMENT);
    EXPECT_EQ(functions.remove_written(process, {}, {}, 0, nullptr), LIBNV_INVALID_ARGUMENT);
    EXPECT_EQ(api().attach(nullptr, nullptr, {}), LIBNV_INVALID_ARGUMENT);
    EXPECT_EQ(api().doctor(nullptr), LIBNV_INVALID_ARGUMENT);
    EXPECT_EQ(api().open({}, nullptr), LIBNV_INVALID_ARGUMENT);
    functions.release_family(process, nullptr);
    functions.drop_slot(nullptr);
    functions.notify(nullptr);
    functions.report(process, {}, nullptr);
    api().close(nullptr);
    api().stop(nullptr);
}

libnv_status throws_an_exception(void *, std::uint32_t, libnv_sink, void *) {
    throw std::runtime_error("the page burned");
}

libnv_status throws_a_number(void *, std::uint32_t, libnv_sink, void *) {
    throw 42;
}

TEST(Boundary, WhatAHostThrowsBecomesAStatus) {
    for (const auto write_page : {throws_an_exception, throws_a_number}) {
        libnv_registry_v1 functions = *api().registry;
        functions.write_page = write_page;
        Host host;
        ASSERT_EQ(host.attach(&functions), LIBNV_OK);
        std::string page;
        EXPECT_EQ(api().registry->write_page(api().process, LIBNV_TEXT, append, &page),
                  LIBNV_INTERNAL);
        EXPECT_EQ(text(api().last_error()->message), write_page == throws_a_number
                                                         ? "an exception of an unknown type"
                                                         : "the page burned");
        ASSERT_EQ(host.detach(), LIBNV_OK);
    }
}

TEST(Boundary, ThePageIsServedUntilItIsStopped) {
    libnv_serve_v1 options{};
    options.struct_size = sizeof options;
    libnv_server *server = nullptr;
    ASSERT_EQ(api().serve(&options, &server), LIBNV_OK) << text(api().last_error()->message);
    EXPECT_NE(api().port(server), 0);
    libnv_server *second = nullptr;
    options.port = api().port(server);
    EXPECT_EQ(api().serve(&options, &second), LIBNV_IO);
    EXPECT_NE(text(api().last_error()->message), "");
    api().stop(server);
}

TEST(Boundary, TheServedPageHasWhatTheLibrarySaysOfItself) {
    libnv_counter_add(Family(LIBNV_COUNTER, "requests_total").series(), 3);
    libnv_server *server = nullptr;
    ASSERT_EQ(api().serve(nullptr, &server), LIBNV_OK) << text(api().last_error()->message);
    const std::string request = "GET /metrics HTTP/1.1\r\nConnection: close\r\n";
    const std::string page = libnv::test::ask(api().port(server), request + "\r\n");
    EXPECT_NE(page.find("\nrequests_total 3\n"), std::string::npos) << page;
    EXPECT_NE(page.find("\ndynamometer_series "), std::string::npos) << page;
    const std::string openmetrics = libnv::test::ask(
        api().port(server), request + "Accept: application/openmetrics-text\r\n\r\n");
    EXPECT_NE(openmetrics.find("\ndynamometer_series "), std::string::npos) << openmetrics;
    EXPECT_EQ(openmetrics.find("# EOF\n"), openmetrics.size() - 6) << openmetrics;
    api().stop(server);
}

} // namespace
} // namespace libnv::api::test
