// main/rounds.hpp — work that comes round: clocks, followers, the signed head, sweeping. Each round has a
// thread of its own and goes on after a fault, which is logged; stopping waits for the round under way.
#pragma once

#include <chrono>
#include <condition_variable>
#include <functional>
#include <mutex>
#include <string>
#include <thread>

namespace lianxin {

class Round {
 public:
    // `work` answers whether there is more to do at once.
    enum class Haste { beside_requests, behind_them };
    Round(std::string name, std::chrono::milliseconds every, std::function<bool()> work,
          Haste haste = Haste::beside_requests);
    ~Round();  // stops
    Round(const Round&) = delete;
    Round& operator=(const Round&) = delete;
    void stop();

 private:
    void run(const std::stop_token& stop);
    [[nodiscard]] bool once();

    std::string name_;
    std::chrono::milliseconds every_;
    std::function<bool()> work_;
    std::mutex mutex_;
    std::condition_variable_any wake_;
    std::string last_fault_;  // logged once, not every second
    std::jthread thread_;
};

}  // namespace lianxin
