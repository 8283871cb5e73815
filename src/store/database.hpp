// store/database.hpp — opening one of the two engines, and bringing its schema up to date.
#pragma once

#include <filesystem>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "store/transaction.hpp"

struct sqlite3;

namespace lianxin::store {

struct SqliteOptions {
    int readers = 4;               // read connections, each used by one thread at a time
    bool synchronous_full = true;  // only the power-cut test turns this off, to see itself fail
    const char* vfs = nullptr;     // the power-cut test's file system
    int busy_timeout_ms = 5000;    // how long another process may hold the lock before a write fails as busy
    bool background = false;       // the writer gives way to other threads: of an index, never of the record
    // Called with every new connection, before its first statement: registers tokenizers and functions.
    std::function<void(sqlite3*)> on_connect = {};
};
// Creates the file when absent. One writer thread with group commit, WAL, synchronous=FULL.
[[nodiscard]] std::unique_ptr<Database> open_sqlite(const std::filesystem::path& file,
                                                    const SqliteOptions& options = {});
// libpq connection string or URL; `schema` is created when absent and set as search_path.
[[nodiscard]] std::unique_ptr<Database> open_postgresql(const std::string& url,
                                                        const std::string& schema = "lianxin",
                                                        int connections = 8);
// Whether that schema has been migrated to anything; makes neither it nor a table.
[[nodiscard]] bool postgresql_holds(const std::string& url, const std::string& schema = "lianxin");

// Forward only, split at `;`. A statement under a line `-- only: sqlite` (or postgresql) is for that engine.
// `sql` serves both engines after $id (integer / bigint), $bytes (blob / bytea) are put in.
struct Migration {
    int number;  // 1, 2, 3, … without gaps
    std::string_view name;
    std::string_view sql;
};
[[nodiscard]] std::span<const Migration> county_migrations();   // src/store/migrations/county/*.sql
[[nodiscard]] std::span<const Migration> key_migrations();      // src/store/migrations/keys/*.sql
[[nodiscard]] std::span<const Migration> search_migrations();   // src/store/migrations/search/*.sql
[[nodiscard]] std::span<const Migration> counter_migrations();  // src/store/migrations/counters/*.sql
// Applies what is missing. Throws StoreFault{schema} with a sentence that says what to do when the stored
// schema is newer than this program or a migration already applied was altered since.
void migrate(Database& database, std::span<const Migration> migrations, Instant now);
// Changes nothing: throws StoreFault{schema} unless every one of these, and no other, has been applied.
void expect_migrated(Database& database, std::span<const Migration> migrations);

}  // namespace lianxin::store
