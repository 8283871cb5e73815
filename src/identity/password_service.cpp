#include "identity/password_service.hpp"

namespace lianxin::identity {

// A place among those at work; none when too many wait already.
class PasswordPool::Turn {
 public:
    explicit Turn(PasswordPool& pool) : pool_(pool) {
        std::unique_lock lock(pool_.mutex_);
        if (pool_.running_ >= pool_.at_once_ && pool_.waiting_ >= pool_.waiting_most_) return;
        ++pool_.waiting_;
        pool_.free_.wait(lock, [this] { return pool_.running_ < pool_.at_once_; });
        --pool_.waiting_;
        ++pool_.running_;
        taken_ = true;
    }
    ~Turn() {
        if (!taken_) return;
        {
            const std::lock_guard lock(pool_.mutex_);
            --pool_.running_;
        }
        pool_.free_.notify_one();
    }
    Turn(const Turn&) = delete;
    Turn& operator=(const Turn&) = delete;
    [[nodiscard]] bool taken() const { return taken_; }

 private:
    PasswordPool& pool_;
    bool taken_ = false;
};

PasswordPool::PasswordPool(int at_once, int waiting, PasswordCost cost)
    : at_once_(at_once), waiting_most_(waiting), cost_(cost) {}

std::optional<std::string> PasswordPool::hash(std::string_view password) {
    const Turn turn(*this);
    if (!turn.taken()) return {};
    return hash_password(password, cost_);
}

std::optional<bool> PasswordPool::matches(std::string_view hash, std::string_view password) {
    const Turn turn(*this);
    if (!turn.taken()) return {};
    if (!hash.empty()) return password_matches(hash, password);
    // No such account: as much work as if there were one, so that time does not tell.
    (void)hash_password(password, cost_);
    return false;
}

}  // namespace lianxin::identity
