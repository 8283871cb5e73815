#include "main/rounds.hpp"

#include <spdlog/spdlog.h>

#include <exception>
#include <utility>

#include "base/background.hpp"

namespace lianxin {

Round::Round(std::string name, std::chrono::milliseconds every, std::function<bool()> work, Haste haste)
    : name_(std::move(name)), every_(every), work_(std::move(work)) {
    thread_ = std::jthread([this, haste](const std::stop_token& stop) {
        call_this_thread(name_);
        if (haste == Haste::behind_them) work_in_background();
        run(stop);
    });
}

Round::~Round() {
    stop();
}

void Round::stop() {
    thread_.request_stop();
    if (thread_.joinable()) thread_.join();
}

bool Round::once() {
    try {
        const bool more = work_();
        if (!last_fault_.empty()) spdlog::info("{} works again", name_);
        last_fault_.clear();
        return more;
    } catch (const std::exception& fault) {
        if (last_fault_ != fault.what()) spdlog::error("{}: {}", name_, fault.what());
        last_fault_ = fault.what();
        return false;
    }
}

void Round::run(const std::stop_token& stop) {
    while (!stop.stop_requested()) {
        if (once()) continue;
        std::unique_lock lock(mutex_);
        wake_.wait_for(lock, stop, every_, [] { return false; });
    }
}

}  // namespace lianxin
