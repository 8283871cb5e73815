#include "store/outbox_courier.hpp"

#include <cmath>

namespace lianxin::store {

std::chrono::microseconds retry_delay(int attempts, double spread) {
    constexpr double first_s = 30;
    constexpr double longest_s = 6 * 3600;
    const double base = std::min(first_s * std::exp2(std::max(0, attempts - 1)), longest_s);
    return std::chrono::microseconds(static_cast<std::int64_t>(base * (0.8 + 0.4 * spread) * 1e6));
}

OutboxCourier::OutboxCourier(Database& database, const Clock& clock, SendMessage send,
                             std::function<double()> spread, CourierOptions options)
    : database_(database),
      clock_(clock),
      send_(std::move(send)),
      spread_(std::move(spread)),
      options_(std::move(options)) {}

OutboxCourier::~OutboxCourier() {
    stop();
}

std::size_t OutboxCourier::deliver_due() {
    const std::vector<ClaimedMessage> messages = database_.write([&](Transaction& tx) {
        return claim_messages(tx, options_.channel, options_.batch, clock_.now(), options_.lease);
    });
    for (const ClaimedMessage& message : messages) {
        // The batch may have taken longer than the lease: what may have passed to another worker is left to
        // it.
        if (clock_.now() >= message.lease_until) continue;
        SendOutcome outcome;
        try {
            outcome = send_(message);
        } catch (const std::exception&) {
            outcome = {SendVerdict::try_later, "the sender failed"};  // its text might carry an address
        }
        settle(message, outcome);
    }
    return messages.size();
}

void OutboxCourier::settle(const ClaimedMessage& message, const SendOutcome& outcome) {
    const Instant now = clock_.now();
    const Instant next_try = now + retry_delay(message.attempts, spread_());
    database_.write([&](Transaction& tx) {
        if (outcome.verdict == SendVerdict::sent) return settle_sent(tx, message, now);
        if (outcome.verdict == SendVerdict::refused || message.attempts >= options_.max_attempts)
            return settle_failed(tx, message, outcome.reason, now);
        return settle_retry(tx, message, outcome.reason, next_try);
    });
}

void OutboxCourier::start() {
    require(!thread_.joinable(), "a courier runs once");
    thread_ = std::jthread([this](const std::stop_token& token) { run(token); });
}

void OutboxCourier::stop() {
    thread_.request_stop();
    if (thread_.joinable()) thread_.join();
}

void OutboxCourier::poke() {
    {
        const std::scoped_lock lock(mutex_);
        poked_ = true;
    }
    wake_.notify_one();
}

void OutboxCourier::run(const std::stop_token& stop) {
    while (!stop.stop_requested()) {
        std::size_t tried = 0;
        try {
            tried = deliver_due();
        } catch (const Fault&) {
            // The store is away; the leases run out and the rows are found again.
        }
        if (tried > 0) continue;
        std::unique_lock lock(mutex_);
        wake_.wait_for(lock, stop, options_.look_every, [&] { return poked_; });
        poked_ = false;
    }
}

}  // namespace lianxin::store
