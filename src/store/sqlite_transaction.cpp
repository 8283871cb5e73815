#include "store/sqlite_transaction.hpp"

namespace lianxin::store::sqlite {

class SqliteColumns final : public Columns {
 public:
    // `has_row`: the first step was taken when the query was opened, so that errors and effects (returning)
    // come at the same moment as on PostgreSQL, whether the rows are read or not.
    SqliteColumns(SqliteTransaction& transaction, Statement& statement, bool has_row)
        : transaction_(&transaction), statement_(&statement), waiting_(has_row) {
        if (!has_row) {
            statement_ = nullptr;
            return;
        }
        statement_->set_busy(true);
        transaction_->open_ = this;
    }
    ~SqliteColumns() override { close(); }
    SqliteColumns(const SqliteColumns&) = delete;
    SqliteColumns& operator=(const SqliteColumns&) = delete;

    void close() {
        if (statement_ == nullptr) return;
        statement_->reset();
        statement_->set_busy(false);
        statement_ = nullptr;
        transaction_->open_ = nullptr;
    }

    bool next() override {
        if (statement_ == nullptr) return false;
        if (waiting_) {
            waiting_ = false;
            return true;
        }
        try {
            if (statement_->step()) return true;
        } catch (...) {
            transaction_->broken_ = true;
            close();
            throw;
        }
        close();
        return false;
    }

    [[nodiscard]] bool is_null(int column) const override { return type(column) == SQLITE_NULL; }
    [[nodiscard]] std::int64_t integer(int column) const override {
        require(type(column) == SQLITE_INTEGER, "the column read as an integer holds one");
        return sqlite3_column_int64(raw(), column);
    }
    [[nodiscard]] double real(int column) const override {
        const int found = type(column);
        require(found == SQLITE_FLOAT || found == SQLITE_INTEGER, "the column read as a number holds one");
        return sqlite3_column_double(raw(), column);
    }
    [[nodiscard]] std::string_view text(int column) const override {
        require(type(column) == SQLITE_TEXT, "the column read as text holds text");
        const auto* data = reinterpret_cast<const char*>(sqlite3_column_text(raw(), column));
        return {data, static_cast<std::size_t>(sqlite3_column_bytes(raw(), column))};
    }
    [[nodiscard]] BytesView bytes(int column) const override {
        require(type(column) == SQLITE_BLOB, "the column read as bytes holds bytes");
        const auto* data = static_cast<const std::uint8_t*>(sqlite3_column_blob(raw(), column));
        return {data, static_cast<std::size_t>(sqlite3_column_bytes(raw(), column))};
    }

 private:
    [[nodiscard]] sqlite3_stmt* raw() const { return statement_->raw(); }
    [[nodiscard]] int type(int column) const {
        require(statement_ != nullptr && !waiting_, "a column is read while its row is current");
        require(column >= 0 && column < sqlite3_data_count(raw()), "the column read exists");
        return sqlite3_column_type(raw(), column);
    }

    SqliteTransaction* transaction_;
    Statement* statement_;
    bool waiting_;
};

bool SqliteTransaction::finish() {
    if (open_ == nullptr) return false;
    open_->close();
    return true;
}

Statement& SqliteTransaction::start(std::string_view sql, std::span<const Param> values, bool copied) {
    require(open_ == nullptr, "one open result per transaction: read it to its end first");
    require(!broken_, "a transaction is over once a statement of it has failed");
    Statement& statement = connection_.prepared(sql);
    statement.bind(values, copied);
    may_have_changed_ = may_have_changed_ || !statement.only_reads();
    return statement;
}

std::unique_ptr<Columns> SqliteTransaction::open(std::string_view sql, std::span<const Param> values) {
    try {
        Statement& statement = start(sql, values, true);
        const bool has_row = statement.step();
        return std::make_unique<SqliteColumns>(*this, statement, has_row);
    } catch (const StoreFault&) {
        broken_ = true;
        throw;
    }
}

std::int64_t SqliteTransaction::run(std::string_view sql, std::span<const Param> values) {
    try {
        Statement& statement = start(sql, values, false);
        // sqlite3_changes keeps the last insert's count over statements that change nothing.
        const std::int64_t before = sqlite3_total_changes64(connection_.raw());
        while (statement.step()) {
        }
        const bool changed = sqlite3_total_changes64(connection_.raw()) != before;
        return changed ? sqlite3_changes64(connection_.raw()) : 0;
    } catch (const StoreFault&) {
        broken_ = true;
        throw;
    }
}

}  // namespace lianxin::store::sqlite
