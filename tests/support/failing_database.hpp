// tests/support/failing_database.hpp — a database whose N-th call fails, once. A scenario runs with N = 1, 2,
// … until it succeeds; after each failure everything is there or nothing.
#pragma once

#include <atomic>
#include <functional>

#include "store/transaction.hpp"

namespace lianxin::support {

class FailingDatabase final : public store::Database {
 public:
    // Counted calls: begin of a transaction, every query, execute and fetch of a row, and the commit of a
    // write.
    explicit FailingDatabase(store::Database& below) : below_(below) {}
    // The n-th call from now (1 = the next) throws StoreFault{io}; 0: none.
    void fail_call(std::int64_t n) {
        left_ = n;
        failed_ = false;
    }
    [[nodiscard]] bool failed() const { return failed_; }

    [[nodiscard]] store::Dialect dialect() const override { return below_.dialect(); }

    void count_call();  // for the decorated transaction

 protected:
    void run_write(const std::function<bool(store::Transaction&)>& closure) override;
    void run_read(const std::function<void(store::Transaction&)>& closure) override;

 private:
    store::Database& below_;
    std::atomic<std::int64_t> left_{0};
    std::atomic<bool> failed_{false};
};

// Runs `scenario` with the 1st, 2nd, … storage call failing until it runs through; after each failure calls
// `check`, which must find nothing half done. Answers how many calls there were.
int fail_each_call(FailingDatabase& database, const std::function<void()>& scenario,
                   const std::function<void()>& check);

}  // namespace lianxin::support
