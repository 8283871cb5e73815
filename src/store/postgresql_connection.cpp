#include "store/postgresql_connection.hpp"

#include <array>
#include <bit>
#include <cstring>
#include <vector>

#include "store/parameter_rules.hpp"

namespace lianxin::store::postgresql {

namespace {

constexpr std::size_t most_statements = 1000;
// A batch of many rows has its nulls elsewhere each time, so its types hardly ever repeat: not worth keeping
// prepared.
constexpr std::size_t most_kept_parameters = 40;
// pg_type.dat; fixed for ever.
constexpr Oid oid_bytea = 17;
constexpr Oid oid_int8 = 20;
constexpr Oid oid_text = 25;
constexpr Oid oid_float8 = 701;

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

// The values of one call in the form libpq wants them; int8 and float8 in network order.
class Bound {
 public:
    explicit Bound(std::span<const Param> values)
        : numbers_(values.size()), data_(values.size()), lengths_(values.size()), formats_(values.size(), 1) {
        for (std::size_t i = 0; i < values.size(); ++i) std::visit(Setter{*this, i}, values[i].value);
    }
    [[nodiscard]] int count() const { return static_cast<int>(data_.size()); }
    [[nodiscard]] const char* const* data() const { return data_.data(); }
    [[nodiscard]] const int* lengths() const { return lengths_.data(); }
    [[nodiscard]] const int* formats() const { return formats_.data(); }

 private:
    struct Setter {
        Bound& bound;
        std::size_t i;
        void operator()(std::monostate) const {}
        void operator()(std::int64_t v) const { bound.set_number(i, static_cast<std::uint64_t>(v)); }
        void operator()(double v) const { bound.set_number(i, std::bit_cast<std::uint64_t>(v)); }
        void operator()(std::string_view v) const { bound.set(i, v.data(), v.size()); }
        void operator()(BytesView v) const {
            bound.set(i, reinterpret_cast<const char*>(v.data()), v.size());
        }
    };
    void set(std::size_t i, const char* data, std::size_t size) {
        data_[i] = data == nullptr ? "" : data;  // a null pointer would be null
        lengths_[i] = static_cast<int>(size);
    }
    void set_number(std::size_t i, std::uint64_t value) {
        for (std::size_t k = 0; k < 8; ++k) numbers_[i][k] = static_cast<char>(value >> (56 - 8 * k) & 0xffU);
        set(i, numbers_[i].data(), 8);
    }

    std::vector<std::array<char, 8>> numbers_;
    std::vector<const char*> data_;
    std::vector<int> lengths_;
    std::vector<int> formats_;
};

// By the variant's index. A null has no type of its own: the server takes the one its place asks for.
constexpr std::array<Oid, 5> types{0, oid_int8, oid_float8, oid_text, oid_bytea};

std::vector<Oid> types_of(std::span<const Param> values) {
    std::vector<Oid> oids;
    oids.reserve(values.size());
    for (const Param& param : values) oids.push_back(types[param.type]);
    return oids;
}

}  // namespace

Connection::Connection(const std::string& url, const std::string& schema) {
    // What stands before dbname may be overridden by the URL, what stands after overrides it.
    const std::array keywords{"connect_timeout", "fallback_application_name", "dbname", "client_encoding",
                              static_cast<const char*>(nullptr)};
    const std::array values{"5", "lianxin", url.c_str(), "UTF8", static_cast<const char*>(nullptr)};
    connection_ = PQconnectdbParams(keywords.data(), values.data(), 1);
    try {
        if (!alive()) {
            const bool crowded = std::strstr(PQerrorMessage(connection_), "too many clients") != nullptr;
            throw StoreFault(crowded ? FaultKind::busy : FaultKind::gone,
                             crowded ? "PostgreSQL: the server takes no more connections"
                                     : "PostgreSQL: the server cannot be reached or refuses this user");
        }
        PQsetNoticeProcessor(
            connection_, [](void*, const char*) {}, nullptr);
        // create schema asks for a right on the database that a running server's user need not have.
        const std::string known = "select 1 from pg_catalog.pg_namespace where nspname = '" + schema + "'";
        if (PQntuples(ResultHandle(PQexec(connection_, known.c_str())).get()) == 0)
            command(("create schema if not exists " + schema).c_str());
        command(("set search_path to " + schema).c_str());
        command("set lock_timeout = '10s'");
    } catch (...) {
        PQfinish(connection_);
        throw;
    }
}

void Connection::throw_fault(const PGresult* result) const {
    if (!alive()) throw StoreFault(FaultKind::gone, "PostgreSQL: the connection to the server was lost");
    const char* state_field = result == nullptr ? nullptr : PQresultErrorField(result, PG_DIAG_SQLSTATE);
    const std::string state = state_field == nullptr ? "" : state_field;
    if (state.empty()) throw StoreFault(FaultKind::io, "PostgreSQL: the server's answer could not be read");
    const FaultKind kind = kind_of(state);
    // DETAIL carries row values, and so does the primary message of data exceptions (class 22).
    const char* primary = state.starts_with("22") ? "a value does not fit its type or function"
                                                  : PQresultErrorField(result, PG_DIAG_MESSAGE_PRIMARY);
    throw StoreFault(kind,
                     "PostgreSQL: " + std::string(primary == nullptr ? "" : primary) + " (" + state + ")");
}

ResultHandle Connection::checked(PGresult* raw) const {
    ResultHandle result(raw);
    const ExecStatusType status = PQresultStatus(result.get());
    if (status != PGRES_COMMAND_OK && status != PGRES_TUPLES_OK) throw_fault(result.get());
    return result;
}

const std::string& Connection::prepared(std::string_view sql, std::span<const Param> values) {
    std::string key(sql);
    key += '\0';
    for (const Param& param : values) key += static_cast<char>('0' + param.type);
    const auto found = statements_.find(key);
    if (found != statements_.end()) return found->second;
    require(highest_parameter(sql) == values.size(), "as many values as parameters");
    const std::vector<Oid> oids = types_of(values);
    std::string name = "s" + std::to_string(next_name_++);
    const std::string text(sql);
    (void)checked(
        PQprepare(connection_, name.c_str(), text.c_str(), static_cast<int>(oids.size()), oids.data()));
    return statements_.emplace(std::move(key), std::move(name)).first->second;
}

ResultHandle Connection::execute(std::string_view sql, std::span<const Param> values) {
    refuse_nul(values);
    const Bound bound(values);
    if (values.size() > most_kept_parameters) {
        const std::vector<Oid> oids = types_of(values);
        const std::string text(sql);
        return checked(PQexecParams(connection_, text.c_str(), bound.count(), oids.data(), bound.data(),
                                    bound.lengths(), bound.formats(), 1));
    }
    const std::string& name = prepared(sql, values);
    return checked(PQexecPrepared(connection_, name.c_str(), bound.count(), bound.data(), bound.lengths(),
                                  bound.formats(), 1));
}

std::string Connection::command(const char* sql) {
    const ResultHandle result = checked(PQexec(connection_, sql));
    return PQcmdStatus(result.get());
}

void Connection::tidy() {
    if (statements_.size() < most_statements) return;
    command("deallocate all");
    statements_.clear();
}

}  // namespace lianxin::store::postgresql
