#include <algorithm>
#include <array>
#include <charconv>
#include <chrono>
#include <condition_variable>
#include <mutex>
#include <random>
#include <thread>
#include <vector>

#include "store/database.hpp"
#include "store/postgresql_connection.hpp"

namespace lianxin::store {

namespace postgresql {
namespace {

// Of a transaction that others keep overtaking: on a machine with much else to do forty pass in a moment.
constexpr int most_attempts = 40;
constexpr auto patience = std::chrono::seconds(20);

enum class Access { read, write };

std::span<const char* const> begin_of(Access access) {
    // A sequential scan would make every later insert into the table a conflict; of an index only the pages
    // read do.
    static constexpr std::array writing{"begin isolation level serializable",
                                        "set local enable_seqscan = off"};
    static constexpr std::array reading{"begin isolation level repeatable read read only"};
    if (access == Access::write) return writing;
    return reading;
}

class PgTransaction final : public Transaction {
 public:
    explicit PgTransaction(Connection& connection) : connection_(connection) {}

    [[nodiscard]] Dialect dialect() const override { return Dialect::postgresql; }
    [[nodiscard]] bool result_open() const { return *open_results_ > 0; }
    // The first fault of a statement, whether the closure let it through or swallowed it.
    void rethrow_fault() const {
        if (fault_) std::rethrow_exception(fault_);
    }

 protected:
    std::unique_ptr<Columns> open(std::string_view sql, std::span<const Param> values) override {
        ResultHandle result;
        guarded([&] { result = connection_.execute(sql, values); });
        return columns_of(std::move(result), open_results_);
    }
    std::int64_t run(std::string_view sql, std::span<const Param> values) override {
        ResultHandle result;
        guarded([&] { result = connection_.change(sql, values); });
        const std::string_view count = PQcmdTuples(result.get());
        std::int64_t rows = 0;
        std::from_chars(count.data(), count.data() + count.size(), rows);
        return rows;
    }
    void post(std::string_view sql, std::span<const Param> values) override {
        guarded([&] { connection_.send(sql, values); });
    }
    void expect(std::string_view sql, std::span<const Param> values) override {
        guarded([&] { connection_.expect(sql, values); });
    }

 private:
    template <class F>
    void guarded(F&& call) {
        require(!result_open(), "one open result per transaction: read it to its end first");
        require(!fault_, "a transaction is over once a statement of it has failed");
        try {
            call();
        } catch (const StoreFault&) {
            fault_ = std::current_exception();
            throw;
        }
    }

    Connection& connection_;
    std::shared_ptr<int> open_results_ = std::make_shared<int>(0);
    std::exception_ptr fault_;
};

// Connections lent to one thread at a time; one that broke is closed, and the next borrower connects anew.
class Pool {
 public:
    Pool(std::string url, std::string schema, int size)
        : url_(std::move(url)), schema_(std::move(schema)), size_(static_cast<std::size_t>(size)) {
        require(size > 0, "a pool has connections");
    }

    [[nodiscard]] std::unique_ptr<Connection> borrow() {
        std::unique_lock lock(mutex_);
        const auto self = std::this_thread::get_id();
        require(std::find(holders_.begin(), holders_.end(), self) == holders_.end(),
                "no read or write inside a closure of the same database");
        returned_.wait(lock, [&] { return holders_.size() < size_; });
        holders_.push_back(self);
        if (!idle_.empty()) {
            auto connection = std::move(idle_.back());
            idle_.pop_back();
            return connection;
        }
        lock.unlock();
        try {
            return std::make_unique<Connection>(url_, schema_);
        } catch (...) {
            give_back(nullptr);
            throw;
        }
    }
    void give_back(std::unique_ptr<Connection> connection) {
        {
            const std::scoped_lock lock(mutex_);
            holders_.erase(std::find(holders_.begin(), holders_.end(), std::this_thread::get_id()));
            if (connection && connection->reusable())
                idle_.push_back(std::move(connection));
            else
                idle_.clear();  // the server went away: the others stand on the same broken ground
        }
        returned_.notify_one();
    }

