#include "tests/support/failing_database.hpp"

namespace lianxin::support {

namespace {

class FailingColumns final : public store::Columns {
 public:
    FailingColumns(FailingDatabase& database, std::unique_ptr<store::Columns> below)
        : database_(database), below_(std::move(below)) {}
    bool next() override {
        database_.count_call();
        return below_->next();
    }
    [[nodiscard]] bool is_null(int column) const override { return below_->is_null(column); }
    [[nodiscard]] std::int64_t integer(int column) const override { return below_->integer(column); }
    [[nodiscard]] double real(int column) const override { return below_->real(column); }
    [[nodiscard]] std::string_view text(int column) const override { return below_->text(column); }
    [[nodiscard]] BytesView bytes(int column) const override { return below_->bytes(column); }

 private:
    FailingDatabase& database_;
    std::unique_ptr<store::Columns> below_;
};

class FailingTransaction final : public store::Transaction {
 public:
    FailingTransaction(FailingDatabase& database, store::Transaction& below)
        : database_(database), below_(below) {}
    [[nodiscard]] store::Dialect dialect() const override { return below_.dialect(); }

 protected:
    std::unique_ptr<store::Columns> open(std::string_view sql,
                                         std::span<const store::Param> values) override {
        database_.count_call();
        return std::make_unique<FailingColumns>(database_, below_.open_erased(sql, values));
    }
    std::int64_t run(std::string_view sql, std::span<const store::Param> values) override {
        database_.count_call();
        return below_.execute_with(sql, values);
    }
    void post(std::string_view sql, std::span<const store::Param> values) override {
        database_.count_call();
        below_.send_with(sql, values);
    }
    void expect(std::string_view sql, std::span<const store::Param> values) override {
        below_.expect_erased(sql, values);
    }

 private:
    FailingDatabase& database_;
    store::Transaction& below_;
};

}  // namespace

void FailingDatabase::count_call() {
    if (left_ <= 0 || --left_ != 0) return;
    failed_ = true;
    throw store::StoreFault(store::FaultKind::io, "the storage call chosen by the test failed");
}

void FailingDatabase::run_write(const std::function<bool(store::Transaction&)>& closure) {
    count_call();
    below_.write_erased([&](store::Transaction& tx) {
        FailingTransaction failing(*this, tx);
        const bool keep = closure(failing);
        if (keep) count_call();  // the commit
        return keep;
    });
}

void FailingDatabase::run_read(const std::function<void(store::Transaction&)>& closure) {
    count_call();
    below_.read_erased([&](store::Transaction& tx) {
        FailingTransaction failing(*this, tx);
        closure(failing);
    });
}

int fail_each_call(FailingDatabase& database, const std::function<void()>& scenario,
                   const std::function<void()>& check) {
    for (int n = 1;; ++n) {
        database.fail_call(n);
        try {
            scenario();
        } catch (const store::StoreFault&) {
            if (!database.failed()) throw;  // a real fault, not the chosen one
        }
        const bool ran_through = !database.failed();
        database.fail_call(0);
        if (ran_through) return n - 1;
        check();
    }
}

}  // namespace lianxin::support
