#include "store/sqlite_connection.hpp"

#include <charconv>

#include "store/parameter_rules.hpp"

namespace lianxin::store::sqlite {

namespace {

// Texts chosen at run time (sort, filter) come from constant tables, so this is never reached in earnest.
constexpr std::size_t most_statements = 400;

FaultKind kind_of(int code) {
    switch (code) {
        case SQLITE_CONSTRAINT_UNIQUE:
        case SQLITE_CONSTRAINT_PRIMARYKEY:
        case SQLITE_CONSTRAINT_ROWID:
            return FaultKind::unique;
        case SQLITE_READONLY_DBMOVED:
            return FaultKind::gone;
        default:
            break;
    }
    switch (code & 0xff) {
        case SQLITE_BUSY:
        case SQLITE_LOCKED:
            return FaultKind::busy;
        case SQLITE_FULL:
            return FaultKind::full;
        case SQLITE_CANTOPEN:
            return FaultKind::gone;
        case SQLITE_CONSTRAINT:
            return FaultKind::constraint;
        case SQLITE_IOERR:
        case SQLITE_CORRUPT:
        case SQLITE_NOTADB:
        case SQLITE_NOMEM:
        case SQLITE_PROTOCOL:
            return FaultKind::io;
        default:
            return FaultKind::statement;
    }
}

const char* advice_for(FaultKind kind) {
    switch (kind) {
        case FaultKind::busy:
            return "another process holds the database locked";
        case FaultKind::full:
            return "the disk is full";
        case FaultKind::gone:
            return "the database file cannot be opened or written to";
        case FaultKind::io:
            return "the database file could not be read or written";
        default:
            return nullptr;
    }
}

// "$12" → 12; anything else (no name, ?, :name) is not in our SQL.
int number_of(const char* name) {
    int number = 0;
    const std::string_view text = name == nullptr ? std::string_view{} : std::string_view(name);
    require(text.size() > 1 && text[0] == '$', "parameters are written $1, $2, …");
    const auto [end, error] = std::from_chars(text.data() + 1, text.data() + text.size(), number);
    require(error == std::errc{} && end == text.data() + text.size() && number >= 1,
            "parameters are written $1, $2, …");
    return number;
}

// Only possible before the first connection: later calls change nothing. SQLite's own count of memory in use
// takes one lock of the process at every allocation, and nobody reads it. Every commit empties the readers'
// caches, so each connection keeps the memory of the pages that a transaction commonly needs.
void set_up_library() {
    constexpr int pages_kept = 64;
    static const bool once = sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0) == SQLITE_OK &&
                             sqlite3_config(SQLITE_CONFIG_PAGECACHE, nullptr, 0, pages_kept) == SQLITE_OK;
    (void)once;
}

}  // namespace

void throw_fault(sqlite3* db, int code) {
    const int extended = db != nullptr ? sqlite3_extended_errcode(db) : code;
    const int precise = (extended & 0xff) == (code & 0xff) ? extended : code;
    // A reader that writes is a wrong statement; a file that nobody may write to is none.
    const bool sealed =
        (precise & 0xff) == SQLITE_READONLY && db != nullptr && sqlite3_db_readonly(db, "main") == 1;
    const FaultKind kind = sealed ? FaultKind::gone : kind_of(precise);
    std::string text = "SQLite: ";
    if (const char* advice = advice_for(kind)) text.append(advice).append(": ");
    text += db != nullptr ? sqlite3_errmsg(db) : sqlite3_errstr(code);
    throw StoreFault(kind, text + " (" + std::to_string(precise) + ")");
}

Statement::Statement(sqlite3* db, std::string_view sql) : db_(db) {
    const char* rest = nullptr;
    const int code = sqlite3_prepare_v3(db, sql.data(), static_cast<int>(sql.size()),
                                        SQLITE_PREPARE_PERSISTENT, &statement_, &rest);
    if (code != SQLITE_OK) throw_fault(db, code);
    const std::string_view left(rest, static_cast<std::size_t>(sql.data() + sql.size() - rest));
    if (statement_ == nullptr || left.find_first_not_of(" \t\r\n;") != std::string_view::npos) {
        sqlite3_finalize(statement_);
        throw Bug("one statement at a time");
    }
    only_reads_ = sqlite3_stmt_readonly(statement_) != 0;
    const int count = sqlite3_bind_parameter_count(statement_);
    for (int index = 1; index <= count; ++index) {
        const auto number =
            static_cast<std::size_t>(number_of(sqlite3_bind_parameter_name(statement_, index)));
        if (places_.size() < number) places_.resize(number, 0);
        places_[number - 1] = index;
    }
}

