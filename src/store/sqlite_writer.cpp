#include "store/sqlite_writer.hpp"

namespace lianxin::store::sqlite {

namespace {

// Group numbers wrap around; a waiter is at most one group behind.
bool reached(std::uint32_t finished, std::uint32_t wanted) {
    return static_cast<std::int32_t>(finished - wanted) >= 0;
}

}  // namespace

GroupWriter::GroupWriter(std::unique_ptr<Connection> connection) : connection_(std::move(connection)) {
    thread_ = std::thread([this] { run(); });
}

GroupWriter::~GroupWriter() {
    {
        const std::scoped_lock lock(mutex_);
        stopping_ = true;
    }
    filled_.notify_one();
    thread_.join();
}

std::uint32_t GroupWriter::enqueue(Job& job) {
    std::uint32_t number = 0;
    bool first = false;
    {
        const std::scoped_lock lock(mutex_);
        first = queue_.empty();
        queue_.push_back(&job);
        number = gathering_;
    }
    if (first) filled_.notify_one();
    return number;
}

void GroupWriter::write(const std::function<bool(Transaction&)>& closure) {
    require(!on_writer_thread(), "no write inside a closure of the same database");
    Job job;
    job.closure = &closure;
    const std::uint32_t number = enqueue(job);
    std::atomic<std::uint32_t>& finished = finished_[number % 2];
    for (std::uint32_t seen = finished.load(); !reached(seen, number); seen = finished.load())
        finished.wait(seen);
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

void GroupWriter::run() {
    Group group;
    while (take(group)) {
        try {
            commit(group);
        } catch (...) {
            for (Job* job : group) job->fault = std::current_exception();
        }
        announce(group);
        group.clear();
    }
}

bool GroupWriter::take(Group& group) {
    {
        std::unique_lock lock(mutex_);
        filled_.wait(lock, [&] { return stopping_ || !queue_.empty(); });
        if (queue_.empty()) return false;
    }
    gather();
    const std::scoped_lock lock(mutex_);
    group.swap(queue_);
    ++gathering_;
    last_size_ = group.size();
    return true;
}

// The producers of the group just announced are about to come back. Setting off with the first of them alone
// would cost the others a whole fsync more, so the writer steps aside as long as the queue still grows
// towards the last group's size.
void GroupWriter::gather() {
    std::size_t before = 0;
    for (int quiet = 0; quiet < 3;) {
        std::size_t now = 0;
        {
            const std::scoped_lock lock(mutex_);
            now = queue_.size();
        }
        if (now >= last_size_) return;
        quiet = now == before ? quiet + 1 : 0;
        before = now;
        std::this_thread::yield();
    }
}

void GroupWriter::commit(const Group& group) {
    Group jobs = group;
    connection_->require_file();
    for (;;) {
        const std::size_t done = run_jobs(jobs);
        if (done == jobs.size()) break;
        // That job's error made SQLite roll back everything: it fails, the others run again without it.
        jobs.erase(jobs.begin() + static_cast<Group::difference_type>(done));
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

// Answers the index of the job that ended the transaction, or the number of jobs.
std::size_t GroupWriter::run_jobs(const Group& jobs) {
    connection_->execute("begin immediate");
    for (std::size_t i = 0; i < jobs.size(); ++i) {
        try {
            run_job(*jobs[i]);
        } catch (...) {  // the savepoint itself failed
            if (!jobs[i]->fault) jobs[i]->fault = std::current_exception();
            roll_back();
        }
        if (connection_->idle()) return i;
    }
    return jobs.size();
}

void GroupWriter::run_job(Job& job) {
    job.fault = nullptr;
    connection_->execute("savepoint job");
    bool keep = false;
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
    }
    if (connection_->idle()) {
        if (!job.fault) job.fault = std::make_exception_ptr(StoreFault(FaultKind::io, "SQLite rolled back"));
        return;
    }
    if (!keep) connection_->execute("rollback to job");
    connection_->execute("release job");
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
    std::uint32_t number = 0;
    {
        const std::scoped_lock lock(mutex_);
        number = gathering_ - 1;
    }
    for (Job* job : group) {
        if (!job->on_done) continue;
        const std::unique_ptr<Job> owned(job);
        owned->on_done(owned->fault);
    }
    // From here on the waiters' jobs are gone.
    finished_[number % 2].store(number);
    finished_[number % 2].notify_all();
}

}  // namespace lianxin::store::sqlite
