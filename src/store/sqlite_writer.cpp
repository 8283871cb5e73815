#include "store/sqlite_writer.hpp"

#include <linux/futex.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <climits>
#include <ctime>

#include "base/background.hpp"

namespace lianxin::store::sqlite {

namespace {

constexpr timespec a_rest{2, 0};  // whoever is not asked for so long gives its pages back
constexpr int patience = 3;       // how often the writer steps aside without anybody coming
constexpr std::uint32_t waiting = 0;
constexpr std::uint32_t asleep = 1;
constexpr std::uint32_t done = 2;

// std::atomic::wait would yield several times before it sleeps, and every wait here is as long as an fsync.
void sleep_while(const std::atomic<std::uint32_t>& word, std::uint32_t seen,
                 const timespec* at_most = nullptr) {
    ::syscall(SYS_futex, &word, FUTEX_WAIT_PRIVATE, seen, at_most, nullptr, 0);
}
void wake(const std::atomic<std::uint32_t>& word) {
    ::syscall(SYS_futex, &word, FUTEX_WAKE_PRIVATE, 1, nullptr, nullptr, 0);
}

}  // namespace

GroupWriter::GroupWriter(std::unique_ptr<Connection> connection, bool background)
    : connection_(std::move(connection)) {
    thread_ = std::thread([this, background] { run(background); });
}

GroupWriter::~GroupWriter() {
    stopping_ = true;
    if (asleep_.exchange(0) == 1) wake(asleep_);
    thread_.join();
}

void GroupWriter::enqueue(Job& job) {
    job.before = newest_.load(std::memory_order_relaxed);
    while (!newest_.compare_exchange_weak(job.before, &job)) {
    }
    if (asleep_.load() == 1 && asleep_.exchange(0) == 1) wake(asleep_);
}

void GroupWriter::write(const std::function<bool(Transaction&)>& closure) {
    require(!on_writer_thread(), "no write inside a closure of the same database");
    Job job;
    job.closure = &closure;
    enqueue(job);
    std::uint32_t seen = waiting;
    if (job.state.compare_exchange_strong(seen, asleep)) seen = asleep;
    for (; seen != done; seen = job.state.load()) sleep_while(job.state, asleep);
    if (job.fault) std::rethrow_exception(job.fault);
}

void GroupWriter::submit(std::function<bool(Transaction&)> closure,
                         std::function<void(std::exception_ptr)> on_done) {
    auto job = std::make_unique<Job>();
    job->owned = std::move(closure);
    job->closure = &job->owned;
    job->on_done = std::move(on_done);
    enqueue(*job.release());  // deleted by announce()
}

void GroupWriter::run(bool background) {
    call_this_thread(background ? "writer behind" : "writer");
    if (background) work_in_background();
    Group group;
    std::size_t last_size = 0;
    for (;;) {
        take(group);
        if (group.empty()) {
            if (stopping_) return;
            sleep_until_filled();
            continue;
        }
        try {
            commit(group);
        } catch (...) {
            for (Job* job : group) job->fault = std::current_exception();
        }
        announce(group);
        expected_ = group.size() + last_size;
        last_size = group.size();
        group.clear();
    }
}

// The producers of the group just announced are about to come back, beside those that came while it was
// written. Setting off without them would make two half groups take turns, each with its own fsync and its
// own copy of the pages that all groups touch; so the writer steps aside as long as the queue still grows.
void GroupWriter::take(Group& group) {
    const auto drain = [&] {
        const std::size_t before = group.size();
        for (Job* job = newest_.exchange(nullptr); job != nullptr; job = job->before) group.push_back(job);
        std::reverse(group.begin() + static_cast<Group::difference_type>(before), group.end());
        return group.size() > before;
    };
    if (!drain()) return;
    for (int quiet = 0; quiet < patience && group.size() < expected_;) {
        std::this_thread::yield();
        quiet = drain() ? 0 : quiet + 1;
    }
}

void GroupWriter::sleep_until_filled() {
    asleep_ = 1;
    // A producer that pushed before it could see the writer asleep is seen here.
    if (newest_.load() == nullptr && !stopping_) {
        sleep_while(asleep_, 1, &a_rest);
        if (asleep_ == 1) connection_->give_pages_back();
        sleep_while(asleep_, 1);  // unless it was woken meanwhile
    }
    asleep_ = 0;
}

// Most groups hold nobody who fails after a change, so a group first runs without savepoints, each of which
// would copy every page its job touches. When a job has to be undone, everything is, and the group runs again
// with each job in a savepoint of its own.
void GroupWriter::commit(const Group& group) {
    Group jobs = group;
    connection_->require_file();
    for (Apart apart = Apart::no;;) {
        const Run run = run_jobs(jobs, apart);
        if (run.how == Run::How::to_the_end) break;
        if (run.how == Run::How::to_be_undone) {
            roll_back();
            if (jobs.size() == 1) return;
            apart = Apart::yes;
            continue;
        }
        // That job's error made SQLite roll back everything: it fails, the others run again without it.
        jobs.erase(jobs.begin() + static_cast<Group::difference_type>(run.job));
        if (jobs.empty()) return;
    }
    try {
        connection_->execute("commit");
    } catch (...) {
        // Refusals too: what they refused was judged by rows that were never there.
        for (Job* job : jobs) job->fault = std::current_exception();
        roll_back();
    }
}

GroupWriter::Run GroupWriter::run_jobs(const Group& jobs, Apart apart) {
    connection_->execute("begin immediate");
    for (std::size_t i = 0; i < jobs.size(); ++i) {
        bool stands = true;
        try {
            if (apart == Apart::yes) connection_->execute("savepoint job");
            stands = run_job(*jobs[i]);
            if (apart == Apart::yes && !connection_->idle()) {
                if (!stands) connection_->execute("rollback to job");
                connection_->execute("release job");
                stands = true;
            }
        } catch (...) {  // the savepoint itself failed
            if (!jobs[i]->fault) jobs[i]->fault = std::current_exception();
            roll_back();
        }
        if (connection_->idle()) return {Run::How::ended, i};
        if (!stands) return {Run::How::to_be_undone, i};
    }
    return {Run::How::to_the_end, jobs.size()};
}

// Answers false when what it changed must not be committed.
bool GroupWriter::run_job(Job& job) {
    job.fault = nullptr;
    bool keep = false;
    bool changed = false;
    {
        SqliteTransaction transaction(*connection_);
        try {
            keep = (*job.closure)(transaction);
            const bool left_open = transaction.finish();
            require(!left_open, "no result outlives its transaction");
            require(!keep || !transaction.broken(), "nothing is committed after a statement has failed");
        } catch (...) {
            job.fault = std::current_exception();
            keep = false;
        }
        changed = transaction.may_have_changed();
    }
    if (connection_->idle() && !job.fault)
        job.fault = std::make_exception_ptr(StoreFault(FaultKind::io, "SQLite rolled back"));
    return keep || !changed;
}

void GroupWriter::roll_back() {
    if (connection_->idle()) return;
    try {
        connection_->execute("rollback");
    } catch (const StoreFault&) {
        // Nothing is left to do: the next `begin immediate` says whether the connection still works.
    }
}

void GroupWriter::announce(const Group& group) {
    for (Job* job : group) {
        if (job->on_done) {
            const std::unique_ptr<Job> owned(job);
            owned->on_done(owned->fault);
            continue;
        }
        // Once it is done, the job may be gone; its address still serves to wake whoever slept on it.
        std::atomic<std::uint32_t>& state = job->state;
        if (state.exchange(done) == asleep) wake(state);
    }
}

}  // namespace lianxin::store::sqlite
