#include "registry/quoted.hpp"

#include <gtest/gtest.h>

#include <limits>

namespace libnv::registry {
namespace {

TEST(Quoted, TextsAreEscapedAsRustDoes) {
    EXPECT_EQ(quoted("plain 'text'"), "\"plain 'text'\"");
    EXPECT_EQ(quoted(std::string_view("a\"b\\c\n\t\r\0", 9)), "\"a\\\"b\\\\c\\n\\t\\r\\0\"");
    EXPECT_EQ(quoted("\x1b\x7f"), "\"\\u{1b}\\u{7f}\"");
    EXPECT_EQ(quoted("\u00e9\U0001f642"), "\"\u00e9\U0001f642\"");
    EXPECT_EQ(quoted("a\u0301\u200b\U000e0001"), "\"a\\u{301}\\u{200b}\\u{e0001}\"");
}

TEST(Quoted, FloatsHaveAFractionOrAnExponent) {
    EXPECT_EQ(quoted(std::vector<double>{0.1, 1, 1e15, 1e16, 1e-4, 1e-5, -0.0, 1.5e-7, 1e22}),
              "[0.1, 1.0, 1000000000000000.0, 1e16, 0.0001, 1e-5, -0.0, 1.5e-7, 1e22]");
}

TEST(Quoted, ShownFloatsHaveNoExponent) {
    EXPECT_EQ(shown(1), "1");
    EXPECT_EQ(shown(-2.5), "-2.5");
    EXPECT_EQ(shown(1e23), "100000000000000000000000");
    EXPECT_EQ(shown(1.5e-7), "0.00000015");
    EXPECT_EQ(shown(std::numeric_limits<double>::quiet_NaN()), "NaN");
    EXPECT_EQ(shown(-std::numeric_limits<double>::infinity()), "-inf");
}

TEST(Utf8, WhatIsNoCharacterIsFound) {
    EXPECT_TRUE(is_utf8("a plain text, longer than a word \u00e9\U0001f642"));
    for (const char *wrong : {"\xff", "\xc0\x80", "\xed\xa0\x80", "\xf4\x90\x80\x80", "\xe2\x82",
                              "12345678\x80", "\xf0\x80\x80\x80"}) {
        EXPECT_FALSE(is_utf8(wrong)) << wrong;
    }
}

} // namespace
} // namespace libnv::registry
