// Bringing a schema up to date, and refusing one that is strange, on both engines.
#include <algorithm>
#include <latch>
#include <thread>

#include "base/crypto.hpp"
#include "tests/support/test_database.hpp"

namespace lianxin::store {
namespace {

constexpr Migration first{1, "first",
                          "create table a (id $id primary key, b $bytes); -- it's ; a comment\n"
                          "insert into a (id) values (1); create table identity (idx text default 'x;y');"};
constexpr Migration second{2, "second",
                           "-- only: sqlite\ncreate table only_sqlite (id $id);\n"
                           "-- only: postgresql\ncreate table only_postgresql (id $id);\n"
                           "insert into a (id) values (9223372036854775807);"};
constexpr Migration altered{1, "first", "create table a (id $id primary key, c text);"};
constexpr Migration broken{2, "second",
                           "insert into a (id) values (2); insert into no_such_table values (1);"};

class Migrations : public support::AnyDatabase {
 protected:
    Migrations() : AnyDatabase(std::span<const Migration>{}) {}
    void apply(std::initializer_list<Migration> migrations) {
        migrate(database(), std::span(migrations.begin(), migrations.size()), support::monday_morning);
    }
    std::string refusal_of(std::initializer_list<Migration> migrations) {
        try {
            apply(migrations);
        } catch (const StoreFault& fault) {
            EXPECT_EQ(fault.kind, FaultKind::schema);
            return fault.what();
        }
        return "";
    }
    std::int64_t count(const std::string& table) {
        return database().read(
            [&](Transaction& tx) { return *tx.value<std::int64_t>("select count(*) from " + table); });
    }
};
LIANXIN_ON_BOTH_ENGINES(Migrations);

TEST_P(Migrations, apply_once_and_in_order) {
    apply({first});
    apply({first, second});
    apply({first, second});
    EXPECT_EQ(count("a"), 2);
    EXPECT_EQ(count("migration"), 2);
}

TEST_P(Migrations, a_statement_for_one_engine_is_left_out_on_the_other) {
    apply({first, second});
    const bool sqlite = GetParam() == Dialect::sqlite;
    EXPECT_EQ(count(sqlite ? "only_sqlite" : "only_postgresql"), 0);
    EXPECT_THROW(count(sqlite ? "only_postgresql" : "only_sqlite"), StoreFault);
}

TEST_P(Migrations, a_newer_schema_is_refused_with_what_to_do) {
    apply({first, second});
    const std::string text = refusal_of({first});
    EXPECT_NE(text.find("newer than this program"), std::string::npos) << text;
    EXPECT_NE(text.find("0002_second"), std::string::npos) << text;
    EXPECT_NE(text.find("start the version"), std::string::npos) << text;
}

TEST_P(Migrations, an_altered_migration_is_refused) {
    apply({first});
    const std::string text = refusal_of({altered});
    EXPECT_NE(text.find("0001_first was altered"), std::string::npos) << text;
}

TEST_P(Migrations, one_left_out_is_not_applied_behind_the_back_of_later_ones) {
    apply({second.number == 2 ? Migration{3, "third", "create table c (id $id);"} : first});
    EXPECT_NE(
        refusal_of({first, {3, "third", "create table c (id $id);"}}).find("0001_first was never applied"),
        std::string::npos);
}

TEST_P(Migrations, a_migration_that_fails_leaves_nothing_behind) {
    apply({first});
    EXPECT_THROW(apply({first, broken}), StoreFault);
    EXPECT_EQ(count("a"), 1);
    EXPECT_EQ(count("migration"), 1);
    apply({first, second});
    EXPECT_EQ(count("a"), 2);
}

TEST_P(Migrations, several_programs_may_start_at_once) {
    constexpr int programs = 6;
    std::vector<std::unique_ptr<Database>> databases;
    for (int i = 0; i < programs; ++i) databases.push_back(test_database().open_again());
    std::latch start(programs);
    std::vector<std::thread> threads;
    std::atomic<int> failures{0};
    for (int i = 0; i < programs; ++i) {
        threads.emplace_back([&, i] {
            start.arrive_and_wait();
            try {
                const Migration both[] = {first, second};
                migrate(*databases[static_cast<std::size_t>(i)], both, support::monday_morning);
            } catch (const std::exception& error) {
                ++failures;
                ADD_FAILURE() << error.what();
            }
        });
    }
    for (std::thread& thread : threads) thread.join();
    EXPECT_EQ(failures, 0);
    EXPECT_EQ(count("a"), 2);
    EXPECT_EQ(count("migration"), 2);
}

TEST_P(Migrations, the_countys_schema_is_made_twice_without_harm) {
    migrate(database(), county_migrations(), support::monday_morning);
    migrate(database(), county_migrations(), support::monday_morning);
    EXPECT_EQ(count("migration"), static_cast<std::int64_t>(county_migrations().size()));
    EXPECT_EQ(count("outbox"), 0);
}

TEST_P(Migrations, a_contact_that_was_there_before_the_lookup_stands_in_it) {
    const auto all = county_migrations();
    const auto lookup = std::find_if(all.begin(), all.end(), [](const Migration& migration) {
        return migration.name == "contact_lookup";
    });
    ASSERT_NE(lookup, all.end());
    migrate(database(), std::span(all.begin(), lookup), support::monday_morning);
    const Digest blind = sha256(as_bytes("a phone"));
    database().write([&](Transaction& tx) {
        tx.execute("insert into place_kind (name, level, household, suffixes) values ('county', 1, 0, '')");
        tx.execute(
            "insert into place (id, kind, level, household, short_code) values (1, 'county', 1, 0, 'A')");
        tx.execute(
            "insert into party (id, kind, unit_kind, name, place, from_day, until_day) values "
            "(7, 'person', '', '', 1, '2024-01-01', '9999-12-31')");
        const Bytes sealed{1};
        tx.execute(
            "insert into contact (party, field, key, sealed, blind) values (7, 'phone', 8, $1, $2), (7, "
            "'name', 8, $1, null)",
            sealed, blind);
    });
    migrate(database(), all, support::monday_morning);
    const bool sqlite = GetParam() == Dialect::sqlite;
    database().read([&](Transaction& tx) {
        const std::string table = sqlite ? "contact_lookup" : "contact";
        EXPECT_EQ(tx.value<std::int64_t>(
                      "select party from " + table + " where field = 'phone' and blind = $1", blind),
                  7);
        const std::string_view indexes =
            sqlite ? "select count(*) from sqlite_master where name = 'contact_blind'"
                   : "select count(*) from pg_catalog.pg_indexes where schemaname = current_schema() and "
                     "indexname = 'contact_blind'";
        EXPECT_EQ(tx.value<std::int64_t>(indexes), sqlite ? 0 : 1);
    });
    if (!sqlite) return;
    EXPECT_EQ(count("contact_lookup"), 1) << "a name has no blind index";
    EXPECT_EQ(count("contact_fresh"), 0);
}

}  // namespace
}  // namespace lianxin::store
