// What a return asks for late: a paper that an earlier one could have named.
#include "matter/stage_test.hpp"

namespace lianxin::matter::testing {
namespace {

TEST(ToldOnce, OnlyWhatAnEarlierReturnCouldHaveNamedCountsAsLate) {
    Stage stage(shipped("request"));
    const auto reporter = Stage::as(access::Relation::reporter, resident);
    ASSERT_EQ(code(stage.begin(reporter)), "done");
    ASSERT_EQ(code(stage.act("accept", Stage::post(representative))), "done");
    const auto list = [&](std::vector<std::string> papers) {
        stage.lists = {{*stage.flow.find_field("missing"), std::move(papers)}};
    };
    const auto ask = [&](std::vector<std::string> papers) {
        EXPECT_EQ(code(stage.act("ask", Stage::post(representative),
                                 stage.form({{"missing", ChecklistValue{std::move(papers), {}}}}))),
                  "done");
        const bool late = stage.last.told_twice;
        EXPECT_EQ(code(stage.act("reply", reporter, stage.form({{"text", text("补上了")}}))), "done");
        return late;
    };
    list({"identity_card", "photos"});
    EXPECT_FALSE(ask({"identity_card"}));
    EXPECT_FALSE(ask({"identity_card"})) << "it was named, and has not come";
    list({"identity_card", "photos", "certificate"});
    EXPECT_FALSE(ask({"certificate"})) << "nobody needed it when the first return was made";
    EXPECT_EQ(stage.matter.asked_late, 0);
    EXPECT_TRUE(ask({"photos", "identity_card"})) << "it stood on the list all the while";
    EXPECT_FALSE(ask({"photos"})) << "each paper counts once";
    EXPECT_EQ(stage.matter.asked_late, 1);
    EXPECT_EQ(stage.matter.asked_times, 5);
}

}  // namespace
}  // namespace lianxin::matter::testing
