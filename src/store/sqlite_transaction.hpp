// store/sqlite_transaction.hpp — the contract's Transaction on a SQLite connection.
#pragma once

#include "store/sqlite_connection.hpp"

namespace lianxin::store::sqlite {

class SqliteColumns;

class SqliteTransaction final : public Transaction {
 public:
    explicit SqliteTransaction(Connection& connection) : connection_(connection) {}
    ~SqliteTransaction() override { finish(); }
    SqliteTransaction(const SqliteTransaction&) = delete;
    SqliteTransaction& operator=(const SqliteTransaction&) = delete;

    [[nodiscard]] Dialect dialect() const override { return Dialect::sqlite; }
    // Cuts off a result the closure kept; answers whether there was one.
    bool finish();
    // A statement failed: on PostgreSQL the transaction is dead then, so here too it must not be committed.
    [[nodiscard]] bool broken() const { return broken_; }
    // A statement ran that is not of the reading kind.
    [[nodiscard]] bool may_have_changed() const { return may_have_changed_; }

 protected:
    std::unique_ptr<Columns> open(std::string_view sql, std::span<const Param> values) override;
    std::int64_t run(std::string_view sql, std::span<const Param> values) override;

 private:
    friend class SqliteColumns;
    Statement& start(std::string_view sql, std::span<const Param> values, bool copied);

    Connection& connection_;
    SqliteColumns* open_ = nullptr;
    bool broken_ = false;
    bool may_have_changed_ = false;
};

}  // namespace lianxin::store::sqlite
