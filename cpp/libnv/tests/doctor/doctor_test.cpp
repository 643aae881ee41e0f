#include <sys/wait.h>
#include <unistd.h>

#include <string>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "ended.hpp"

namespace {

using nlohmann::json;

// A process that has recorded, until this is destroyed.
class Patient {
public:
    Patient() {
        int in[2], out[2];
        EXPECT_EQ(pipe(in), 0);
        EXPECT_EQ(pipe(out), 0);
        pid_ = fork();
        if (pid_ == 0) {
            dup2(in[0], STDIN_FILENO);
            dup2(out[1], STDOUT_FILENO);
            for (const int fd : {in[0], in[1], out[0], out[1]}) close(fd);
            execl(PROGRAM, PROGRAM, nullptr);
            _exit(127);
        }
        close(in[0]);
        close(out[1]);
        input_ = in[1];
        char said[16];
        EXPECT_GT(read(out[0], said, sizeof said), 0) << "it ended before it had recorded";
        close(out[0]);
    }
    ~Patient() {
        close(input_);
        waitpid(pid_, nullptr, 0);
    }

    pid_t pid() const { return pid_; }

private:
    pid_t pid_;
    int input_;
};

TEST(Doctor, FindsALibraryInGoodHealth) {
    const Ended ended = run(DOCTOR " --json " LIBNV);
    EXPECT_EQ(ended.code, 0) << ended.out << ended.error;
    const json found = json::parse(ended.out);
    ASSERT_EQ(found["copies"].size(), 1u);
    EXPECT_EQ(found["copies"][0]["is_owner"], true);
    EXPECT_EQ(found["version"], "1.0.0");
    EXPECT_EQ(found["cells_language"], "c++");
    EXPECT_EQ(found["statistics"]["is_hosted"], false);
    EXPECT_EQ(found["problems"], json::array());
}

TEST(Doctor, FindsARefusalAndItsReason) {
    const Ended ended = run(DOCTOR " --json " SUBJECT);
    EXPECT_EQ(ended.code, 1) << ended.error;
    const json found = json::parse(ended.out);
    EXPECT_EQ(found["statistics"]["refusals"], 1);
    EXPECT_EQ(found["statistics"]["detached"], 1);
    EXPECT_EQ(found["statistics"]["leased"], 1);
    ASSERT_EQ(found["latest_refusals"].size(), 1u);
    EXPECT_EQ(found["latest_refusals"][0]["name"], "engine_requests_total");
    EXPECT_EQ(found["problems"].size(), 2u) << found["problems"];
}

TEST(Doctor, WritesForPeopleWhereJsonIsNotAskedFor) {
    const Ended ended = run(DOCTOR " " SUBJECT);
    for (const char *part : {"copies\n", "owner", "leased now        1\n", "latest refusals\n",
                             "engine_requests_total: ", "problems\n"}) {
        EXPECT_NE(ended.out.find(part), std::string::npos) << part << " is not in\n" << ended.out;
    }
    EXPECT_EQ(ended.out.find('\033'), std::string::npos) << "colours, and no terminal";
}

TEST(Doctor, FindsThatNothingWasBuiltWithLibnv) {
    const Ended ended = run(DOCTOR " --json libm.so.6");
    EXPECT_EQ(ended.code, 1);
    const json found = json::parse(ended.out);
    EXPECT_EQ(found["copies"], json::array());
    EXPECT_EQ(found["statistics"], nullptr);
    EXPECT_EQ(found["problems"].size(), 1u);
}

TEST(Doctor, ExplainsAMetricThatIsThere) {
    const Ended ended = run(DOCTOR " --explain engine_requests_total " SUBJECT);
    EXPECT_EQ(ended.code, 0) << ended.error;
    EXPECT_NE(ended.out.find("it is on the page"), std::string::npos) << ended.out;
    EXPECT_NE(ended.out.find("a declaration was refused: "), std::string::npos) << ended.out;
}

TEST(Doctor, ExplainsAMetricByTheNameThatItHas) {
    const Ended ended = run(DOCTOR " --json --explain requests " SUBJECT);
    EXPECT_EQ(ended.code, 1) << ended.error;
    EXPECT_EQ(json::parse(ended.out)["reasons"][0],
              "it may be the one that stands there as engine_requests_total");
}

TEST(Doctor, LooksIntoAProcessThatRunsOn) {
    const Patient patient;
    const Ended ended = run(DOCTOR " --json --pid " + std::to_string(patient.pid()));
    EXPECT_EQ(ended.code, 0) << ended.out << ended.error;
    const json found = json::parse(ended.out);
    ASSERT_EQ(found["copies"].size(), 1u) << found;
    EXPECT_EQ(found["copies"][0]["is_owner"], true);
    EXPECT_EQ(found["copies"][0]["abi"], 1);
    EXPECT_EQ(found["cells_path"], found["copies"][0]["path"]);
    EXPECT_EQ(found["version"], "1.0.0");
    EXPECT_EQ(found["statistics"], nullptr) << "which only the process itself can count";
}

TEST(Doctor, SaysWhyItCannotLook) {
    // No process has the number of one that was waited for.
    pid_t gone = fork();
    if (gone == 0) _exit(0);
    waitpid(gone, nullptr, 0);
    const Ended other = run(DOCTOR " --pid " + std::to_string(gone));
    EXPECT_EQ(other.code, 1);
    EXPECT_NE(other.error.find("cannot look into process"), std::string::npos) << other.error;
    const Ended library = run(DOCTOR " /nowhere/libengine.so");
    EXPECT_EQ(library.code, 1);
    EXPECT_NE(library.error.find("cannot load /nowhere/libengine.so"), std::string::npos)
        << library.error;
}

TEST(Doctor, RefusesWordsThatMeanNothing) {
    for (const char *arguments : {"", "--jsn", "--pid", "--pid x", "--pid -1", "--pid 1 lib.so",
                                  "--pid 1 --explain x", "--explain x"}) {
        const Ended ended = run(DOCTOR " " + std::string(arguments));
        EXPECT_EQ(ended.code, 2) << arguments;
        EXPECT_NE(ended.error.find("--help"), std::string::npos) << ended.error;
    }
    EXPECT_EQ(run(DOCTOR " --help").code, 0);
}

} // namespace
