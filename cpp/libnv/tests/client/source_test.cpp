// Sources, the server and the doctor, through libnv.hpp.
#include <gmock/gmock.h>
#include <libnv/libnv.hpp>

#include <memory>

#include "client/http_client.hpp"

namespace libnv::test {
namespace {

using testing::HasSubstr;
using testing::Not;

TEST(SourceOf, ItsTextIsOnThePageUntilItIsDestroyed) {
    Container container = Container::open("app");
    {
        Source engine = container.source(
            "engine", [] { return std::string("# TYPE kv_blocks gauge\nkv_blocks 512\n"); });
        EXPECT_THAT(container.text(), HasSubstr("kv_blocks 512\n"));
    }
    EXPECT_THAT(container.text(), Not(HasSubstr("kv_blocks")));
}

TEST(SourceOf, OneThatIsKeptStays) {
    Container container = Container::open("app");
    container.source("engine", [] { return std::string("kv_blocks 512\n"); }).keep();
    EXPECT_THAT(container.text(), HasSubstr("kv_blocks 512\n"));
}

TEST(SourceOf, WhateverItThrowsThePageHasTheRest) {
    Container container = Container::open("app");
    container.counter("requests_total").inc();
    Source broken = container.source("broken", []() -> std::string { throw 42; });
    Source well = container.source("well", [] { return std::string("kv_blocks 512\n"); });
    EXPECT_THAT(container.text(), HasSubstr("app_requests_total 1\n"));
    EXPECT_THAT(container.text(), HasSubstr("kv_blocks 512\n"));
}

TEST(SourceOf, ANameIsTakenOnce) {
    Container container = Container::open("app");
    Source first = container.source("engine", [] { return std::string(); });
    auto second = container.try_source("engine", [] { return std::string(); });
    ASSERT_FALSE(second);
    EXPECT_EQ(second.error().kind(), ErrorKind::kSourceInUse);
}

TEST(SourceOf, ItsFunctionIsDestroyedWithIt) {
    Container container = Container::open("app");
    auto held = std::make_shared<int>(0);
    {
        Source source = container.source("engine", [held] { return std::string(); });
        EXPECT_EQ(held.use_count(), 2);
    }
    EXPECT_EQ(held.use_count(), 1);
    auto first = container.source("engine", [] { return std::string(); });
    auto refused = container.try_source("engine", [held] { return std::string(); });
    EXPECT_FALSE(refused);
    EXPECT_EQ(held.use_count(), 1) << "a refused one is destroyed too";
}

TEST(ServerOf, ItServesThePageOfTheProcess) {
    Container().counter("served_total").inc();
    auto server = serve();
    ASSERT_TRUE(server) << server.error().message();
    EXPECT_THAT(get(server->port(), "/metrics"), HasSubstr("\nserved_total 1\n"));
}

TEST(ServerOf, APortInUseIsAnError) {
    auto server = serve();
    ASSERT_TRUE(server);
    auto second = serve({"127.0.0.1", server->port()});
    ASSERT_FALSE(second);
    EXPECT_EQ(second.error().kind(), ErrorKind::kIo);
    EXPECT_THAT(second.error().message(), HasSubstr("Address already in use"));
}

TEST(ServerOf, OneThatWasMovedFromDoesNotStopTheOther) {
    auto first = serve();
    ASSERT_TRUE(first);
    Server moved = *std::move(first);
    EXPECT_THAT(get(moved.port(), "/health"), HasSubstr("healthy"));
}

TEST(DoctorOf, ItSaysWhoOwnsTheCells) {
    Container().counter("requests_total").inc();
    auto found = doctor();
    ASSERT_TRUE(found);
    EXPECT_EQ(found->version, LIBNV_VERSION_STRING);
    EXPECT_EQ(found->cells_language, "c++");
    EXPECT_FALSE(found->is_hosted);
    ASSERT_EQ(found->copies.size(), 1u);
    EXPECT_TRUE(found->copies[0].is_owner);
    EXPECT_EQ(found->leased, 1u);
    EXPECT_GE(found->series, 1u);
}

} // namespace
} // namespace libnv::test
