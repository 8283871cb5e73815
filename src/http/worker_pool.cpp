#include "http/worker_pool.hpp"

namespace lianxin::http {

WorkerPool::WorkerPool(int workers, std::size_t waiting_most) : waiting_most_(waiting_most) {
    for (int i = 0; i < workers; ++i) threads_.emplace_back([this] { work(); });
}

WorkerPool::~WorkerPool() {
    finish();
}

bool WorkerPool::submit(std::function<void()> job) {
    {
        const std::lock_guard lock(mutex_);
        if (finishing_ || waiting_.size() >= waiting_most_) return false;
        waiting_.push_back(std::move(job));
    }
    some_.notify_one();
    return true;
}

void WorkerPool::come_back(std::function<void()> job) {
    {
        const std::lock_guard lock(mutex_);
        waiting_.push_front(std::move(job));  // half done already: before those that have not begun
    }
    some_.notify_one();
}

std::shared_ptr<void> WorkerPool::expect() {
    {
        const std::lock_guard lock(mutex_);
        ++expected_;
    }
    return {this, [](WorkerPool* pool) { pool->expect_less(); }};
}

void WorkerPool::expect_less() {
    const std::lock_guard lock(mutex_);
    --expected_;
    if (finishing_ && expected_ == 0) some_.notify_all();
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
    for (;;) {
        std::function<void()> job;
        {
            std::unique_lock lock(mutex_);
            some_.wait(lock, [this] { return (finishing_ && expected_ == 0) || !waiting_.empty(); });
            if (waiting_.empty()) return;
            job = std::move(waiting_.front());
            waiting_.pop_front();
        }
        job();
    }
}

}  // namespace lianxin::http
