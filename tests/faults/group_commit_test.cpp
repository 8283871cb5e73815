// The failure paths of a group: one job's rollback, one job's own end of the transaction, a commit that
// fails.
#include <latch>
#include <memory>
#include <vector>

#include "tests/support/power_cut_vfs.hpp"
#include "tests/support/test_database.hpp"

namespace lianxin::store {
namespace {

enum class Outcome { open, durable, failed };

// Holds the writer in a job of its own until all others have been handed over, so that they form one group.
class Group {
 public:
    explicit Group(Database& database) : database_(database) {
        database_.submit(
            [this](Transaction&) {
                holding_.count_down();
                release_.wait();
                return true;
            },
            [](std::exception_ptr) {});
        holding_.wait();
    }
    void add(std::function<bool(Transaction&)> job) {
        jobs_.push_back(std::make_unique<Job>());
        Job& mine = *jobs_.back();
        database_.submit(
            [&mine, job = std::move(job)](Transaction& tx) {
                ++mine.runs;
                return job(tx);
            },
            [&mine](std::exception_ptr fault) {
                mine.outcome = fault ? Outcome::failed : Outcome::durable;
                mine.done.count_down();
            });
    }
    void run() {
        release_.count_down();
        for (const auto& job : jobs_) job->done.wait();
    }
    [[nodiscard]] std::vector<Outcome> outcomes() const {
        std::vector<Outcome> all;
        for (const auto& job : jobs_) all.push_back(job->outcome);
        return all;
    }
    [[nodiscard]] int runs(std::size_t job) const { return jobs_[job]->runs; }

 private:
    struct Job {
        std::latch done{1};
        Outcome outcome = Outcome::open;
        int runs = 0;
    };
    Database& database_;
    std::latch holding_{1};
    std::latch release_{1};
    std::vector<std::unique_ptr<Job>> jobs_;
};

std::function<bool(Transaction&)> insert(std::int64_t id, bool keep = true) {
    return [id, keep](Transaction& tx) {
        tx.execute("insert into note (id) values ($1)", id);
        return keep;
    };
}

class GroupCommit : public testing::Test {
 protected:
    GroupCommit() {
        SqliteOptions options;
        options.vfs = vfs_.name();
        database_ = open_sqlite("/county.db", options);
        database_->write([](Transaction& tx) { tx.execute("create table note (id integer primary key)"); });
    }
    std::vector<std::int64_t> notes() {
        return database_->read([](Transaction& tx) {
            std::vector<std::int64_t> ids;
            for (const Row row : tx.query("select id from note order by id"))
                ids.push_back(row.get<std::int64_t>(0));
            return ids;
        });
    }
    support::PowerCutVfs vfs_{1};
    std::unique_ptr<Database> database_;
};
using Ids = std::vector<std::int64_t>;

TEST_F(GroupCommit, undoes_only_what_failed_or_refused) {
    Group group(*database_);
    group.add(insert(1));
    group.add(insert(1));  // the same key
    group.add(insert(2, false));
    group.add(insert(3));
    group.add([](Transaction& tx) -> bool {
        tx.execute("delete from note");
        throw std::runtime_error("after a change");
    });
    group.run();
    using enum Outcome;
    EXPECT_EQ(group.outcomes(), (std::vector{durable, failed, durable, durable, failed}));
    EXPECT_EQ(notes(), (Ids{1, 3}));
}

TEST_F(GroupCommit, runs_each_job_once_when_nothing_has_to_be_undone) {
    Group group(*database_);
    group.add(insert(1));
    group.add([](Transaction& tx) {  // refuses before it changed anything
        return tx.value<int>("select count(*) from note where id = 1") == 0;
    });
    group.add(insert(3));
    group.run();
    EXPECT_EQ(group.outcomes(), (std::vector(3, Outcome::durable)));
    for (const std::size_t job : {0U, 1U, 2U}) EXPECT_EQ(group.runs(job), 1);
    EXPECT_EQ(notes(), (Ids{1, 3}));
}

TEST_F(GroupCommit, runs_the_others_again_when_one_has_to_be_undone) {
    Group group(*database_);
    group.add(insert(1));
    group.add(insert(2, false));
    group.add(insert(3));
    group.run();
    EXPECT_EQ(group.outcomes(), (std::vector(3, Outcome::durable)));
    EXPECT_EQ(group.runs(0), 2);
    EXPECT_EQ(group.runs(2), 1);
    EXPECT_EQ(notes(), (Ids{1, 3}));
}

TEST_F(GroupCommit, runs_the_others_again_when_one_ends_the_transaction) {
    Group group(*database_);
    group.add(insert(1));
    group.add([](Transaction& tx) {
        tx.execute("rollback");  // as SQLite itself does on some errors of the disk
        return true;
    });
    group.add(insert(3));
    group.run();
    using enum Outcome;
    EXPECT_EQ(group.outcomes(), (std::vector{durable, failed, durable}));
    EXPECT_EQ(group.runs(0), 2);
    EXPECT_EQ(notes(), (Ids{1, 3}));
}

TEST_F(GroupCommit, fails_as_a_whole_when_its_commit_fails_and_the_writer_recovers) {
    Group group(*database_);
    group.add(insert(1));
    group.add(insert(2));
    group.add(insert(3, false));  // refused by rows that were never there
    vfs_.fill_disk(true);
    group.run();
    using enum Outcome;
    EXPECT_EQ(group.outcomes(), (std::vector{failed, failed, failed}));
    EXPECT_TRUE(notes().empty());
    vfs_.fill_disk(false);
    database_->write([](Transaction& tx) { tx.execute("insert into note (id) values (9)"); });
    EXPECT_EQ(notes(), (Ids{9}));
}

TEST_F(GroupCommit, finishes_what_was_handed_over_before_it_closes) {
    std::atomic<int> durable{0};
    for (int id = 0; id < 50; ++id)
        database_->submit(insert(id), [&](std::exception_ptr fault) { durable += fault ? 0 : 1; });
    database_.reset();
    EXPECT_EQ(durable, 50);
}

}  // namespace
}  // namespace lianxin::store
