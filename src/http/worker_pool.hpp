// http/worker_pool.hpp — threads for what blocks: a bounded queue in front of a fixed number of workers.
// Where the queue is full, the asker is told so at once instead of waiting behind everybody else. A job that
// would only wait for something (a commit) leaves instead, and comes back when that is there.
#pragma once

#include <atomic>
#include <condition_variable>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <thread>
#include <vector>

namespace lianxin::http {

class WorkerPool {
 public:
    WorkerPool(int workers, std::size_t waiting_most);
    ~WorkerPool();  // finishes what was taken
    WorkerPool(const WorkerPool&) = delete;
    WorkerPool& operator=(const WorkerPool&) = delete;
    // False: too much is waiting. The job must not throw.
    [[nodiscard]] bool submit(std::function<void()> job);
    // The rest of a job that left: taken whatever is waiting.
    void come_back(std::function<void()> job);
    // What somebody will need soon, done while nothing else waits; left out where that never is, so whoever
    // needs it must be able to do it then.
    void meanwhile(std::function<void()> job);
    // As long as somebody holds one of these, more may come back, and finish() waits for it.
    [[nodiscard]] std::shared_ptr<void> expect();
    void finish();

 private:
    void work();
    void expect_less();
    // Whoever puts a job where none waits wakes one worker, and whoever takes one that leaves others behind
    // wakes the next: a thread that brings many jobs at once (the writer, when a group is done) wakes one.
    void wake_after(std::size_t waiting_before);
    [[nodiscard]] bool nothing_waits() const { return waiting_.empty() && meanwhile_.empty(); }
    std::mutex mutex_;
    std::condition_variable some_;
    std::deque<std::function<void()>> waiting_;
    std::deque<std::function<void()>> meanwhile_;
    std::size_t waiting_most_;
    std::atomic<std::size_t> expected_{0};
    std::atomic<bool> finishing_{false};
    std::vector<std::thread> threads_;
};

}  // namespace lianxin::http
