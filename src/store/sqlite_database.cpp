#include <condition_variable>
#include <mutex>

#include "store/sqlite_writer.hpp"

namespace lianxin::store {

namespace sqlite {
namespace {

// Read connections, opened when first needed, lent to one thread at a time.
class ReaderPool {
 public:
    ReaderPool(std::filesystem::path file, SqliteOptions options)
        : file_(std::move(file)), options_(std::move(options)) {
        require(options_.readers > 0, "a database has readers");
    }

    [[nodiscard]] bool lent_to_this_thread() {
        const std::scoped_lock lock(mutex_);
        return std::find(holders_.begin(), holders_.end(), std::this_thread::get_id()) != holders_.end();
    }

    [[nodiscard]] std::unique_ptr<Connection> borrow() {
        std::unique_lock lock(mutex_);
        returned_.wait(lock, [&] {
            return !idle_.empty() || holders_.size() < static_cast<std::size_t>(options_.readers);
        });
        holders_.push_back(std::this_thread::get_id());
        if (!idle_.empty()) {
            auto connection = std::move(idle_.back());
            idle_.pop_back();
            return connection;
        }
        lock.unlock();
        try {
            return std::make_unique<Connection>(file_, options_, Access::read);
        } catch (...) {
            give_back(nullptr);
            throw;
        }
    }

    // A connection that failed is not given back but closed: null.
    void give_back(std::unique_ptr<Connection> connection) {
        {
            const std::scoped_lock lock(mutex_);
            holders_.erase(std::find(holders_.begin(), holders_.end(), std::this_thread::get_id()));
            if (connection) idle_.push_back(std::move(connection));
        }
        returned_.notify_one();
    }

 private:
    std::filesystem::path file_;
    SqliteOptions options_;
    std::mutex mutex_;
    std::condition_variable returned_;
    std::vector<std::unique_ptr<Connection>> idle_;
    std::vector<std::thread::id> holders_;
};

// One snapshot; ends it however the closure ends.
void run_snapshot(Connection& connection, const std::function<void(Transaction&)>& closure) {
    connection.require_file();
    connection.execute("begin");
    try {
        SqliteTransaction transaction(connection);
        closure(transaction);
        const bool left_open = transaction.finish();
        require(!left_open, "no result outlives its transaction");
    } catch (...) {
        if (!connection.idle()) connection.execute("rollback");
        throw;
    }
    connection.execute("commit");
}

class SqliteDatabase final : public Database {
 public:
    SqliteDatabase(const std::filesystem::path& file, const SqliteOptions& options)
        : writer_(std::make_unique<Connection>(file, options, Access::write), options.background),
          readers_(file, options) {}

    [[nodiscard]] Dialect dialect() const override { return Dialect::sqlite; }
    void submit(std::function<bool(Transaction&)> closure,
                std::function<void(std::exception_ptr)> on_done) override {
        writer_.submit(std::move(closure), std::move(on_done));
    }

 protected:
    void run_write(const std::function<bool(Transaction&)>& closure) override {
        require(!readers_.lent_to_this_thread(), "no write inside a closure of the same database");
        writer_.write(closure);
    }
    void run_read(const std::function<void(Transaction&)>& closure) override {
        require(!writer_.on_writer_thread() && !readers_.lent_to_this_thread(),
                "no read inside a closure of the same database");
        std::unique_ptr<Connection> connection = readers_.borrow();
        try {
            run_snapshot(*connection, closure);
        } catch (...) {
            // Whatever went wrong, the connection is whole again unless the rollback failed.
            readers_.give_back(connection->idle() ? std::move(connection) : nullptr);
            throw;
        }
        readers_.give_back(std::move(connection));
    }

 private:
    GroupWriter writer_;
    ReaderPool readers_;
};

}  // namespace
}  // namespace sqlite

std::unique_ptr<Database> open_sqlite(const std::filesystem::path& file, const SqliteOptions& options) {
    return std::make_unique<sqlite::SqliteDatabase>(file, options);
}

}  // namespace lianxin::store
