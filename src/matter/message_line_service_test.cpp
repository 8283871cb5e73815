// A line of another system's messages: taken whole, or refused with the key that is wrong with it.
#include "matter/message_line_service.hpp"

#include <gtest/gtest.h>

namespace lianxin::matter {
namespace {

const Zone zone;
const Instant now{zone.start_of(Day::of(2024, 5, 6)).micros};

Result<MessageLine, ImportRefusal> read(const std::string& text) {
    return read_message(text, zone, now);
}

TEST(MessageLine, IsTakenWithEverythingItSays) {
    const auto line = read(
        R"({"id":"7","user":"A1","subject":" 路灯 ","at":"2019-04-25 09:32:09","text":"不亮","reply":"好","replied_at":"2019-05-06T10:00:00"})");
    ASSERT_TRUE(line);
    EXPECT_EQ(line->id, "7");
    EXPECT_EQ(line->subject, "路灯");
    EXPECT_EQ(line->text, "不亮");
    EXPECT_EQ(line->reply, "好");
    EXPECT_EQ(zone.text(line->at), "2019-04-25T09:32:09+08:00");
    EXPECT_EQ(zone.text(*line->replied_at), "2019-05-06T10:00:00+08:00");
}

TEST(MessageLine, WithoutASubjectBeginsLikeItsText) {
    const auto line = read(R"({"id":"7","at":"2019-04-25 09:32:09","subject":null,"text":"街上到处是水"})");
    ASSERT_TRUE(line);
    EXPECT_EQ(line->subject, "街上到处是水");
    EXPECT_FALSE(line->replied_at);
}

TEST(MessageLine, IsHeldKeyByKeyAgainstAnotherOfTheSameId) {
    const auto line = read(
        R"({"id":"7","at":"2019-04-25 09:32:09","subject":"路灯","text":"不亮","reply":"好","replied_at":"2019-05-06 10:00:00"})");
    ASSERT_TRUE(line);
    EXPECT_TRUE(differing_keys(*line, *line).empty());
    MessageLine other = *line;
    other.at = now;
    other.subject = other.text = other.reply = "别的";
    other.replied_at.reset();
    EXPECT_EQ(differing_keys(*line, other),
              (std::vector<std::string>{"at", "subject", "text", "reply", "replied_at"}));
    EXPECT_EQ(reply_as_entered(*line, zone),
              (std::vector<std::string>{"好", "路灯：好", "路灯：好（2019-05-06）"}));
}

TEST(MessageLine, ThatIsBrokenIsRefusedWithItsKeyAndReason) {
    struct Broken {
        std::string text, reason, key, limit;
    };
    const std::string sound = R"("id":"7","at":"2019-04-25 09:32:09","text":"不亮")";
    const std::vector<Broken> lines{
        {"not json", "malformed_json", "", "octet 1"},
        {"{" + sound, "malformed_json", "", ""},
        {"{" + sound + "} {}", "malformed_json", "", ""},
        {"[]", "not_an_object", "", ""},
        {"5", "not_an_object", "", ""},
        {"null", "not_an_object", "", ""},
        {"[{" + sound + "}]", "not_an_object", "", ""},
        {"{\"text\":\"\xFF\"}", "malformed_utf8", "", ""},
        {"{" + sound + R"(,"subjct":"路灯"})", "key_unknown", "subjct", "subject"},
        {"{" + sound + R"(,"Reply":"好"})", "key_unknown", "Reply", "reply"},
        {"{" + sound + R"(,"标题":"路灯"})", "key_unknown", "标题",
         "id, at, subject, text, reply, replied_at, user"},
        {"{" + sound + R"(,"text":"又不亮"})", "duplicate_key", "text", ""},
        {"{}", "key_missing", "id", ""},
        {R"({"id":" ","at":"2019-04-25 09:32:09","text":"不亮"})", "key_missing", "id", ""},
        {R"({"id":"7","text":"不亮"})", "key_missing", "at", ""},
        {R"({"id":"7","at":null,"text":"不亮"})", "key_missing", "at", ""},
        {R"({"id":7,"at":"2019-04-25 09:32:09","text":"不亮"})", "key_not_text", "id", ""},
        {"{" + sound + R"(,"reply":["好"]})", "key_not_text", "reply", ""},
        {R"({"id":"7","at":"25.4.2019","text":"不亮"})", "time_malformed", "at", ""},
        {R"({"id":"7","at":"2019-02-30 09:00:00","text":"不亮"})", "time_malformed", "at", ""},
        {R"({"id":"7","at":"2999-01-01 09:00:00","text":"不亮"})", "time_in_future", "at", ""},
        {R"({"id":"7","at":"1999-12-31 09:00:00","text":"不亮"})", "time_too_early", "at", "2000"},
        {R"({"id":"7","at":"2019-04-25 09:32:09"})", "text_missing", "text", ""},
        {R"({"id":"7","at":"2019-04-25 09:32:09","text":" 　"})", "text_missing", "text", ""},
        {"{" + sound + R"(,"reply":"好"})", "replied_at_missing", "replied_at", ""},
        {"{" + sound + R"(,"replied_at":"2019-05-06 10:00:00"})", "reply_missing", "reply", ""},
        {"{" + sound + R"(,"reply":"好","replied_at":"soon"})", "time_malformed", "replied_at", ""},
        {"{" + sound + R"(,"reply":"好","replied_at":"2019-04-24 10:00:00"})", "replied_before_received",
         "replied_at", ""},
        {"{" + sound + R"(,"reply":"好","replied_at":"2999-04-24 10:00:00"})", "time_in_future", "replied_at",
         ""},
        {R"({"id":"7","at":"2019-04-25 09:32:09","text":")" + std::string(4001, 'x') + "\"}", "too_long",
         "text", "4000"},
        {"{" + sound + R"(,"subject":")" + std::string(201, 'x') + "\"}", "too_long", "subject", "200"},
    };
    for (const auto& broken : lines) {
        const auto line = read(broken.text);
        ASSERT_FALSE(line) << broken.text;
        EXPECT_EQ(line.error().reason, broken.reason) << broken.text;
        EXPECT_EQ(line.error().key, broken.key) << broken.text;
        if (broken.reason != "malformed_json") {
            EXPECT_EQ(line.error().limit, broken.limit) << broken.text;
        }
    }
}

}  // namespace
}  // namespace lianxin::matter
