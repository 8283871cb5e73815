#include "http/worker_pool.hpp"

#include "base/background.hpp"

namespace lianxin::http {

WorkerPool::WorkerPool(int workers, std::size_t waiting_most) : waiting_most_(waiting_most) {
    for (int i = 0; i < workers; ++i) threads_.emplace_back([this] { work(); });
}

WorkerPool::~WorkerPool() {
    finish();
}

bool WorkerPool::submit(std::function<void()> job) {
    std::size_t before = 0;
    {
        const std::lock_guard lock(mutex_);
        before = waiting_.size();
        if (finishing_ || before >= waiting_most_) return false;
        waiting_.push_back(std::move(job));
    }
    wake_after(before);
    return true;
}

void WorkerPool::come_back(std::function<void()> job) {
    std::size_t before = 0;
    {
        const std::lock_guard lock(mutex_);
        before = waiting_.size();
        waiting_.push_front(std::move(job));  // half done already: before those that have not begun
    }
    wake_after(before);
}

void WorkerPool::meanwhile(std::function<void()> job) {
    bool first = false;
    {
        const std::lock_guard lock(mutex_);
        if (meanwhile_.size() >= waiting_most_) return;
        first = nothing_waits();
        meanwhile_.push_back(std::move(job));
    }
    if (first) some_.notify_one();
}

std::shared_ptr<void> WorkerPool::expect() {
    ++expected_;
    return {this, [](WorkerPool* pool) { pool->expect_less(); }};
}

void WorkerPool::expect_less() {
    if (--expected_ != 0 || !finishing_) return;
    { const std::lock_guard lock(mutex_); }  // whoever saw more expected is asleep by now
    some_.notify_all();
}

void WorkerPool::wake_after(std::size_t waiting_before) {
    if (waiting_before == 0) some_.notify_one();
}

void WorkerPool::finish() {
    {
        const std::lock_guard lock(mutex_);
        finishing_ = true;
    }
    some_.notify_all();
    for (std::thread& thread : threads_) thread.join();
    threads_.clear();
}

void WorkerPool::work() {
    call_this_thread("worker");
    for (;;) {
        std::function<void()> job;
        bool more = false;
        {
            std::unique_lock lock(mutex_);
            some_.wait(lock, [this] { return (finishing_ && expected_ == 0) || !nothing_waits(); });
            if (nothing_waits()) return;
            auto& from = waiting_.empty() ? meanwhile_ : waiting_;
            job = std::move(from.front());
            from.pop_front();
            more = !nothing_waits();
        }
        if (more) some_.notify_one();
        job();
    }
}

}  // namespace lianxin::http