void Statement::bind_one(int place, const Param& param, bool copied) {
    // SQLITE_STATIC / SQLITE_TRANSIENT; the macros hold C casts that our warnings refuse.
    const auto life = copied ? reinterpret_cast<sqlite3_destructor_type>(std::intptr_t{-1}) : nullptr;
    struct Binder {
        sqlite3_stmt* statement;
        int place;
        sqlite3_destructor_type life;
        int operator()(std::monostate) const { return sqlite3_bind_null(statement, place); }
        int operator()(std::int64_t v) const { return sqlite3_bind_int64(statement, place, v); }
        int operator()(double v) const { return sqlite3_bind_double(statement, place, v); }
        int operator()(std::string_view v) const {
            // A null pointer would bind null, and empty text is not null.
            return sqlite3_bind_text64(statement, place, v.data() == nullptr ? "" : v.data(), v.size(), life,
                                       SQLITE_UTF8);
        }
        int operator()(BytesView v) const {
            if (v.empty()) return sqlite3_bind_zeroblob(statement, place, 0);
            return sqlite3_bind_blob64(statement, place, v.data(), v.size(), life);
        }
    };
    const int code = std::visit(Binder{statement_, place, life}, param.value);
    if (code != SQLITE_OK) throw_fault(db_, code);
}

void Statement::bind(std::span<const Param> values, bool copied) {
    refuse_nul(values);
    require(values.size() == places_.size(), "as many values as parameters");
    for (std::size_t i = 0; i < values.size(); ++i) {
        require(places_[i] != 0, "parameters are numbered without gaps");
        bind_one(places_[i], values[i], copied);
    }
}

bool Statement::step() {
    const int code = sqlite3_step(statement_);
    if (code == SQLITE_ROW) return true;
    if (code == SQLITE_DONE) {
        sqlite3_reset(statement_);
        return false;
    }
    // The text of the error is lost by the reset, so it is taken first.
    try {
        throw_fault(db_, code);
    } catch (...) {
        sqlite3_reset(statement_);
        throw;
    }
}

Connection::Connection(const std::filesystem::path& file, const SqliteOptions& options, Access access) {
    set_up_library();
    const int flags =
        SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX | (access == Access::write ? SQLITE_OPEN_CREATE : 0);
    const int code = sqlite3_open_v2(file.c_str(), &db_, flags, options.vfs);
    try {
        if (code != SQLITE_OK) throw_fault(db_, code);
        set_up(options, access);
    } catch (...) {
        statements_.clear();
        sqlite3_close(db_);
        throw;
    }
}

Connection::~Connection() {
    statements_.clear();
    sqlite3_close(db_);
}

void Connection::set_up(const SqliteOptions& options, Access access) {
    sqlite3_extended_result_codes(db_, 1);
    sqlite3_busy_timeout(db_, options.busy_timeout_ms);
    if (options.on_connect) options.on_connect(db_);
    execute("pragma foreign_keys=on");
    execute("pragma case_sensitive_like=on");  // as PostgreSQL
    execute("pragma temp_store=memory");
    if (access == Access::read) {
        execute("pragma cache_size=-8000");
        execute("pragma query_only=on");
        return;
    }
    Statement& mode = prepared("pragma journal_mode=wal");
    const bool answered = mode.step();
    const bool wal =
        answered &&
        std::string_view(reinterpret_cast<const char*>(sqlite3_column_text(mode.raw(), 0))) == "wal";
    mode.reset();
    if (!wal) throw StoreFault(FaultKind::io, "SQLite: this file system cannot hold a write-ahead log");
    execute(options.synchronous_full ? "pragma synchronous=full" : "pragma synchronous=off");
    execute("pragma cache_size=-16000");
    execute("pragma wal_autocheckpoint=12000");
    execute("pragma journal_size_limit=67108864");  // after a burst the log gives its space back
}

Statement& Connection::prepared(std::string_view sql) {
    const auto found = statements_.find(sql);
    if (found != statements_.end()) return *found->second;
    if (statements_.size() >= most_statements)
        std::erase_if(statements_, [](const auto& entry) { return !entry.second->busy(); });
    return *statements_.emplace(std::string(sql), std::make_unique<Statement>(db_, sql)).first->second;
}

void Connection::execute(std::string_view sql) {
    Statement& statement = prepared(sql);
    while (statement.step()) {
    }
}

void Connection::require_file() const {
    int moved = 0;
    const int code = sqlite3_file_control(db_, "main", SQLITE_FCNTL_HAS_MOVED, &moved);
    if (code == SQLITE_OK && moved != 0)
        throw StoreFault(
            FaultKind::gone,
            "SQLite: the database file was removed or replaced while open; stop the program, put the "
            "file back and start again");
}

}  // namespace lianxin::store::sqlite
