// http/filters.hpp — what stands before every handler and knows nothing of the town: replay of stored
// answers, the limit on writes.
#pragma once

#include <chrono>
#include <functional>
#include <list>
#include <mutex>
#include <optional>
#include <string>
#include <unordered_map>

#include "base/time.hpp"
#include "http/message.hpp"

namespace lianxin::http {

struct FoundAnswer {
    int status = 200;
    std::string body;
    bool other_content = false;  // the key was used for another request
};
// Looks the key up in the store; nothing when it is new. May block.
using FindAnswer = std::function<std::optional<FoundAnswer>(const Idempotency&)>;
// Comes after the filter that authenticates. A key that was answered gets that answer again, marked
// `Idempotency-Replayed: true`; the same key with other content is refused (422 same_key_with_other_content).
[[nodiscard]] Filter replay_stored_answers(FindAnswer find);

// Token buckets by name (an address, an account): `burst` at once, then `per_minute`. Bounded: the longest
// unused go first.
class RateLimit {
 public:
    struct Rate {
        double burst = 60;
        double per_minute = 60;
    };
    RateLimit(const Clock& clock, Rate rate, std::size_t most_names = 100'000);
    // How long to wait when there is no token; nothing: one was taken.
    [[nodiscard]] std::optional<std::chrono::seconds> take(const std::string& name);

 private:
    struct Bucket {
        double tokens;
        Instant at;
        std::list<std::string>::iterator used;
    };
    const Clock& clock_;
    Rate rate_;
    std::size_t most_names_;
    std::mutex mutex_;
    std::list<std::string> by_use_;  // most recent first
    std::unordered_map<std::string, Bucket> buckets_;
};
// Who is counted for a write, by name; nothing: not counted at all.
using CountedWriter = std::function<std::optional<std::string>(const Request&)>;
// Whom no filter has named (Request::scope is empty) is counted by address.
[[nodiscard]] std::optional<std::string> strangers_only(const Request& request);
// Writes are counted per writer: 429 with Retry-After. `only_ask`: paths of POST routes that write nothing.
[[nodiscard]] Filter limit_writes(std::shared_ptr<RateLimit> limit, CountedWriter writer,
                                  std::vector<std::string_view> only_ask = {});

}  // namespace lianxin::http
