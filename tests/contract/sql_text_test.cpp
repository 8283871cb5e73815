// One SQL text serves both engines for what the house uses.
#include "tests/support/test_database.hpp"

namespace lianxin::store {
namespace {

class SqlText : public support::AnyDatabase {
 protected:
    SqlText() : AnyDatabase(std::span<const Migration>{}) {
        database().write([](Transaction& tx) {
            tx.execute(
                "create table place (id bigint primary key, parent bigint, name text not null, level "
                "bigint)");
            tx.execute("create unique index place_name on place (name)");
            for (const auto& [id, parent, name] : {std::tuple{1, 0, "County"},
                                                   {2, 1, "Town"},
                                                   {3, 1, "town"},
                                                   {4, 2, "Village 50%"},
                                                   {5, 4, "Group_1"}})
                tx.execute("insert into place (id, parent, name, level) values ($1, $2, $3, null)", id,
                           parent == 0 ? std::optional<int>{} : parent, name);
        });
    }
    std::vector<std::int64_t> ids(std::string_view sql, std::initializer_list<Param> values = {}) {
        return database().read([&](Transaction& tx) {
            std::vector<std::int64_t> all;
            for (const Row row : tx.query_with(sql, std::span(values.begin(), values.size())))
                all.push_back(row.get<std::int64_t>(0));
            return all;
        });
    }
    using Ids = std::vector<std::int64_t>;
};
LIANXIN_ON_BOTH_ENGINES(SqlText);

TEST_P(SqlText, like_tells_upper_from_lower_case) {
    EXPECT_EQ(ids("select id from place where name like $1 escape '\\'", {"t%"}), Ids{3});
    EXPECT_EQ(ids("select id from place where name like $1 escape '\\'", {"T%"}), Ids{2});
}

TEST_P(SqlText, like_takes_wild_cards_literally_after_the_escape) {
    EXPECT_EQ(ids("select id from place where name like $1 escape '\\'", {"%50\\%"}), Ids{4});
    EXPECT_EQ(ids("select id from place where name like $1 escape '\\'", {"%p\\_1"}), Ids{5});
}

TEST_P(SqlText, upsert_takes_the_excluded_row) {
    database().write([](Transaction& tx) {
        EXPECT_EQ(
            tx.execute("insert into place (id, name) values ($1, $2) on conflict (id) do update set name = "
                       "excluded.name",
                       5, "Group 2"),
            1);
        EXPECT_EQ(tx.execute("insert into place (id, name) values (6, 'Town') on conflict (name) do nothing"),
                  0);
    });
    EXPECT_EQ(ids("select id from place where name = 'Group 2'"), Ids{5});
}

TEST_P(SqlText, returning_answers_the_changed_rows_and_changes_them_even_when_nobody_reads_on) {
    const auto changed = database().write([](Transaction& tx) {
        return tx.value<std::int64_t>("update place set level = 9 where parent = $1 returning level", 1);
    });
    EXPECT_EQ(changed, 9);
    EXPECT_EQ(ids("select count(*) from place where level = 9"), Ids{2});
    database().write([](Transaction& tx) { (void)tx.query("delete from place where id = 5 returning id"); });
    EXPECT_EQ(ids("select count(*) from place where id = 5"), Ids{0});
}

TEST_P(SqlText, filter_counts_some_and_windows_number_rows) {
    EXPECT_EQ(ids("select count(*) filter (where parent = 1) from place"), Ids{2});
    EXPECT_EQ(ids("select row_number() over (partition by parent order by id desc) from place where parent = "
                  "1 order by "
                  "id"),
              (Ids{2, 1}));
}

TEST_P(SqlText, a_recursive_query_walks_the_tree) {
    EXPECT_EQ(ids("with recursive below (id) as (select id from place where id = $1 union all select "
                  "place.id from place "
                  "join below on place.parent = below.id) select id from below order by id",
                  {2}),
              (Ids{2, 4, 5}));
}

TEST_P(SqlText, row_values_page_by_key) {
    EXPECT_EQ(ids("select id from place where (coalesce(parent, 0), id) > ($1, $2) order by coalesce(parent, "
                  "0), id limit "
                  "$3",
                  {1, 2, 2}),
              (Ids{3, 4}));
}

TEST_P(SqlText, is_not_distinct_from_treats_nulls_as_equal) {
    EXPECT_EQ(ids("select id from place where parent is not distinct from $1", {std::nullopt}), Ids{1});
    EXPECT_EQ(ids("select id from place where parent is not distinct from $1 order by id", {1}), (Ids{2, 3}));
}

TEST_P(SqlText, update_from_nulls_last_and_is_true) {
    database().write([](Transaction& tx) {
        EXPECT_EQ(
            tx.execute(
                "update place set level = mother.id from place as mother where place.parent = mother.id"),
            4);
    });
    EXPECT_EQ(ids("select id from place order by level desc nulls last, id desc limit 5"),
              (Ids{5, 4, 3, 2, 1}));
    EXPECT_EQ(ids("select id from place where (level > 2) is true order by id"), Ids{5});
}

TEST_P(SqlText, execute_answers_the_rows_changed) {
    database().write([](Transaction& tx) {
        EXPECT_EQ(tx.execute("update place set level = 1 where parent = 1"), 2);
        EXPECT_EQ(tx.execute("update place set level = 1 where id = 99"), 0);
        EXPECT_EQ(tx.execute("create table other (id bigint)"), 0);
        EXPECT_EQ(tx.execute("delete from place"), 5);
    });
}

TEST_P(SqlText, two_statements_at_once_are_refused) {
    EXPECT_ANY_THROW(
        database().write([](Transaction& tx) { tx.execute("delete from place; delete from place"); }));
    EXPECT_EQ(ids("select count(*) from place"), Ids{5});
}

}  // namespace
}  // namespace lianxin::store
