// store/outbox_courier.hpp — the loop that empties the outbox: claim, send outside any transaction, settle.
// How a message is rendered and over which channel it goes is the caller's; the courier knows leases and
// patience only.
#pragma once

#include <chrono>
#include <condition_variable>
#include <functional>
#include <mutex>
#include <string>
#include <thread>

#include "store/outbox.hpp"

namespace lianxin::store {

enum class SendVerdict { sent, try_later, refused };
struct SendOutcome {
    SendVerdict verdict = SendVerdict::sent;
    std::string reason;  // for the operator, without address or text
};
using SendMessage = std::function<SendOutcome(const ClaimedMessage&)>;  // an exception counts as try_later

struct CourierOptions {
    std::string channel;  // empty: all
    int batch = 32;
    std::chrono::microseconds lease = std::chrono::minutes(5);
    std::chrono::milliseconds look_every = std::chrono::seconds(5);  // when nobody pokes
    int max_attempts = 20;                                           // then the message has failed
};

// 30 s doubling to 6 h, spread by ±20 %: `spread` in [0, 1).
[[nodiscard]] std::chrono::microseconds retry_delay(int attempts, double spread);

class OutboxCourier {
 public:
    // `spread` yields numbers in [0, 1) (randomness comes from outside).
    OutboxCourier(Database& database, const Clock& clock, SendMessage send, std::function<double()> spread,
                  CourierOptions options = {});
    ~OutboxCourier();
    OutboxCourier(const OutboxCourier&) = delete;
    OutboxCourier& operator=(const OutboxCourier&) = delete;

    // One round on the caller's thread; answers how many messages were tried.
    std::size_t deliver_due();
    void start();  // a thread of its own, until stop() or the end
    void stop();
    void poke();  // something was enqueued: look now

 private:
    void settle(const ClaimedMessage& message, const SendOutcome& outcome);
    void run(const std::stop_token& stop);

    Database& database_;
    const Clock& clock_;
    SendMessage send_;
    std::function<double()> spread_;
    CourierOptions options_;
    std::mutex mutex_;
    std::condition_variable_any wake_;
    bool poked_ = false;
    std::jthread thread_;
};

}  // namespace lianxin::store
