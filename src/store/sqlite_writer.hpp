// store/sqlite_writer.hpp — the one thread that writes: it takes whatever jobs have gathered, runs each in a
// savepoint of one transaction, and commits them with one fsync. While the disk works, the next group
// gathers. A job that throws or refuses fails alone; a commit that fails fails its whole group, and the
// writer goes on.
#pragma once

#include <array>
#include <atomic>
#include <condition_variable>
#include <exception>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

#include "store/sqlite_transaction.hpp"

namespace lianxin::store::sqlite {

class GroupWriter {
 public:
    explicit GroupWriter(std::unique_ptr<Connection> connection);
    ~GroupWriter();  // finishes what was handed over
    GroupWriter(const GroupWriter&) = delete;
    GroupWriter& operator=(const GroupWriter&) = delete;

    // Returns when the closure's group is on disk; throws what the closure or the commit threw.
    void write(const std::function<bool(Transaction&)>& closure);
    void submit(std::function<bool(Transaction&)> closure, std::function<void(std::exception_ptr)> on_done);
    [[nodiscard]] bool on_writer_thread() const { return std::this_thread::get_id() == thread_.get_id(); }

 private:
    struct Job {
        const std::function<bool(Transaction&)>* closure = nullptr;
        std::exception_ptr fault;
        // Of a job nobody waits for:
        std::function<bool(Transaction&)> owned;
        std::function<void(std::exception_ptr)> on_done;
    };
    using Group = std::vector<Job*>;

    std::uint32_t enqueue(Job& job);
    void run();
    bool take(Group& group);
    void gather();
    void commit(const Group& group);
    [[nodiscard]] std::size_t run_jobs(const Group& jobs);
    void run_job(Job& job);
    void roll_back();
    void announce(const Group& group);

    std::unique_ptr<Connection> connection_;
    std::mutex mutex_;
    std::condition_variable filled_;
    Group queue_;
    std::uint32_t gathering_ = 1;  // the number of the group that is in the queue
    std::size_t last_size_ = 0;
    bool stopping_ = false;
    // The number of the last finished group of even and of odd number: a group wakes its own waiters with one
    // system call and leaves those of the next, which wait on the other word, asleep.
    std::array<std::atomic<std::uint32_t>, 2> finished_{};
    std::thread thread_;
};

}  // namespace lianxin::store::sqlite
