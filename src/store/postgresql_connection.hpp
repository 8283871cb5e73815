// store/postgresql_connection.hpp — one libpq connection: statements prepared per text and parameter types,
// errors as StoreFault without row values. Used by one thread at a time.
#pragma once

#include <libpq-fe.h>

#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>

#include "store/transaction.hpp"

namespace lianxin::store::postgresql {

struct ClearResult {
    void operator()(PGresult* result) const { PQclear(result); }
};
using ResultHandle = std::unique_ptr<PGresult, ClearResult>;

class Connection {
 public:
    // `schema` is a plain identifier; it is created when absent.
    Connection(const std::string& url, const std::string& schema);
    ~Connection() { PQfinish(connection_); }
    Connection(const Connection&) = delete;
    Connection& operator=(const Connection&) = delete;

    // Binary results. Throws StoreFault.
    [[nodiscard]] ResultHandle execute(std::string_view sql, std::span<const Param> values);
    // For begin, commit, rollback, set: answers the command's tag.
    std::string command(const char* sql);
    [[nodiscard]] bool alive() const { return PQstatus(connection_) == CONNECTION_OK; }
    [[nodiscard]] bool idle() const { return PQtransactionStatus(connection_) == PQTRANS_IDLE; }
    // Between transactions: forgets prepared statements when there are too many.
    void tidy();

 private:
    [[nodiscard]] const std::string& prepared(std::string_view sql, std::span<const Param> values);
    [[noreturn]] void throw_fault(const PGresult* result) const;
    [[nodiscard]] ResultHandle checked(PGresult* result) const;

    PGconn* connection_;
    std::unordered_map<std::string, std::string> statements_;  // text and types → name
    int next_name_ = 0;
};

// The contract's rows over a complete binary result.
[[nodiscard]] std::unique_ptr<Columns> columns_of(ResultHandle result, std::shared_ptr<int> open_results);

}  // namespace lianxin::store::postgresql
