// store/sqlite_connection.hpp — one SQLite connection: opening, statements kept prepared, errors as
// StoreFault. Used by one thread at a time; knows nothing of the writer's queue.
#pragma once

#include <sqlite3.h>

#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "store/database.hpp"

namespace lianxin::store::sqlite {

enum class Access { write, read };

[[noreturn]] void throw_fault(sqlite3* db, int code);

// SQLite numbers $n by first appearance, so places_[n-1] holds the index SQLite gave to $n.
class Statement {
 public:
    Statement(sqlite3* db, std::string_view sql);
    ~Statement() { sqlite3_finalize(statement_); }
    Statement(const Statement&) = delete;
    Statement& operator=(const Statement&) = delete;

    // `copied`: the values need not outlive this call.
    void bind(std::span<const Param> values, bool copied);
    // True: a row; false: done, and reset.
    bool step();
    void reset() { sqlite3_reset(statement_); }
    [[nodiscard]] sqlite3_stmt* raw() const { return statement_; }
    [[nodiscard]] bool only_reads() const { return only_reads_; }
    [[nodiscard]] bool busy() const { return busy_; }
    void set_busy(bool busy) { busy_ = busy; }

 private:
    void bind_one(int place, const Param& param, bool copied);

    sqlite3* db_;
    sqlite3_stmt* statement_ = nullptr;
    std::vector<int> places_;
    bool only_reads_ = false;
    bool busy_ = false;
};

class Connection {
 public:
    Connection(const std::filesystem::path& file, const SqliteOptions& options, Access access);
    ~Connection();
    Connection(const Connection&) = delete;
    Connection& operator=(const Connection&) = delete;

    [[nodiscard]] Statement& prepared(std::string_view sql);
    void execute(std::string_view sql);  // no parameters, rows ignored
    [[nodiscard]] sqlite3* raw() const { return db_; }
    // Outside a transaction: none was begun, or an error made SQLite roll it back.
    [[nodiscard]] bool idle() const { return sqlite3_get_autocommit(db_) != 0; }
    // Throws StoreFault{gone} when the file was removed or replaced: SQLite would go on writing into the
    // void.
    void require_file() const;
    // What the cache holds of the file; the next statements read it again.
    void give_pages_back() { sqlite3_db_release_memory(db_); }

 private:
    struct Hash {
        using is_transparent = void;
        std::size_t operator()(std::string_view text) const { return std::hash<std::string_view>{}(text); }
    };
    void set_up(const SqliteOptions& options, Access access);

    sqlite3* db_ = nullptr;
    std::unordered_map<std::string, std::unique_ptr<Statement>, Hash, std::equal_to<>> statements_;
};

}  // namespace lianxin::store::sqlite
