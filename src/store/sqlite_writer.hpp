// store/sqlite_writer.hpp — the one thread that writes: it takes whatever jobs have gathered, runs them in
// one transaction, and commits them with one fsync. While the disk works, the next group gathers. A job that
// throws or refuses fails alone, the others run again; a commit that fails fails its whole group, and the
// writer goes on.
#pragma once

#include <atomic>
#include <exception>
#include <functional>
#include <thread>
#include <vector>

#include "store/sqlite_transaction.hpp"

namespace lianxin::store::sqlite {

class GroupWriter {
 public:
    GroupWriter(std::unique_ptr<Connection> connection, bool background);
    ~GroupWriter();  // finishes what was handed over
    GroupWriter(const GroupWriter&) = delete;
    GroupWriter& operator=(const GroupWriter&) = delete;

    // Returns when the closure's group is on disk; throws what the closure or the commit threw.
    void write(const std::function<bool(Transaction&)>& closure);
    void submit(std::function<bool(Transaction&)> closure, std::function<void(std::exception_ptr)> on_done);
    [[nodiscard]] bool on_writer_thread() const { return std::this_thread::get_id() == thread_.get_id(); }

 private:
    // Lives on its producer's stack while that waits; a submitted one is owned by the queue.
    struct Job {
        const std::function<bool(Transaction&)>* closure = nullptr;
        std::exception_ptr fault;
        Job* before = nullptr;                // in the queue
        std::atomic<std::uint32_t> state{0};  // waiting, asleep, done: a futex
        // Of a job nobody waits for:
        std::function<bool(Transaction&)> owned;
        std::function<void(std::exception_ptr)> on_done;
    };
    using Group = std::vector<Job*>;

    void enqueue(Job& job);
    void run(bool background);
    void take(Group& group);
    void sleep_until_filled();
    void commit(const Group& group);
    enum class Apart { no, yes };  // each job in a savepoint of its own
    // How far a group went, and the job that stopped it.
    struct Run {
        enum class How { to_the_end, to_be_undone, ended } how;
        std::size_t job;
    };
    [[nodiscard]] Run run_jobs(const Group& jobs, Apart apart);
    [[nodiscard]] bool run_job(Job& job);
    void roll_back();
    static void announce(const Group& group);

    std::unique_ptr<Connection> connection_;
    // Producers push without a lock: 64 of them come back at once when a group is done, and would queue for
    // it.
    std::atomic<Job*> newest_{nullptr};
    std::atomic<std::uint32_t> asleep_{0};  // the writer's own futex
    std::atomic<bool> stopping_{false};
    std::size_t expected_ = 0;  // as many as the last two groups held
    std::thread thread_;
};

}  // namespace lianxin::store::sqlite
