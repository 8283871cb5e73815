#include <gtest/gtest.h>

#include "journal/erasure.hpp"
#include "matter/search_index_service.hpp"
#include "tests/support/test_county.hpp"

namespace lianxin::matter {
namespace {

class TextsOfMatters : public testing::Test {
 protected:
    TextsOfMatters() : county_(store::Dialect::sqlite) {
        auto workflow = std::make_shared<Workflow>();
        workflow->name = "any";
        workflow->hash = sha256(as_bytes("any"));
        workflow->fields.resize(2);
        workflow->fields[0].name = "what_was_done";
        workflow->fields[1].name = "identity";
        workflow->fields[1].personal = true;
        workflow_ = workflow->hash;
        workflows_.remember(std::move(workflow));
        key_ = county_->keys.create();
    }
    void write(const std::string& kind, std::vector<journal::NewField> fields) {
        journal::NewEntry entry;
        entry.id = county_->new_id<EntryNoun>();
        entry.chain = {"matter", 7};
        entry.kind = kind;
        entry.workflow = workflow_;
        entry.happened_at = county_->clock.now();
        entry.fields = std::move(fields);
        const auto prepared = journal::prepare(entry, county_->keys);
        county_->database.write(
            [&](store::Transaction& tx) { journal::append(tx, prepared, county_->clock.now()); });
    }
    ReadText read(const Workflows& workflows) {
        const auto chain = county_->database.read([](store::Transaction& tx) {
            return journal::load_chain(tx, {"matter", 7});
        });
        return read_text(chain, county_->keys, workflows);
    }

    support::TestCounty county_;
    Workflows workflows_;
    Digest workflow_{};
    journal::KeyId key_;
};
using Strings = std::vector<std::string>;

TEST_F(TextsOfMatters, HaveWhatWasAskedAndDoneButNothingPersonal) {
    write("begin", {{"number", "26000000017", {}},
                    {"subject", "路灯不亮", key_},
                    {"text", "一片漆黑", key_},
                    {"address", "柳树湾七号", key_},
                    {"reporter.name", "陈先生", key_},
                    {"f.identity", "\"某证件X\"", key_}});
    write("solve", {{"f.what_was_done", "\"换了灯泡\"", key_}, {"f.identity", "[\"某证件Y\"]", key_}});
    const ReadText text = read(workflows_);
    EXPECT_EQ(text.number, "26000000017");
    EXPECT_EQ(text.subject, "路灯不亮");
    EXPECT_EQ(text.text, "一片漆黑");
    EXPECT_EQ(text.told, Strings{"换了灯泡"});
    const pack::Scripts scripts;
    EXPECT_EQ(search_body(text, scripts), "26000000017 路灯不亮 一片漆黑 换了灯泡");
}

TEST_F(TextsOfMatters, OfAWorkflowNobodyKnowsEveryFieldIsPersonal) {
    write("begin", {{"subject", "路灯不亮", key_}, {"f.what_was_done", "\"换了灯泡\"", key_}});
    EXPECT_EQ(read(Workflows()).told, Strings{});
}

TEST_F(TextsOfMatters, IdsOfPostsAndPlacesAreNoWords) {
    write("begin", {{"subject", "路灯不亮", key_},
                    {"f.what_was_done", "[\"779737890816024888\",\"找了两次\"]", key_}});
    EXPECT_EQ(read(workflows_).told, Strings{"找了两次"});
}

TEST_F(TextsOfMatters, ErasedTheyAreEmpty) {
    write("begin", {{"subject", "路灯不亮", key_}, {"f.what_was_done", "\"换了灯泡\"", key_}});
    journal::erase_key(county_->database, county_->keys, key_, county_->clock.now());
    const ReadText text = read(workflows_);
    EXPECT_EQ(text.subject, "");
    EXPECT_EQ(text.told, Strings{});
}

}  // namespace
}  // namespace lianxin::matter
