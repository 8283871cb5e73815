#include "tests/support/test_database.hpp"

#include <unistd.h>

#include <atomic>

#include "store/bigram_tokenizer.hpp"

namespace lianxin::support {

namespace {

std::string new_schema_name() {
    static std::atomic<int> made{0};
    return "t_" + std::to_string(::getpid()) + "_" + std::to_string(++made);
}

}  // namespace

TestDatabase::TestDatabase(store::Dialect dialect, std::span<const store::Migration> migrations)
    : dialect_(dialect) {
    if (dialect == store::Dialect::sqlite)
        directory_ = std::make_unique<TemporaryDirectory>();
    else
        schema_ = new_schema_name();
    database_ = open_again();
    if (!migrations.empty()) store::migrate(*database_, migrations, monday_morning);
}

TestDatabase::~TestDatabase() {
    if (schema_.empty()) return;
    try {
        database_ = open_again();
        database_->write([&](store::Transaction& tx) { tx.execute("drop schema " + schema_ + " cascade"); });
    } catch (const Fault&) {
        // The server goes at the end of the process, and the schema with it.
    }
}

std::unique_ptr<store::Database> TestDatabase::open_again() const {
    if (dialect_ == store::Dialect::sqlite) {
        store::SqliteOptions options;
        options.on_connect = store::add_bigram_tokenizer;  // for those that are search indexes
        return store::open_sqlite(file(), options);
    }
    return store::open_postgresql(postgresql_url(), schema_);
}

std::filesystem::path TestDatabase::file() const {
    return directory_ ? directory_->path() / "county.db" : std::filesystem::path{};
}

std::string engine_name(const testing::TestParamInfo<store::Dialect>& info) {
    return info.param == store::Dialect::sqlite ? "sqlite" : "postgresql";
}

}  // namespace lianxin::support
