// store/migration.cpp — bringing a stored schema up to this program's, or refusing it with a sentence that
// says what to do.
#include <map>

#include "base/crypto.hpp"
#include "store/database.hpp"

namespace lianxin::store {

namespace {

struct Applied {
    std::string name;
    Digest checksum;
};

bool is_word(char c) {
    return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_';
}

std::string with_types(std::string_view sql, Dialect dialect) {
    const bool sqlite = dialect == Dialect::sqlite;
    const std::pair<std::string_view, std::string_view> types[] = {{"$id", sqlite ? "integer" : "bigint"},
                                                                   {"$bytes", sqlite ? "blob" : "bytea"}};
    std::string text;
    text.reserve(sql.size() * 5 / 4);
    while (!sql.empty()) {
        bool replaced = false;
        for (const auto& [placeholder, type] : types) {
            if (!sql.starts_with(placeholder)) continue;
            if (sql.size() > placeholder.size() && is_word(sql[placeholder.size()])) continue;
            text += type;
            sql.remove_prefix(placeholder.size());
            replaced = true;
            break;
        }
        if (replaced) continue;
        text += sql.front();
        sql.remove_prefix(1);
    }
    return text;
}

struct Piece {
    std::string sql;
    std::string only;  // the engine it is for; empty: both
};

// Splits at semicolons outside quotes and comments; comments are dropped but for "-- only: ENGINE".
std::vector<Piece> split(std::string_view sql) {
    constexpr std::string_view only_mark = "-- only: ";
    std::vector<Piece> pieces;
    Piece piece;
    char quote = 0;
    for (std::size_t i = 0; i < sql.size(); ++i) {
        const char c = sql[i];
        if (quote != 0) {
            if (c == quote) quote = 0;
            piece.sql += c;
        } else if (c == '\'' || c == '"') {
            quote = c;
            piece.sql += c;
        } else if (sql.substr(i).starts_with("--")) {
            const std::size_t end = std::min(sql.find('\n', i), sql.size());
            const std::string_view comment = sql.substr(i, end - i);
            if (comment.starts_with(only_mark)) piece.only = comment.substr(only_mark.size());
            piece.sql += '\n';
            i = end;
        } else if (c == ';') {
            pieces.push_back(std::move(piece));
            piece = {};
        } else {
            piece.sql += c;
        }
    }
    pieces.push_back(std::move(piece));
    std::erase_if(pieces,
                  [](const Piece& p) { return p.sql.find_first_not_of(" \t\r\n") == std::string::npos; });
    return pieces;
}

void create_ledger(Database& database) {
    database.write([](Transaction& tx) {
        tx.execute(
            with_types("create table if not exists migration (number $id primary key, name text not null, "
                       "checksum $bytes not null, applied_at $id not null)",
                       tx.dialect()));
    });
}

std::map<int, Applied> read_ledger(Transaction& tx) {
    std::map<int, Applied> applied;
    for (const Row row : tx.query("select number, name, checksum from migration order by number"))
        applied[row.get<int>(0)] = {row.get<std::string>(1), row.get<Digest>(2)};
    return applied;
}

std::string label(int number, std::string_view name) {
    const std::string digits = std::to_string(number);
    return std::string(digits.size() < 4 ? 4 - digits.size() : 0, '0') + digits + "_" + std::string(name);
}

void refuse_strange_schema(const std::map<int, Applied>& applied, std::span<const Migration> migrations) {
    for (const auto& [number, entry] : applied) {
        const auto known = std::find_if(migrations.begin(), migrations.end(),
                                        [n = number](const Migration& m) { return m.number == n; });
        if (known == migrations.end())
            throw StoreFault(FaultKind::schema,
                             "the database is newer than this program: it has migration " +
                                 label(number, entry.name) +
                                 "; start the version of Lianxin that wrote it, or a later one");
        if (sha256(as_bytes(known->sql)) != entry.checksum)
            throw StoreFault(FaultKind::schema,
                             "migration " + label(number, entry.name) +
                                 " was altered since it was applied to this database; start the "
                                 "version of Lianxin that wrote it, or restore a backup made by it");
    }
}

bool has_ledger(Transaction& tx) {
    const std::string_view asked =
        tx.dialect() == Dialect::sqlite
            ? "select count(*) from sqlite_master where type = 'table' and name = 'migration'"
            : "select count(*) from pg_catalog.pg_tables where schemaname = current_schema() and tablename = "
              "'migration'";
    return tx.value<std::int64_t>(asked).value_or(0) > 0;
}

void apply(Transaction& tx, const Migration& migration, Instant now) {
    const std::string_view engine = tx.dialect() == Dialect::sqlite ? "sqlite" : "postgresql";
    for (const Piece& piece : split(with_types(migration.sql, tx.dialect()))) {
        if (piece.only.empty() || piece.only == engine) tx.execute(piece.sql);
    }
    tx.execute("insert into migration (number, name, checksum, applied_at) values ($1, $2, $3, $4)",
               migration.number, migration.name, sha256(as_bytes(migration.sql)), now);
}

}  // namespace

void expect_migrated(Database& database, std::span<const Migration> migrations) {
    database.read([&](Transaction& tx) {
        if (!has_ledger(tx))
            throw StoreFault(FaultKind::schema, "this is not a database that Lianxin made; name another one");
        const std::map<int, Applied> applied = read_ledger(tx);
        refuse_strange_schema(applied, migrations);
        for (const Migration& migration : migrations) {
            if (!applied.contains(migration.number))
                throw StoreFault(FaultKind::schema,
                                 "the database is older than this program: it lacks migration " +
                                     label(migration.number, migration.name) +
                                     "; start `lianxin serve` once, which brings it up to date");
        }
    });
}

void migrate(Database& database, std::span<const Migration> migrations, Instant now) {
    require(std::adjacent_find(migrations.begin(), migrations.end(),
                               [](const Migration& a, const Migration& b) { return a.number >= b.number; }) ==
                migrations.end(),
            "migrations stand in order, each number once");
    // Two programs may start at once. "if not exists" does not keep two of them from colliding on PostgreSQL.
    try {
        create_ledger(database);
    } catch (const StoreFault&) {
        create_ledger(database);
    }
    database.write([&](Transaction& tx) {
        // Taken before the first select, so that the snapshot is from after the other program's commit.
        if (tx.dialect() == Dialect::postgresql) tx.execute("lock table migration in access exclusive mode");
        const std::map<int, Applied> applied = read_ledger(tx);
        refuse_strange_schema(applied, migrations);
        for (const Migration& migration : migrations) {
            if (applied.contains(migration.number)) continue;
            if (!applied.empty() && migration.number < applied.rbegin()->first)
                throw StoreFault(FaultKind::schema,
                                 "migration " + label(migration.number, migration.name) +
                                     " was never applied though later ones were; restore a backup, "
                                     "or start with a new database");
            apply(tx, migration, now);
        }
    });
}

}  // namespace lianxin::store
