#include "http/json.hpp"

#include <gtest/gtest.h>

#include <random>
#include <set>

#include "http/json_schema.hpp"
#include "http/parsing.hpp"

namespace lianxin::http {
namespace {

enum class Channel { portal, window };
BOOST_DESCRIBE_ENUM(Channel, portal, window)

struct Reporter {
    std::string name;
    std::optional<std::string> phone;
    bool operator==(const Reporter&) const = default;
};
BOOST_DESCRIBE_STRUCT(Reporter, (), (name, phone))

struct Intake {
    std::string text;
    std::int64_t count = 0;
    std::int32_t small = 0;
    bool anonymous = false;
    double weight = 0;
    Channel channel = Channel::portal;
    Id<struct Thing> place;
    std::optional<Instant> at;
    Day day;
    std::vector<Reporter> reporters;
    std::map<std::string, std::int64_t> amounts;
    boost::json::object fields;
};
BOOST_DESCRIBE_STRUCT(Intake, (),
                      (text, count, small, anonymous, weight, channel, place, at, day, reporters, amounts,
                       fields))

const std::string whole =
    R"({"text":"漏水\n","count":9223372036854775807,"small":-5,"anonymous":true,"weight":0.1,
  "channel":"window","place":"77","at":"2024-05-06T09:30:00+08:00","day":"2024-02-29",
  "reporters":[{"name":"a","phone":null},{"name":"b","phone":"1"}],"amounts":{"路":3},"fields":{"x":[1,{"y":null}]}})";

std::vector<std::string> faults_of(std::string_view text) {
    std::vector<std::string> out;
    const auto read = parse<Intake>(text);
    if (read) return out;
    for (const FieldFault& fault : read.error()) out.push_back(fault.pointer + " " + fault.code);
    return out;
}
std::string with(std::string from, const std::string& to) {
    std::string text = whole;
    const std::size_t at = text.find(from);
    EXPECT_NE(at, std::string::npos);
    return text.replace(at, from.size(), to);
}
using Listed = std::vector<std::string>;

TEST(Json, reads_every_kind_of_member) {
    const auto read = parse<Intake>(whole);
    ASSERT_TRUE(read) << read.error().front().pointer << read.error().front().code;
    EXPECT_EQ(read->text, "漏水\n");
    EXPECT_EQ(read->count, INT64_MAX);
    EXPECT_EQ(read->small, -5);
    EXPECT_TRUE(read->anonymous);
    EXPECT_EQ(read->channel, Channel::window);
    EXPECT_EQ(read->place.value(), 77);
    EXPECT_EQ(read->at, parse_instant("2024-05-06T01:30:00Z"));
    EXPECT_EQ(read->day, Day::of(2024, 2, 29));
    EXPECT_EQ(read->reporters, (std::vector<Reporter>{{"a", {}}, {"b", "1"}}));
    EXPECT_EQ(read->amounts.at("路"), 3);
    EXPECT_EQ(read->fields.at("x").as_array().size(), 2U);
}

TEST(Json, what_was_read_is_written_the_same_and_read_again) {
    const std::string once = to_json(*parse<Intake>(whole));
    EXPECT_EQ(to_json(*parse<Intake>(once)), once);
    EXPECT_NE(once.find(R"("at":"2024-05-06T09:30:00+08:00")"), std::string::npos) << once;
    EXPECT_NE(once.find(R"("phone":null)"), std::string::npos);
    EXPECT_NE(once.find(R"("weight":0.1,)"), std::string::npos);
}

TEST(Json, control_characters_and_quotes_are_escaped) {
    EXPECT_EQ(to_json(std::string("\"\\\x01\t漢")), R"("\"\\\u0001\t漢")");
}

TEST(Json, a_number_that_is_none_is_null) {
    EXPECT_EQ(to_json(std::numeric_limits<double>::infinity()), "null");
}

TEST(Json, every_fault_is_listed_with_its_pointer) {
    std::string text = with("9223372036854775807", "9223372036854775808");
    text.replace(text.find("-5"), 2, "3000000000");
    text.replace(text.find("\"window\""), 8, "\"door\"");
    text.replace(text.find("\"77\""), 4, "77");
    text.replace(text.find("2024-02-29"), 10, "2023-02-29");
    text.replace(text.find("{\"name\":\"b\""), 11, "{\"nome\":\"b\"");
    EXPECT_EQ(
        faults_of(text),
        (Listed{"/count out_of_range", "/small out_of_range", "/channel unknown_value", "/place wrong_type",
                "/day malformed_day", "/reporters/1/name missing_field", "/reporters/1/nome unknown_field"}));
}

TEST(Json, wrong_types_are_refused_not_converted) {
    EXPECT_EQ(faults_of(with("true", "\"true\"")), (Listed{"/anonymous wrong_type"}));
    EXPECT_EQ(faults_of(with("-5", "1.5")), (Listed{"/small not_a_whole_number"}));
    EXPECT_EQ(faults_of(with("\"77\"", "\"077\"")), (Listed{"/place malformed_id"}));
    EXPECT_EQ(faults_of(with("\"2024-05-06T09:30:00+08:00\"", "\"2024-05-06T09:30:00\"")),
              (Listed{"/at malformed_instant"}));
    EXPECT_EQ(faults_of(with("{\"路\":3}", "[]")), (Listed{"/amounts wrong_type"}));
    EXPECT_EQ(faults_of("[]"), (Listed{" wrong_type"}));
}

