// store/postgresql_connection.hpp — one libpq connection in pipeline mode: statements go out in order, and
// only who wants an answer waits for it, so a transaction costs as many round trips as it has questions.
// Statements are prepared per text and parameter types; errors are StoreFaults without row values. Used by
// one thread at a time.
#pragma once

#include <libpq-fe.h>

#include <deque>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

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

    // The commands go out with the first statement; without one there is no transaction.
    void begin(std::span<const char* const> commands);
    // Binary results. Throws the StoreFault of this statement, or of the first before it that failed.
    [[nodiscard]] ResultHandle execute(std::string_view sql, std::span<const Param> values);
    // The same of a statement that writes: what was expected is asked anew after it.
    [[nodiscard]] ResultHandle change(std::string_view sql, std::span<const Param> values);
    // Nobody wants the answer; a failure is thrown by whatever waits next.
    void send(std::string_view sql, std::span<const Param> values);
    // The answer is kept for the execute that asks the same before anything is written.
    void expect(std::string_view sql, std::span<const Param> values);
    // Waits until everything sent has succeeded.
    void settle();
    // The server has answered since begin: what goes wrong from here on is no connection gone stale.
    [[nodiscard]] bool heard() const { return heard_ || !begun_; }
    void commit();
    // Ends a transaction that wrote nothing, without waiting for the answer.
    void finish_read();
    // Throws nothing; where it fails the connection is no longer reusable.
    void roll_back();

    [[nodiscard]] bool alive() const { return PQstatus(connection_) == CONNECTION_OK; }
    [[nodiscard]] bool reusable() const { return alive() && !begun_ && !out_of_step_; }

 private:
    enum class Sent { preparation, unanswered, expected, asked, mark };
    struct Awaited {
        Sent kind;
        std::string key = {};  // of statements_ or expected_
    };

    void command_at_once(const char* sql);
    void open_transaction();
    void put(Sent kind, std::string_view sql, std::span<const Param> values);
    void put_command(Sent kind, const char* sql);
    [[nodiscard]] const std::string& prepared(const std::string& key, std::string_view sql,
                                              std::span<const Param> values);
    [[nodiscard]] ResultHandle expected(std::string_view sql, std::span<const Param> values);
    void forget_expected();
    void receive();
    void take(Awaited awaited, ResultHandle result, std::optional<StoreFault>& fault);
    void require_sent(int ok);
    [[nodiscard]] StoreFault fault_of(const PGresult* result) const;
    void tidy();

    PGconn* connection_;
    std::unordered_map<std::string, std::string> statements_;  // text and types → name
    int next_name_ = 0;
    std::vector<const char*> opening_;  // commands of a transaction that has not sent a statement
    bool begun_ = false;
    bool heard_ = false;
    bool out_of_step_ = false;  // an answer came that nothing asked for
    std::deque<Awaited> awaited_;
    ResultHandle answer_;
    std::unordered_map<std::string, ResultHandle> expected_;  // by question; null until it is here
};

// Whether the schema has the table; makes nothing. Throws as a Connection does.
[[nodiscard]] bool has_table(const std::string& url, const std::string& schema, const std::string& table);

// The contract's rows over a complete binary result.
[[nodiscard]] std::unique_ptr<Columns> columns_of(ResultHandle result, std::shared_ptr<int> open_results);

}  // namespace lianxin::store::postgresql