 private:
    std::string url_;
    std::string schema_;
    std::size_t size_;
    std::mutex mutex_;
    std::condition_variable returned_;
    std::vector<std::unique_ptr<Connection>> idle_;
    std::vector<std::thread::id> holders_;
};

class Lent {
 public:
    explicit Lent(Pool& pool) : pool_(pool), connection_(pool.borrow()) {}
    ~Lent() { pool_.give_back(std::move(connection_)); }
    Lent(const Lent&) = delete;
    Lent& operator=(const Lent&) = delete;
    Connection& operator*() const { return *connection_; }

 private:
    Pool& pool_;
    std::unique_ptr<Connection> connection_;
};

// Runs the closure between begin and commit; commit only if the closure answers true.
void run_once(Connection& connection, Access access, const std::function<bool(Transaction&)>& closure) {
    connection.begin(begin_of(access));
    try {
        PgTransaction transaction(connection);
        const bool keep = closure(transaction);
        require(!transaction.result_open(), "no result outlives its transaction");
        if (!keep) return connection.roll_back();
        try {
            transaction.rethrow_fault();
        } catch (const StoreFault& fault) {
            if (fault.kind == FaultKind::serialization || fault.kind == FaultKind::gone) throw;
            throw Bug("nothing is committed after a statement has failed");
        }
        if (access == Access::read) return connection.finish_read();
        if (!connection.heard()) connection.settle();
    } catch (...) {
        connection.roll_back();
        throw;
    }
    try {
        connection.commit();
    } catch (const StoreFault& fault) {
        connection.roll_back();
        if (fault.kind != FaultKind::gone) throw;
        // Not repeated: it may have been committed. The client's idempotency key makes its own repeat safe.
        throw StoreFault(FaultKind::io,
                         "PostgreSQL: the server went away during a commit; whether it holds is unknown");
    }
}

// Waits longer and more unevenly the more often others were first.
void step_aside(int attempt) {
    if (attempt < 3) return std::this_thread::yield();
    std::minstd_rand random(static_cast<unsigned>(std::hash<std::thread::id>{}(std::this_thread::get_id())) +
                            static_cast<unsigned>(attempt));
    const int most_ms = 1 << std::min(attempt - 2, 6);
    std::this_thread::sleep_for(
        std::chrono::microseconds(std::uniform_int_distribution<int>(100, most_ms * 1000)(random)));
}

class PgDatabase final : public Database {
 public:
    PgDatabase(const std::string& url, const std::string& schema, int connections)
        : pool_(url, schema, connections) {
        const Lent first(pool_);  // a wrong address shows at once
    }
    [[nodiscard]] Dialect dialect() const override { return Dialect::postgresql; }

 protected:
    void run_write(const std::function<bool(Transaction&)>& closure) override { run(Access::write, closure); }
    void run_read(const std::function<void(Transaction&)>& closure) override {
        run(Access::read, [&](Transaction& tx) {
            closure(tx);
            return true;
        });
    }

 private:
    void run(Access access, const std::function<bool(Transaction&)>& closure) {
        bool reconnected = false;
        const auto until = std::chrono::steady_clock::now() + patience;
        for (int attempt = 1;; ++attempt) {
            try {
                const Lent connection(pool_);
                return run_once(*connection, access, closure);
            } catch (const StoreFault& fault) {
                const bool lost = fault.kind == FaultKind::gone && !reconnected;
                const bool patient = attempt < most_attempts || std::chrono::steady_clock::now() < until;
                const bool overtaken = fault.kind == FaultKind::serialization && patient;
                if (!lost && !overtaken) throw;
                reconnected = reconnected || lost;
            }
            step_aside(attempt);
        }
    }

    Pool pool_;
};

bool is_plain_identifier(std::string_view name) {
    if (name.empty() || name.size() > 63 || (name[0] >= '0' && name[0] <= '9')) return false;
    return std::all_of(name.begin(), name.end(),
                       [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_'; });
}

}  // namespace
}  // namespace postgresql

std::unique_ptr<Database> open_postgresql(const std::string& url, const std::string& schema,
                                          int connections) {
    if (!postgresql::is_plain_identifier(schema))
        throw StoreFault(FaultKind::statement,
                         "a schema's name is made of a-z, 0-9 and _, at most 63 of them");
    return std::make_unique<postgresql::PgDatabase>(url, schema, connections);
}

bool postgresql_holds(const std::string& url, const std::string& schema) {
    return postgresql::has_table(url, schema, "migration");
}

}  // namespace lianxin::store
