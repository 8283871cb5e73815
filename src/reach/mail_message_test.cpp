#include <gtest/gtest.h>

#include "reach/sender.hpp"

namespace lianxin::reach {
namespace {

SmtpOptions options() {
    SmtpOptions o;
    o.from_address = "desk@dayao.example";
    o.from_name = "大姚县";
    o.message_id_domain = "dayao.example";
    return o;
}
Letter letter(std::string subject, std::string text = "text") {
    return {"4711", "li@example.org", std::move(subject), std::move(text),
            Instant{1714959000LL * micros_per_second}};
}
std::string header(const std::string& message, const std::string& name) {
    const std::size_t start = message.find("\r\n" + name + ": ");
    if (start == std::string::npos) return "";
    std::size_t end = message.find("\r\n", start + 2);
    while (message[end + 2] == ' ') end = message.find("\r\n", end + 2);
    return message.substr(start + 4 + name.size(), end - start - 4 - name.size());
}

TEST(MailMessage, names_its_time_and_the_message_it_belongs_to) {
    const std::string message = mail_message(letter("hello"), options());
    EXPECT_EQ(message.rfind("Date: Mon, 06 May 2024 01:30:00 +0000\r\n", 0), 0U);
    EXPECT_EQ(header(message, "Message-ID"), "<4711@dayao.example>");
    EXPECT_EQ(header(message, "Subject"), "hello");
    EXPECT_EQ(header(message, "From"), "=?UTF-8?B?5aSn5aea5Y6/?= <desk@dayao.example>");
}

TEST(MailMessage, is_the_same_for_every_try) {
    EXPECT_EQ(mail_message(letter("a"), options()), mail_message(letter("a"), options()));
}

TEST(MailMessage, folds_a_long_subject_into_words_of_whole_characters) {
    std::string subject;
    for (int i = 0; i < 40; ++i) subject += "路灯";
    const std::string folded = header(mail_message(letter(subject), options()), "Subject");
    std::size_t start = 0;
    int words = 0;
    while (start < folded.size()) {
        const std::size_t end = std::min(folded.find("\r\n ", start), folded.size());
        const std::string word = folded.substr(start, end - start);
        EXPECT_LE(word.size(), 75U);
        EXPECT_EQ(word.rfind("=?UTF-8?B?", 0), 0U);
        EXPECT_EQ((word.size() - 12) % 4, 0U);
        start = end + 3;
        ++words;
    }
    EXPECT_GT(words, 4);
}

TEST(MailMessage, lets_nobody_add_headers_through_subject_or_name) {
    SmtpOptions o = options();
    o.from_name = "Desk\r\nBcc: all@example.org";
    const std::string message = mail_message(letter("a\r\nBcc: all@example.org"), o);
    EXPECT_EQ(message.find("\r\nBcc"), std::string::npos);
}

TEST(MailMessage, holds_the_text_in_lines_of_76_characters_of_base64) {
    const std::string message = mail_message(letter("a", std::string(500, 'x') + "\n.\n"), options());
    const std::size_t body = message.find("\r\n\r\n") + 4;
    for (std::size_t start = body; start < message.size();) {
        const std::size_t end = message.find("\r\n", start);
        ASSERT_NE(end, std::string::npos);
        EXPECT_LE(end - start, 76U);
        start = end + 2;
    }
}

}  // namespace
}  // namespace lianxin::reach
