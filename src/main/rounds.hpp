// main/rounds.hpp — work that comes round: clocks, followers, the signed head, sweeping. Each round has a
// thread of its own and goes on after a fault, which is logged; stopping waits for the round under way.
#pragma once

#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <functional>
#include <mutex>
#include <string>
#include <thread>

namespace lianxin {

// Whether so much comes in that what can wait should: more than `many` since it was asked before.
class Flood {
 public:
    explicit Flood(std::int64_t many) : many_(many) {}
    // `so_far`: how many there are by now.
    [[nodiscard]] bool goes_on(std::int64_t so_far) {
        const bool much = seen_ >= 0 && so_far - seen_ > many_;
        seen_ = so_far;
        return much;
    }

 private:
    std::int64_t many_;
    std::int64_t seen_ = -1;  // never asked
};

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
