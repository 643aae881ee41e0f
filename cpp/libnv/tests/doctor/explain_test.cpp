#include <gtest/gtest.h>

#include "explain.hpp"
#include "problems.hpp"

namespace doctor {
namespace {

constexpr const char *kPage = "# HELP llm_requests_total Requests.\n"
                              "# TYPE llm_requests_total counter\n"
                              "llm_requests_total 1\n";

Findings well() {
    Findings findings;
    findings.copies = {{"/lib/libnv.so.1", 1, true, false}};
    findings.table = 0x1000;
    findings.statistics = Statistics();
    return findings;
}

std::vector<std::string> reasons(const std::string &name, const Findings &findings = well()) {
    return explain_by(name, kPage, {}, findings).reasons;
}

TEST(Explanation, KnowsAMetricByItsFullNameOnly) {
    EXPECT_TRUE(explain_by("llm_requests_total", kPage, {}, well()).is_present);
    EXPECT_FALSE(explain_by("llm_requests", kPage, {}, well()).is_present);
    EXPECT_FALSE(explain_by("requests_total", kPage, {}, well()).is_present);
}

TEST(Explanation, GuessesAtNamesWithPrefixesAndSuffixes) {
    for (const char *name : {"llm_requests", "requests_total", "requests", "llm.requests"}) {
        EXPECT_EQ(reasons(name).at(0), "it may be the one that stands there as llm_requests_total")
            << name;
    }
    EXPECT_EQ(reasons("quests").size(), 1u);
    EXPECT_EQ(reasons("quests")[0].find("it may be"), std::string::npos);
}

TEST(Explanation, SaysThatNobodyDeclaredItWhereAllIsWell) {
    ASSERT_EQ(reasons("tokens_total").size(), 1u);
    EXPECT_EQ(reasons("tokens_total")[0].find("nobody declared it"), 0u);
}

TEST(Explanation, PutsARefusalBeforeAllElse) {
    Findings findings = well();
    findings.statistics->unbound = 2;
    const auto refused = explain_by("tokens", kPage, {{"tokens", "bad"}}, findings).reasons;
    ASSERT_EQ(refused.size(), 2u);
    EXPECT_EQ(refused[0], "a declaration was refused: bad");
    EXPECT_EQ(refused[1], "2 handles wait for a library");
}

TEST(Problems, AreNoneWhereAllIsWell) {
    EXPECT_TRUE(problems_of(well()).empty());
}

TEST(Problems, AreACopyOfAnotherVersion) {
    Findings findings = well();
    findings.copies.push_back({"/lib/old.so", 2, false, true});
    EXPECT_EQ(
        problems_of(findings),
        std::vector<std::string>{"/lib/old.so speaks version 2 of the ABI, and is on its own"});
}

TEST(Problems, AreAProcessWithoutAnOwner) {
    Findings findings;
    findings.copies = {{"/lib/late.so", 1, false, false}};
    ASSERT_EQ(problems_of(findings).size(), 1u);
    EXPECT_EQ(problems_of(findings)[0].find("no copy owns the process"), 0u);
}

TEST(Problems, AreCountedInWords) {
    Findings findings = well();
    findings.statistics->refusals = 1;
    findings.statistics->detached = 1;
    findings.statistics->unbound = 1;
    EXPECT_EQ(problems_of(findings),
              (std::vector<std::string>{"1 declaration was refused",
                                        "1 handle is in no container, after a refusal",
                                        "1 handle waits for a library"}));
}

} // namespace
} // namespace doctor
