// identity/password_service.hpp — argon2id takes 64 MiB and 70 ms: at most two at a time, a short queue, and
// busy beyond it, so that a storm of sign-ins costs neither the memory nor the workers that take in requests.
#pragma once

#include <condition_variable>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>

#include "base/crypto.hpp"

namespace lianxin::identity {

class PasswordPool {
 public:
    explicit PasswordPool(int at_once = 2, int waiting = 16, PasswordCost cost = {});
    // Nothing: too many are waiting.
    [[nodiscard]] std::optional<std::string> hash(std::string_view password);
    // `hash` empty: there is no such account; the same time passes, and the answer is no.
    [[nodiscard]] std::optional<bool> matches(std::string_view hash, std::string_view password);

 private:
    class Turn;
    std::mutex mutex_;
    std::condition_variable free_;
    int at_once_, waiting_most_;
    int running_ = 0, waiting_ = 0;
    PasswordCost cost_;
};

}  // namespace lianxin::identity
