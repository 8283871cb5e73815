// store/transaction.hpp — one face over SQLite and PostgreSQL: SQL text with $1…$n, bound parameters only.
// A write closure may run more than once (serialization failure, group retry): it moves nothing out of its
// captures, does no I/O and returns facts. Reply after durable: write() returns when the commit is on disk.
// Writes are serializable on both engines, so what a closure checked still holds when it commits; it takes no
// locks. Calling write or read inside a closure of the same database is a Bug.
#pragma once

#include <algorithm>
#include <cstdint>
#include <exception>
#include <functional>
#include <initializer_list>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <variant>

#include "base/bytes.hpp"
#include "base/id.hpp"
#include "base/result.hpp"
#include "base/time.hpp"
#include "store/columns.hpp"

namespace lianxin::store {

enum class Dialect { sqlite, postgresql };

// What went wrong below; the text never carries bound values.
enum class FaultKind { busy, full, io, gone, unique, constraint, schema, statement, serialization };
struct StoreFault : Fault {
    StoreFault(FaultKind kind_in, const std::string& what) : Fault(what), kind(kind_in) {}
    FaultKind kind;
};

// One bound value. Text and bytes are borrowed: they must outlive the call they are given to.
struct Param {
    using Value = std::variant<std::monostate, std::int64_t, double, std::string_view, BytesView>;
    Value value;

    Param(std::nullopt_t) {}
    template <std::integral T>
    Param(T v) : value(static_cast<std::int64_t>(v)) {}  // bool is stored as 0/1
    Param(double v) : value(v) {}
    Param(std::string_view v) : value(v) {}
    Param(const std::string& v) : value(std::string_view(v)) {}
    Param(const char* v) : value(std::string_view(v)) {}
    Param(BytesView v) : value(v) {}
    Param(const Bytes& v) : value(BytesView(v)) {}
    Param(const Digest& v) : value(BytesView(v)) {}
    Param(Instant v) : value(v.micros) {}
    template <class Noun>
    Param(Id<Noun> v) : value(v.value()) {}
    // A null keeps the type it would have had, which PostgreSQL wants to know.
    template <class T>
    Param(const std::optional<T>& v) : type(index_of<T>()) {
        if (v) value = Param(*v).value;
    }

    // The alternative of Value that says the type; 0: a plain null, of whatever type its place asks for.
    std::size_t type = value.index();

 private:
    template <class T>
    static constexpr std::size_t index_of() {
        if constexpr (std::is_same_v<T, double>) return 2;
        if constexpr (std::is_convertible_v<const T&, std::string_view>) return 3;
        if constexpr (std::is_convertible_v<const T&, BytesView>) return 4;
        return 1;
    }
};

class Transaction {
 public:
    virtual ~Transaction() = default;
    [[nodiscard]] virtual Dialect dialect() const = 0;

    template <class... A>
    [[nodiscard]] Rows query(std::string_view sql, const A&... values) {
        return Rows(open(sql, {Param(values)...}));
    }
    // Rows changed.
    template <class... A>
    std::int64_t execute(std::string_view sql, const A&... values) {
        return run(sql, {Param(values)...});
    }
    // The same without its answer: an engine across a wire does not wait for it. What fails shows at the next
    // call that has an answer, at the latest at the commit, as the fault it is.
    template <class... A>
    void send(std::string_view sql, const A&... values) {
        const std::initializer_list<Param> list{Param(values)...};
        send_with(sql, std::span<const Param>(list.begin(), list.size()));
    }
    void send_with(std::string_view sql, std::span<const Param> values) { post(sql, values); }
    // A hint: these queries come soon, before anything is written. An engine across a wire asks them all at
    // once; another does nothing.
    template <class... A>
    void ahead(std::string_view sql, const A&... values) {
        const std::initializer_list<Param> list{Param(values)...};
        expect(sql, std::span<const Param>(list.begin(), list.size()));
    }
    // The first column of the first row, or nothing when there is no row.
    template <class T, class... A>
    [[nodiscard]] std::optional<T> value(std::string_view sql, const A&... values) {
        Rows rows = query(sql, values...);
        auto it = rows.begin();
        if (!(it != rows.end())) return {};
        return (*it).template get<T>(0);
    }
    // The same with a list of parameters made at run time.
    [[nodiscard]] Rows query_with(std::string_view sql, std::span<const Param> values) {
        return Rows(open(sql, values));
    }
    std::int64_t execute_with(std::string_view sql, std::span<const Param> values) {
        return run(sql, values);
    }
    // For decorators.
    void expect_erased(std::string_view sql, std::span<const Param> values) { expect(sql, values); }
    [[nodiscard]] std::unique_ptr<Columns> open_erased(std::string_view sql, std::span<const Param> values) {
        return open(sql, values);
    }