TEST(Json, duplicate_keys_are_refused_wherever_they_stand) {
    EXPECT_EQ(faults_of(R"({"text":"a","text":"b"})"), (Listed{"/text duplicate_key"}));
    EXPECT_EQ(faults_of(with(R"({"y":null})", R"({"y":1,"z":2,"y":3})")),
              (Listed{"/fields/x/1/y duplicate_key"}));
    EXPECT_EQ(faults_of(with(R"({"y":null})", R"({"y":1,"\u0079":3})")),
              (Listed{"/fields/x/1/y duplicate_key"}));
}

TEST(Json, a_nul_is_refused_wherever_it_stands) {
    EXPECT_EQ(faults_of(with("漏水", "a\\u0000b")), (Listed{"/text contains_nul"}));
    EXPECT_EQ(faults_of(with("null}]", "\"\\u0000\"}]")), (Listed{"/fields/x/1/y contains_nul"}));
}

TEST(Json, text_that_is_not_json_or_not_utf8_is_said_to_be_so) {
    EXPECT_EQ(faults_of("{"), (Listed{" malformed_json"}));
    EXPECT_EQ(faults_of(""), (Listed{" malformed_json"}));
    EXPECT_EQ(faults_of("{} x"), (Listed{" malformed_json"}));
    EXPECT_EQ(faults_of("\"\xff\""), (Listed{" malformed_utf8"}));
    EXPECT_EQ(faults_of(std::string(100'000, '[')), (Listed{" nested_too_deep"}));
    EXPECT_EQ(faults_of(with("0.1", "1e999")), (Listed{"/weight out_of_range"}));
}

TEST(Json, a_key_with_slash_and_tilde_is_escaped_in_the_pointer) {
    EXPECT_EQ(faults_of(with("{\"路\":3}", "{\"a/b~c\":\"x\"}")), (Listed{"/amounts/a~1b~0c wrong_type"}));
}

struct Search {
    std::optional<Id<struct Thing>> place;
    std::vector<Channel> channel;
    bool mine = false;
    std::int64_t limit = 50;
    std::optional<std::string> q;
};
BOOST_DESCRIBE_STRUCT(Search, (), (place, channel, mine, limit, q))

TEST(Json, a_query_is_read_into_scalars_optionals_and_lists) {
    const auto query =
        parse_form("place=5&channel=portal&channel=window&mine=true&limit=7&q=%E6%B0%B4+x&lang=en");
    const auto read = from_query<Search>(*query);
    ASSERT_TRUE(read);
    EXPECT_EQ(read->place->value(), 5);
    EXPECT_EQ(read->channel.size(), 2U);
    EXPECT_TRUE(read->mine);
    EXPECT_EQ(read->limit, 7);
    EXPECT_EQ(read->q, "水 x");
}

TEST(Json, a_query_is_as_strict_as_a_body) {
    const auto read =
        from_query<Search>(*parse_form("place=x&channel=door&mine=maybe&limit=1&limit=2&nope=1"));
    ASSERT_FALSE(read);
    Listed listed;
    for (const FieldFault& fault : read.error()) listed.push_back(fault.pointer + " " + fault.code);
    EXPECT_EQ(listed, (Listed{"/place malformed_id", "/channel unknown_value", "/mine wrong_type",
                              "/limit given_twice", "/nope unknown_field"}));
}

TEST(Json, the_schema_says_what_the_reader_demands) {
    const auto root = schema<Intake>();
    const auto& intake = root.at("components").at("schemas").at("Intake");
    std::set<std::string> required;
    for (const auto& name : intake.at("required").as_array()) required.emplace(name.as_string().c_str());
    EXPECT_EQ(required,
              (std::set<std::string>{"text", "count", "small", "weight", "channel", "place", "day"}));
    EXPECT_EQ(intake.at("properties").at("at").at("type").as_array().size(), 2U);
    EXPECT_EQ(root.at("components").at("schemas").at("Channel").at("enum").as_array().size(), 2U);
}

TEST(Json, random_octets_never_do_more_than_be_refused) {
    const std::uint64_t seed = 20240506;
    std::mt19937_64 random(seed);
    for (int i = 0; i < 20'000; ++i) {
        std::string text = whole;
        for (int changes = 1 + static_cast<int>(random() % 8); changes > 0; --changes) {
            const std::size_t at = random() % text.size();
            switch (random() % 3) {
                case 0:
                    text[at] = static_cast<char>(random());
                    break;
                case 1:
                    text.erase(at, random() % 9);
                    break;
                default:
                    text.insert(at, 1, "{}[]\",:\\0e"[random() % 10]);
            }
            if (text.empty()) text = "x";
        }
        const auto read = parse<Intake>(text);
        if (!read) continue;
        EXPECT_TRUE(parse<Intake>(to_json(*read))) << "seed " << seed << " round " << i << ": " << text;
    }
}

}  // namespace
}  // namespace lianxin::http
