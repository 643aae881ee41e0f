#include <cstring>

#include <gtest/gtest.h>

#include "core.hpp"
#include "event_type.hpp"

namespace {

using libnv::nixl::EventType;
using libnv::nixl::kErrorStatuses;

nixl_abi::Event event(EventType type, std::uint64_t value) {
    return {static_cast<std::uint32_t>(type), value};
}

TEST(Plugin, SaysWhatNixlAsksFor) {
    const Core core;
    EXPECT_EQ(core.plugin().api_version, 2u);
    EXPECT_EQ(core.plugin().name, "libnv");
    EXPECT_EQ(core.exporter_of("a")->max_events_buffered(), 4096u);
}

TEST(Exporter, AllSeriesAreThereBeforeTheFirstEvent) {
    const Core core;
    const auto exporter = core.exporter_of("a");
    const std::string text = page();
    for (const char *metric :
         {"agent_tx_bytes_total", "agent_rx_bytes_total", "agent_tx_requests_num_total",
          "agent_rx_requests_num_total", "agent_memory_registered_total",
          "agent_memory_deregistered_total", "agent_xfer_time_count", "agent_xfer_post_time_count",
          "agent_telemetry_events_dropped_total", "agent_telemetry_events_unknown_total"}) {
        EXPECT_EQ(value_of(text, metric, "a"), 0) << metric;
    }
    for (const char *status : kErrorStatuses) {
        EXPECT_EQ(
            value_of(text, "agent_errors_total", "a", ",status=\"" + std::string(status) + "\""),
            0);
    }
}

TEST(Exporter, EveryEventIsAddedToItsMetric) {
    const Core core;
    const auto exporter = core.exporter_of("a");
    exporter->on_batch_begin();
    for (std::uint64_t i = 0; i < 2; ++i) {
        exporter->export_event(event(EventType::TxBytes, 1000 + i));
        exporter->export_event(event(EventType::RxBytes, 20 + i));
        exporter->export_event(event(EventType::TxRequests, 1));
        exporter->export_event(event(EventType::RxRequests, 3));
        exporter->export_event(event(EventType::MemoryRegistered, 4096));
        exporter->export_event(event(EventType::MemoryDeregistered, 512));
        exporter->export_event(event(EventType::TransferTime, 40 + i * 20));
        exporter->export_event(event(EventType::PostTime, 10'000'001));
        exporter->export_event(event(EventType::EventsDropped, 7));
    }
    exporter->on_batch_end();
    const std::string text = page();
    EXPECT_EQ(value_of(text, "agent_tx_bytes_total", "a"), 2001);
    EXPECT_EQ(value_of(text, "agent_rx_bytes_total", "a"), 41);
    EXPECT_EQ(value_of(text, "agent_tx_requests_num_total", "a"), 2);
    EXPECT_EQ(value_of(text, "agent_rx_requests_num_total", "a"), 6);
    EXPECT_EQ(value_of(text, "agent_memory_registered_total", "a"), 8192);
    EXPECT_EQ(value_of(text, "agent_memory_deregistered_total", "a"), 1024);
    EXPECT_EQ(value_of(text, "agent_telemetry_events_dropped_total", "a"), 14);
    EXPECT_EQ(value_of(text, "agent_xfer_time_sum", "a"), 100);
    EXPECT_EQ(value_of(text, "agent_xfer_time_bucket", "a", ",le=\"25.0\""), 0);
    EXPECT_EQ(value_of(text, "agent_xfer_time_bucket", "a", ",le=\"50.0\""), 1);
    EXPECT_EQ(value_of(text, "agent_xfer_time_bucket", "a", ",le=\"100.0\""), 2);
    EXPECT_EQ(value_of(text, "agent_xfer_post_time_bucket", "a", ",le=\"1e+07\""), 0);
    EXPECT_EQ(value_of(text, "agent_xfer_post_time_count", "a"), 2);
}

TEST(Exporter, AnErrorIsAddedToItsStatus) {
    const Core core;
    const auto exporter = core.exporter_of("a");
    const auto first = static_cast<std::uint32_t>(EventType::FirstError);
    for (std::uint32_t i = 0; i < kErrorStatuses.size(); ++i) {
        exporter->export_event({first + i, i + 1});
    }
    const std::string text = page();
    for (std::uint32_t i = 0; i < kErrorStatuses.size(); ++i) {
        const std::string status = ",status=\"" + std::string(kErrorStatuses[i]) + "\"";
        EXPECT_EQ(value_of(text, "agent_errors_total", "a", status), i + 1);
    }
    EXPECT_EQ(value_of(text, "agent_telemetry_events_unknown_total", "a"), 0);
}

TEST(Exporter, AnEventThatItDoesNotKnowIsCountedByItself) {
    const Core core;
    const auto exporter = core.exporter_of("a");
    EXPECT_EQ(exporter->export_event({21, 1000}), nixl_abi::kSuccess);
    EXPECT_EQ(exporter->export_event({0xffff'ffff, 1000}), nixl_abi::kSuccess);
    EXPECT_EQ(value_of(page(), "agent_telemetry_events_unknown_total", "a"), 2);
}

TEST(Exporter, AgentsOfOneNameShareTheirSeries) {
    const Core core;
    const auto one = core.exporter_of("a"), other = core.exporter_of("a");
    const auto stranger = core.exporter_of("b");
    one->export_event(event(EventType::TxBytes, 1));
    other->export_event(event(EventType::TxBytes, 2));
    stranger->export_event(event(EventType::TxBytes, 4));
    EXPECT_EQ(value_of(page(), "agent_tx_bytes_total", "a"), 3);
    EXPECT_EQ(value_of(page(), "agent_tx_bytes_total", "b"), 4);
}

TEST(Exporter, WhatAnAgentCountedOutlivesIt) {
    const Core core;
    core.exporter_of("a")->export_event(event(EventType::TxBytes, 5));
    EXPECT_EQ(value_of(page(), "agent_tx_bytes_total", "a"), 5);
}

TEST(Exporter, ACoreThatCallsFurtherFunctionsIsBorneWith) {
    const Core core;
    const auto exporter = core.exporter_of("a");
    using Function = std::intptr_t (*)(void *);
    Function *functions;
    std::memcpy(&functions, static_cast<const void *>(exporter.get()), sizeof functions);
    constexpr int kFirstUnknown = 5; // two destructors, and three that NIXL 1.5 has
    for (int i = 0; i < 4; ++i) {
        EXPECT_EQ(functions[kFirstUnknown + i](exporter.get()), 0);
    }
}

} // namespace
