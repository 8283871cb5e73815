// tests/support/test_database.hpp — one database of either engine for one test: a new SQLite file in a
// temporary folder, or a new schema on the PostgreSQL server that this process (or ./test, through
// LIANXIN_TEST_PG_URL) started.
#pragma once

#include <gtest/gtest.h>

#include <memory>
#include <span>
#include <string>

#include "store/database.hpp"
#include "tests/support/temporary_directory.hpp"

namespace lianxin::support {

// 2024-05-06T09:30:00+08:00, a Monday: where tests' clocks stand unless they say otherwise.
inline constexpr Instant monday_morning{1714959000LL * micros_per_second};

class TestDatabase {
 public:
    // Migrated with the county's migrations unless told otherwise; pass {} for an empty one.
    explicit TestDatabase(store::Dialect dialect,
                          std::span<const store::Migration> migrations = store::county_migrations());
    ~TestDatabase();
    TestDatabase(const TestDatabase&) = delete;
    TestDatabase& operator=(const TestDatabase&) = delete;

    store::Database& operator*() { return *database_; }
    store::Database* operator->() { return database_.get(); }
    [[nodiscard]] store::Database& get() { return *database_; }
    // A second connection to the same data, as another process would have it.
    [[nodiscard]] std::unique_ptr<store::Database> open_again() const;
    void close() { database_.reset(); }
    void reopen() { database_ = open_again(); }
    // The SQLite file; empty on PostgreSQL.
    [[nodiscard]] std::filesystem::path file() const;

 private:
    store::Dialect dialect_;
    std::unique_ptr<TemporaryDirectory> directory_;
    std::string schema_;
    std::unique_ptr<store::Database> database_;
};

// class MatterStore : public AnyDatabase {};  LIANXIN_ON_BOTH_ENGINES(MatterStore);
// TEST_P(MatterStore, keeps_what_was_saved) { database().write(…); }
class AnyDatabase : public testing::TestWithParam<store::Dialect> {
 protected:
    AnyDatabase() : test_database_(GetParam()) {}
    explicit AnyDatabase(std::span<const store::Migration> migrations)
        : test_database_(GetParam(), migrations) {}
    [[nodiscard]] store::Database& database() { return test_database_.get(); }
    [[nodiscard]] TestDatabase& test_database() { return test_database_; }

 private:
    TestDatabase test_database_;
};
[[nodiscard]] std::string engine_name(const testing::TestParamInfo<store::Dialect>& info);

// The server's URL; starts it on first use (PostgreSQL 15 of Debian, loopback, a user that is not root).
[[nodiscard]] const std::string& postgresql_url();

}  // namespace lianxin::support

#define LIANXIN_ON_BOTH_ENGINES(Suite)                                                         \
    INSTANTIATE_TEST_SUITE_P(                                                                  \
        Engines, Suite,                                                                        \
        testing::Values(lianxin::store::Dialect::sqlite, lianxin::store::Dialect::postgresql), \
        lianxin::support::engine_name)
