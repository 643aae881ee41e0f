#include <cstdlib>
#include <string>

#include <gtest/gtest.h>

#include "meeting/meeting.hpp"
#include "meeting/plugin.hpp"
#include "meeting/process_counter.hpp"

namespace libnv::meeting::test {
namespace {

TEST(OtherAbi, AProcessThatItOwnsIsLeftAloneAndGoesOn) {
    const Plugin *stranger = open_plugin(STRANGER);
    ASSERT_NE(stranger, nullptr);
    stranger->record(1);
    testing::internal::CaptureStderr();
    EXPECT_EQ(libnv_get_api(LIBNV_ABI), nullptr);
    EXPECT_EQ(libnv_get_api(LIBNV_ABI), nullptr);
    EXPECT_EQ(testing::internal::GetCapturedStderr(),
              "libnv: the metrics of this process belong to a copy of ABI 2; "
              "libnv 1.0.0, of ABI 1, records nothing in it\n")
        << "it is said once";
    EXPECT_GE(cells().allocate(LIBNV_SPACE_THREAD, 1), 0) << "cells that nobody reads";
}

TEST(OtherAbi, ItsOwnershipIsNotSpokenOfWhereQuietIsAskedFor) {
    setenv("LIBNV_QUIET", "1", 1);
    open_plugin(STRANGER)->record(1);
    testing::internal::CaptureStderr();
    EXPECT_EQ(libnv_get_api(LIBNV_ABI), nullptr);
    EXPECT_EQ(testing::internal::GetCapturedStderr(), "");
}

TEST(OtherAbi, OneThatComesLaterIsNotTouchedAndSeenByTheDoctor) {
    const Plugin *stranger = open_plugin(STRANGER);
    ASSERT_NE(stranger, nullptr);
    libnv_slot_v1 *const counter = process_series(LIBNV_COUNTER, "requests_total");
    libnv_counter_add(counter, 2);
    EXPECT_EQ(value_of(counter).number, 2u);
    EXPECT_EQ(stranger->api(), nullptr) << "no table that it would not understand";
    libnv_doctor_v1 doctor{};
    doctor.struct_size = sizeof doctor;
    ASSERT_EQ(libnv_api()->doctor(&doctor), LIBNV_OK);
    EXPECT_EQ(doctor.copies, 2u);
    EXPECT_EQ(doctor.refused_copies, 1u);
}

} // namespace
} // namespace libnv::meeting::test
