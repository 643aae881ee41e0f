// Clients of a later header, whose structures have grown at their ends.
#include <cstring>
#include <string>

#include <gtest/gtest.h>

#include <libnv/record.h>

namespace {

// A structure as a later header has it: with more than this library knows.
template <typename Known>
struct Newer {
    Newer() {
        std::memset(this, 0, sizeof *this);
        std::memset(more, 0x5a, sizeof more);
        known.struct_size = sizeof *this;
    }
    Known known;
    unsigned char more[64];
};

TEST(NewerClient, RequestsWithMoreFieldsAreTaken) {
    const libnv_api_v1 &api = *libnv_api();
    Newer<libnv_request_v1> request;
    request.known.kind = LIBNV_COUNTER;
    request.known.name = {"requests_total", 14};
    libnv_family *family = nullptr;
    ASSERT_EQ(api.registry->family(api.process, &request.known, &family), LIBNV_OK);
    libnv_slot_v1 *slot = nullptr;
    ASSERT_EQ(api.registry->look_up(api.process, family, nullptr, 0, &slot), LIBNV_OK);
    libnv_counter_add(slot, 3);
    Newer<libnv_value_v1> value;
    ASSERT_EQ(api.registry->value(api.process, slot, &value.known), LIBNV_OK);
    EXPECT_EQ(value.known.number, 3u);
    EXPECT_EQ(value.more[0], 0x5a) << "beyond what this library knows";
}

TEST(NewerClient, AnswersSayHowMuchIsFilled) {
    Newer<libnv_doctor_v1> doctor;
    ASSERT_EQ(libnv_api()->doctor(&doctor.known), LIBNV_OK);
    EXPECT_EQ(doctor.known.struct_size, sizeof(libnv_doctor_v1));
    EXPECT_EQ(doctor.more[0], 0x5a);
    Newer<libnv_cell_stats_v1> stats;
    libnv_api()->cells->stats(&stats.known);
    EXPECT_EQ(stats.known.struct_size, sizeof(libnv_cell_stats_v1));
    EXPECT_EQ(stats.more[0], 0x5a);
}

TEST(NewerClient, OptionsWithMoreFieldsAreTaken) {
    Newer<libnv_serve_v1> options;
    libnv_server *server = nullptr;
    ASSERT_EQ(libnv_api()->serve(&options.known, &server), LIBNV_OK);
    libnv_api()->stop(server);
}

TEST(NewerClient, AVersionThatThisLibraryDoesNotSpeakIsRefused) {
    EXPECT_EQ(libnv_get_api(LIBNV_ABI + 1), nullptr);
}

} // namespace
