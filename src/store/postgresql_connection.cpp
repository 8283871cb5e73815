#include "store/postgresql_connection.hpp"

#include <algorithm>
#include <array>
#include <cstring>

#include "store/parameter_rules.hpp"
#include "store/postgresql_binding.hpp"

namespace lianxin::store::postgresql {

namespace {

constexpr std::size_t most_statements = 1000;
// So many answers nobody wants may pile up before they are read.
constexpr std::size_t most_awaited = 400;

FaultKind kind_of(std::string_view state) {
    if (state == "23505") return FaultKind::unique;
    if (state == "40001" || state == "40P01") return FaultKind::serialization;
    if (state == "55P03" || state == "57014" || state == "53300") return FaultKind::busy;
    if (state == "53100" || state == "53200") return FaultKind::full;
    if (state.starts_with("23")) return FaultKind::constraint;
    if (state.starts_with("08") || state.starts_with("57P") || state == "25P03") return FaultKind::gone;
    if (state.starts_with("58") || state.starts_with("XX")) return FaultKind::io;
    return FaultKind::statement;
}

std::string statement_key(std::string_view sql, std::span<const Param> values) {
    std::string key(sql);
    key += '\0';
    for (const Param& param : values) key += static_cast<char>('0' + param.type);
    return key;
}

// What an expected answer is kept under.
std::string question(std::string_view sql, std::span<const Param> values) {
    return statement_key(sql, values) + Bound(values).key();
}

PGconn* connect(const std::string& url) {
    // What stands before dbname may be overridden by the URL, what stands after overrides it.
    const std::array keywords{"connect_timeout", "fallback_application_name", "dbname", "client_encoding",
                              static_cast<const char*>(nullptr)};
    const std::array values{"5", "lianxin", url.c_str(), "UTF8", static_cast<const char*>(nullptr)};
    return PQconnectdbParams(keywords.data(), values.data(), 1);
}

void expect_connected(const PGconn* connection) {
    if (PQstatus(connection) == CONNECTION_OK) return;
    const std::string_view said = PQerrorMessage(connection);
    if (said.find("too many clients") != std::string_view::npos)
        throw StoreFault(FaultKind::busy, "PostgreSQL: the server takes no more connections");
    // Which it is, host, user or database, the library says in its first line; never the password.
    throw StoreFault(FaultKind::gone, "PostgreSQL: " + std::string(said.substr(0, said.find('\n'))));
}

}  // namespace

bool has_table(const std::string& url, const std::string& schema, const std::string& table) {
    const std::unique_ptr<PGconn, decltype(&PQfinish)> connection(connect(url), PQfinish);
    expect_connected(connection.get());
    const std::array values{schema.c_str(), table.c_str()};
    const ResultHandle found(PQexecParams(
        connection.get(), "select 1 from pg_catalog.pg_tables where schemaname = $1 and tablename = $2", 2,
        nullptr, values.data(), nullptr, nullptr, 0));
    return PQntuples(found.get()) > 0;
}

Connection::Connection(const std::string& url, const std::string& schema) : connection_(connect(url)) {
    try {
        expect_connected(connection_);
        PQsetNoticeProcessor(
            connection_, [](void*, const char*) {}, nullptr);
        // create schema asks for a right on the database that a running server's user need not have.
        const std::string known = "select 1 from pg_catalog.pg_namespace where nspname = '" + schema + "'";
        if (PQntuples(ResultHandle(PQexec(connection_, known.c_str())).get()) == 0)
            command_at_once(("create schema if not exists " + schema).c_str());
        // Our statements are short: compiling one takes a second, and a sequential scan of a table without an
        // index, which a write makes look dear (see begin_of), would have it compiled.
        command_at_once(
            ("set search_path to " + schema + "; set lock_timeout = '10s'; set jit = off").c_str());
        require_sent(PQenterPipelineMode(connection_));
    } catch (...) {
        PQfinish(connection_);
        throw;
    }
}

void Connection::command_at_once(const char* sql) {
    const ResultHandle result(PQexec(connection_, sql));
    if (PQresultStatus(result.get()) != PGRES_COMMAND_OK) throw fault_of(result.get());
}

StoreFault Connection::fault_of(const PGresult* result) const {
    if (!alive()) return {FaultKind::gone, "PostgreSQL: the connection to the server was lost"};
    const char* state_field = result == nullptr ? nullptr : PQresultErrorField(result, PG_DIAG_SQLSTATE);
    const std::string state = state_field == nullptr ? "" : state_field;
    if (state.empty()) return {FaultKind::io, "PostgreSQL: the server's answer could not be read"};
    // DETAIL carries row values, and so does the primary message of data exceptions (class 22).
    const char* primary = state.starts_with("22") ? "a value does not fit its type or function"
                                                  : PQresultErrorField(result, PG_DIAG_MESSAGE_PRIMARY);
    return {kind_of(state),
            "PostgreSQL: " + std::string(primary == nullptr ? "" : primary) + " (" + state + ")"};
}

void Connection::require_sent(int ok) {
    if (ok == 1) return;
    out_of_step_ = true;
    throw fault_of(nullptr);
}

void Connection::begin(std::span<const char* const> commands) {
    tidy();
    opening_.assign(commands.begin(), commands.end());
    heard_ = false;
}

void Connection::open_transaction() {
    if (opening_.empty()) return;
    const auto commands = std::exchange(opening_, {});
    begun_ = true;
    for (const char* command : commands) put_command(Sent::unanswered, command);
}

void Connection::put_command(Sent kind, const char* sql) {
    require_sent(PQsendQueryParams(connection_, sql, 0, nullptr, nullptr, nullptr, nullptr, 1));
    awaited_.push_back({kind});
}

const std::string& Connection::prepared(const std::string& key, std::string_view sql,
                                        std::span<const Param> values) {
    const auto found = statements_.find(key);
    if (found != statements_.end()) return found->second;
    require(highest_parameter(sql) == values.size(), "as many values as parameters");
    const std::vector<Oid> oids = types_of(values);
    const std::string text(sql);
    std::string name = "s" + std::to_string(next_name_++);
    require_sent(
        PQsendPrepare(connection_, name.c_str(), text.c_str(), static_cast<int>(oids.size()), oids.data()));
    awaited_.push_back({Sent::preparation, key});
    return statements_.emplace(key, std::move(name)).first->second;
}

void Connection::put(Sent kind, std::string_view sql, std::span<const Param> values) {
    refuse_nul(values);
    open_transaction();
    const std::string& name = prepared(statement_key(sql, values), sql, values);
    const Bound bound(values);
    require_sent(PQsendQueryPrepared(connection_, name.c_str(), bound.count(), bound.data(), bound.lengths(),
                                     bound.formats(), 1));
    awaited_.push_back({kind, kind == Sent::expected ? question(sql, values) : std::string()});
}

ResultHandle Connection::expected(std::string_view sql, std::span<const Param> values) {
    if (expected_.empty()) return {};
    const auto found = expected_.find(question(sql, values));
    if (found == expected_.end()) return {};
    if (!found->second) settle();
    ResultHandle result = std::move(found->second);
    expected_.erase(found);
    return result;
}

ResultHandle Connection::execute(std::string_view sql, std::span<const Param> values) {
    if (!sql.starts_with("select")) forget_expected();
    if (auto known = expected(sql, values)) return known;
    put(Sent::asked, sql, values);
    settle();
    return std::move(answer_);
}

ResultHandle Connection::change(std::string_view sql, std::span<const Param> values) {
    forget_expected();
    put(Sent::asked, sql, values);
    settle();
    return std::move(answer_);
}

void Connection::send(std::string_view sql, std::span<const Param> values) {
    forget_expected();
    put(Sent::unanswered, sql, values);
    if (awaited_.size() >= most_awaited) settle();
}

void Connection::expect(std::string_view sql, std::span<const Param> values) {
    const auto [place, fresh] = expected_.try_emplace(question(sql, values));
    if (fresh) put(Sent::expected, sql, values);
}

void Connection::forget_expected() {
    expected_.clear();
    for (Awaited& awaited : awaited_)
        if (awaited.kind == Sent::expected) awaited.kind = Sent::unanswered;
}

void Connection::settle() {
    if (awaited_.empty()) return;
    require_sent(PQpipelineSync(connection_));
    awaited_.push_back({Sent::mark});
    receive();
    heard_ = true;
}

// Reads every answer outstanding, to stay in step with the server also after one that says no.
void Connection::receive() {
    std::optional<StoreFault> fault;
    while (!awaited_.empty()) {
        Awaited next = std::move(awaited_.front());
        awaited_.pop_front();
        ResultHandle result(PQgetResult(connection_));
        if (!result || !alive()) {
            awaited_.clear();
            out_of_step_ = true;
            throw fault_of(nullptr);
        }
        if (next.kind == Sent::mark) {
            out_of_step_ = out_of_step_ || PQresultStatus(result.get()) != PGRES_PIPELINE_SYNC;
            continue;
        }
        const ResultHandle end(PQgetResult(connection_));
        out_of_step_ = out_of_step_ || end;
        take(std::move(next), std::move(result), fault);
    }
    if (fault) throw StoreFault(*fault);
    if (out_of_step_) throw fault_of(nullptr);
}

void Connection::take(Awaited awaited, ResultHandle result, std::optional<StoreFault>& fault) {
    const ExecStatusType status = PQresultStatus(result.get());
    if (status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK) {
        if (awaited.kind == Sent::asked) answer_ = std::move(result);
        if (awaited.kind == Sent::expected)
            expected_.insert_or_assign(std::move(awaited.key), std::move(result));
        return;
    }
    if (awaited.kind == Sent::preparation) statements_.erase(awaited.key);
    // What stands behind a failure is skipped, not failed.
    if (!fault && status != PGRES_PIPELINE_ABORTED) fault = fault_of(result.get());
}

void Connection::commit() {
    opening_.clear();
    if (!begun_) return;
    forget_expected();
    put_command(Sent::asked, "commit");
    settle();
    begun_ = false;
    require(std::strcmp(PQcmdStatus(answer_.get()), "COMMIT") == 0,
            "a transaction with a failure ends before");
}

void Connection::finish_read() {
    opening_.clear();
    if (!begun_) return;
    settle();  // nothing is left unheard that might have failed
    forget_expected();
    put_command(Sent::unanswered, "commit");
    require_sent(PQpipelineSync(connection_));
    awaited_.push_back({Sent::mark});
    begun_ = false;
}

void Connection::roll_back() {
    opening_.clear();
    if (!begun_ || !alive()) return;
    forget_expected();
    try {
        settle();
    } catch (const StoreFault&) {
        // Thrown away with the rest.
    }
    try {
        if (PQtransactionStatus(connection_) != PQTRANS_IDLE) {
            put_command(Sent::unanswered, "rollback");
            settle();
        }
        begun_ = false;
    } catch (const StoreFault&) {
        // Not reusable: the pool closes it.
    }
}

void Connection::tidy() {
    if (statements_.size() < most_statements) return;
    settle();
    put_command(Sent::unanswered, "deallocate all");
    settle();
    statements_.clear();
}

}  // namespace lianxin::store::postgresql
