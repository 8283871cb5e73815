#include <gtest/gtest.h>

#include <fstream>
#include <iterator>

#include "store/bigram_tokenizer.hpp"
#include "store/database.hpp"
#include "tests/support/temporary_directory.hpp"

namespace lianxin::store {
namespace {

class BigramIndex : public testing::Test {
 protected:
    BigramIndex() {
        SqliteOptions options;
        options.on_connect = add_bigram_tokenizer;
        database_ = open_sqlite(file(), options);
        migrate(*database_, search_migrations(), Instant{0});
    }
    [[nodiscard]] std::filesystem::path file() const { return directory_ / "search.db"; }
    void add(std::int64_t id, const std::string& scope, const std::string& body) {
        database_->write([&](Transaction& tx) {
            tx.execute("insert into words (rowid, scope, body) values ($1, $2, $3)", id, scope, body);
        });
    }
    std::vector<std::int64_t> found(const std::string& question) {
        return database_->read([&](Transaction& tx) {
            std::vector<std::int64_t> ids;
            for (const Row row :
                 tx.query("select rowid from words where words match $1 order by rowid desc", question))
                ids.push_back(row.get<std::int64_t>(0));
            return ids;
        });
    }
    [[nodiscard]] bool stands_in_file(const std::string& text) const {
        for (const char* suffix : {"", "-wal"}) {
            std::ifstream in(file().string() + suffix, std::ios::binary);
            const std::string bytes{std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
            if (bytes.find(text) != std::string::npos) return true;
        }
        return false;
    }

    support::TemporaryDirectory directory_;
    std::unique_ptr<Database> database_;
};
using Ids = std::vector<std::int64_t>;

TEST_F(BigramIndex, FindsTwoCharactersAnywhereNewestFirst) {
    add(1, "p1", "大瑶镇南阳村路灯不亮");
    add(2, "p1", "门前的路灯坏了");
    add(3, "p1", "水费算错了");
    EXPECT_EQ(found("body : \"路灯\""), (Ids{2, 1}));
    EXPECT_EQ(found("body : \"灯不\" AND body : \"路灯\""), Ids{1});
    EXPECT_EQ(found("body : \"错误\""), Ids{});
}

TEST_F(BigramIndex, ASingleCharacterIsTheBeginningOfAToken) {
    add(1, "p1", "路灯不亮");
    add(2, "p1", "看不见灯");
    EXPECT_EQ(found("body : \"灯\" *"), (Ids{2, 1}));
}

TEST_F(BigramIndex, ScopesAreNoPartOfTheText) {
    add(1, "p1 p22", "路灯");
    add(2, "p1 p33", "路灯 p22");
    EXPECT_EQ(found("scope : (\"p22\") AND body : \"路灯\""), Ids{1});
    EXPECT_EQ(found("body : \"p22\""), Ids{2});
}

TEST_F(BigramIndex, WhatIsTakenOutIsNotFound) {
    add(1, "p1", "路灯不亮");
    database_->write([](Transaction& tx) {
        tx.execute("insert into words (words, rowid, scope, body) values ('delete', $1, $2, $3)",
                   std::int64_t{1}, "p1", "路灯不亮");
    });
    EXPECT_EQ(found("body : \"路灯\""), Ids{});
}

// The index sorts its tokens and keeps them by common beginnings: what is looked for in the file is a word
// that shares none.
TEST_F(BigramIndex, EmptiedAndScrubbedItLeavesNothingInTheFile) {
    add(1, "p1", "zyxwvutsrqponm 路灯不亮");
    ASSERT_TRUE(stands_in_file("zyxwvutsrqponm"));
    database_->write([](Transaction& tx) { tx.execute("insert into words (words) values ('delete-all')"); });
    empty_write_ahead_log(file());
    EXPECT_FALSE(stands_in_file("zyxwvutsrqponm"));
    EXPECT_FALSE(stands_in_file("路灯"));
}

}  // namespace
}  // namespace lianxin::store