 protected:
    [[nodiscard]] virtual std::unique_ptr<Columns> open(std::string_view sql,
                                                        std::span<const Param> values) = 0;
    virtual std::int64_t run(std::string_view sql, std::span<const Param> values) = 0;
    virtual void post(std::string_view sql, std::span<const Param> values) { (void)run(sql, values); }
    virtual void expect(std::string_view, std::span<const Param>) {}

 private:
    [[nodiscard]] std::unique_ptr<Columns> open(std::string_view sql, std::initializer_list<Param> values) {
        return open(sql, std::span<const Param>(values.begin(), values.size()));
    }
    std::int64_t run(std::string_view sql, std::initializer_list<Param> values) {
        return run(sql, std::span<const Param>(values.begin(), values.size()));
    }
};

template <class T>
struct is_refusal_carrier : std::false_type {};
template <class T, class E>
struct is_refusal_carrier<tl::expected<T, E>> : std::true_type {};

class Database {
 public:
    virtual ~Database() = default;
    [[nodiscard]] virtual Dialect dialect() const = 0;

    // Runs the closure in a write transaction and returns what it returns once that is durable. A Result that
    // holds a refusal, or an exception, rolls back. Serialization failures are retried.
    template <class F>
    auto write(F&& closure) -> std::invoke_result_t<F&, Transaction&> {
        using R = std::invoke_result_t<F&, Transaction&>;
        if constexpr (std::is_void_v<R>) {
            run_write([&](Transaction& tx) {
                closure(tx);
                return true;
            });
        } else {
            std::optional<R> outcome;
            run_write([&](Transaction& tx) {
                outcome.reset();
                outcome.emplace(closure(tx));
                if constexpr (is_refusal_carrier<R>::value) return outcome->has_value();
                return true;
            });
            return std::move(*outcome);
        }
    }
    // Runs the closure on one snapshot, in parallel with everything else; writing inside is a fault.
    template <class F>
    auto read(F&& closure) -> std::invoke_result_t<F&, Transaction&> {
        using R = std::invoke_result_t<F&, Transaction&>;
        if constexpr (std::is_void_v<R>) {
            run_read([&](Transaction& tx) { closure(tx); });
        } else {
            std::optional<R> outcome;
            run_read([&](Transaction& tx) {
                outcome.reset();
                outcome.emplace(closure(tx));
            });
            return std::move(*outcome);
        }
    }

    // Hands the closure over and returns; `on_done` hears, on a thread of the store, that it is durable (or
    // was rolled back because it answered false: null), or why it failed. It must be brief and throw nothing.
    // Where the engine has no writer of its own, both run before submit returns.
    virtual void submit(std::function<bool(Transaction&)> closure,
                        std::function<void(std::exception_ptr)> on_done) {
        std::exception_ptr fault;
        try {
            run_write(closure);
        } catch (...) {
            fault = std::current_exception();
        }
        on_done(fault);
    }

    // For decorators: the erased forms of write and read.
    void write_erased(const std::function<bool(Transaction&)>& closure) { run_write(closure); }
    void read_erased(const std::function<void(Transaction&)>& closure) { run_read(closure); }

 protected:
    // The closure answers whether to commit.
    virtual void run_write(const std::function<bool(Transaction&)>& closure) = 0;
    virtual void run_read(const std::function<void(Transaction&)>& closure) = 0;
};

}  // namespace lianxin::store
