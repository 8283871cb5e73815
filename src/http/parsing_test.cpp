#include "http/parsing.hpp"

#include <gtest/gtest.h>

#include <random>

namespace lianxin::http {
namespace {

TEST(Parsing, percent_signs_need_two_digits_and_make_utf8) {
    EXPECT_EQ(percent_decode("%E6%B0%B4a+b"), "水a+b");
    EXPECT_EQ(percent_decode("a+b", true), "a b");
    for (const char* bad : {"%", "%4", "%zz", "%ff", "%00"}) EXPECT_FALSE(percent_decode(bad)) << bad;
    EXPECT_EQ(percent_decode(percent_encode("a/b 水~")), "a/b 水~");
}

TEST(Parsing, a_path_cannot_climb_or_hide_a_slash) {
    for (const char* bad : {"", "x", "/a/../b", "/..", "/a/%2e%2e/b", "/a%2Fb", "/./a", "/%00", "*"})
        EXPECT_FALSE(parse_target(bad)) << bad;
    const auto target = parse_target("/a/%E6%B0%B4?x=1&y=a%26b&x=2#f");
    ASSERT_TRUE(target);
    EXPECT_EQ(target->path, "/a/水");
    EXPECT_EQ(target->query.count("x"), 2U);
    EXPECT_EQ(target->query.find("y")->second, "a&b");
}

TEST(Parsing, of_a_broken_target_the_folders_before_the_break_can_be_read) {
    EXPECT_EQ(readable_part("/%"), "/");
    EXPECT_EQ(readable_part("/t/%E0%A4%A"), "/t/");
    EXPECT_EQ(readable_part("/desk/m/%zz/more"), "/desk/m/");
    EXPECT_EQ(readable_part("/desk/?q=%"), "/desk/");
    EXPECT_EQ(readable_part("/%E6%B0%B4/%"), "/");
    EXPECT_EQ(readable_part("/a/../%"), "/");
    EXPECT_EQ(readable_part("*"), "/");
}

TEST(Parsing, cookies_keep_the_first_of_a_name) {
    const auto cookies = parse_cookies("a=1; b=\"2\";c ; a=3; =x");
    EXPECT_EQ(cookies.at("a"), "1");
    EXPECT_EQ(cookies.at("b"), "2");
    EXPECT_EQ(cookies.size(), 3U);
}

std::string form(const std::vector<std::pair<std::string, std::string>>& parts) {
    std::string text = "preamble is ignored";
    for (const auto& [header, body] : parts) text += "\r\n--xyz\r\n" + header + "\r\n\r\n" + body;
    return text + "\r\n--xyz--\r\nepilogue";
}

TEST(Parsing, multipart_gives_names_types_and_exact_octets) {
    const std::string octets("\0\r\n--xy\r\n\xff", 11);
    const auto parts = parse_multipart("multipart/form-data; boundary=\"xyz\"",
                                       form({{"Content-Disposition: form-data; name=\"photo\"; "
                                              "filename=\"a;b.jpg\"\r\nContent-Type: image/JPEG",
                                              octets},
                                             {"content-disposition: form-data; name=note", ""}}),
                                       5);
    ASSERT_TRUE(parts);
    ASSERT_EQ(parts->size(), 2U);
    EXPECT_EQ(parts->at(0).body, octets);
    EXPECT_EQ(parts->at(0).filename, "a;b.jpg");
    EXPECT_EQ(parts->at(0).content_type, "image/jpeg");
    EXPECT_EQ(parts->at(1).name, "note");
    EXPECT_EQ(parts->at(1).body, "");
}

TEST(Parsing, multipart_is_bounded_and_total) {
    const std::string type = "multipart/form-data; boundary=xyz";
    const std::string header = "Content-Disposition: form-data; name=a";
    std::vector<std::pair<std::string, std::string>> many(6, {header, "x"});
    EXPECT_EQ(parse_multipart(type, form(many), 5).error(), MultipartRefusal::too_many_parts);
    EXPECT_EQ(parse_multipart("multipart/form-data", "", 5).error(), MultipartRefusal::no_boundary);
    EXPECT_EQ(parse_multipart(type, "--xyz\r\n" + header + "\r\n\r\nnever ended", 5).error(),
              MultipartRefusal::malformed_multipart);
    EXPECT_EQ(parse_multipart(type, form({{"X: y", "no name"}}), 5).error(),
              MultipartRefusal::malformed_multipart);
}

TEST(Parsing, multipart_survives_random_octets) {
    const std::uint64_t seed = 7;
    std::mt19937_64 random(seed);
    const std::string whole = form({{"Content-Disposition: form-data; name=\"a\"; filename=\"b\"", "12345"},
                                    {"Content-Disposition: form-data; name=\"c\"", "6"}});
    for (int i = 0; i < 20'000; ++i) {
        std::string text = whole;
        for (int changes = 1 + static_cast<int>(random() % 6); changes > 0 && !text.empty(); --changes) {
            const std::size_t at = random() % text.size();
            if (random() % 2 == 0)
                text[at] = "\r\n-xyz:;=\"\\a"[random() % 12];
            else
                text.erase(at, random() % 20);
        }
        const auto parts = parse_multipart("multipart/form-data; boundary=xyz", text, 5);
        EXPECT_LE(parts ? parts->size() : 0U, 5U) << "seed " << seed;
        (void)parse_target("/" + text);
        (void)parse_form(text);
        (void)parse_cookies(text);
        (void)header_parameter(text, "name");
        (void)choose_language(text);
    }
}

TEST(Parsing, language_is_the_best_liked_of_three) {
    EXPECT_EQ(choose_language(""), "zh-Hans");
    EXPECT_EQ(choose_language("zh-CN,zh;q=0.9,en;q=0.8"), "zh-Hans");
    EXPECT_EQ(choose_language("zh-TW,zh;q=0.9"), "zh-Hant");
    EXPECT_EQ(choose_language("fr, en-GB;q=0.7, zh;q=0.2"), "en");
    EXPECT_EQ(choose_language("zh-Hant-HK"), "zh-Hant");
}

TEST(Parsing, encodings_have_qualities) {
    EXPECT_GT(quality_of("gzip, deflate, br", "br"), 0);
    EXPECT_EQ(quality_of("gzip, br;q=0", "br"), 0);
    EXPECT_EQ(quality_of("*;q=0.5", "br"), 0.5);
    EXPECT_EQ(quality_of("", "gzip"), 0);
}

TEST(Parsing, dates_are_written_as_http_writes_them) {
    EXPECT_EQ(http_date({784111777LL * micros_per_second}), "Sun, 06 Nov 1994 08:49:37 GMT");
}

TEST(Parsing, etags_match_weakly) {
    EXPECT_TRUE(matches_etag("\"a\", W/\"b\"", "\"b\""));
    EXPECT_TRUE(matches_etag("*", "\"b\""));
    EXPECT_FALSE(matches_etag("\"a\"", "\"b\""));
}

}  // namespace
}  // namespace lianxin::http
