#include "http/filters.hpp"

#include <algorithm>
#include <cmath>

#include "base/crypto.hpp"
#include "http/api.hpp"

namespace lianxin::http {
namespace {

bool is_write(const Request& request) {
    return request.method == Method::post || request.method == Method::put ||
           request.method == Method::patch || request.method == Method::del;
}

// Whoever signed in or proved a receipt has keys of their own. A stranger's key that cannot be guessed stands
// for itself, so that a phone which changes networks between two tries still gets its first answer; a short
// one is its address's.
std::string scope_of(const Request& request) {
    constexpr std::size_t unguessable = 20;
    if (!request.scope.empty()) return request.scope;
    if (request.idempotency->key.size() >= unguessable) return "anyone";
    return "address:" + hex(BytesView(sha256(as_bytes(request.remote_address))).first(16));
}

}  // namespace

Filter replay_stored_answers(FindAnswer find) {
    return [find = std::move(find)](Request& request) -> std::optional<Response> {
        if (!request.idempotency) return {};
        request.idempotency->scope = scope_of(request);
        const auto found = find(*request.idempotency);
        if (!found) return {};
        if (found->other_content) return respond(problem(422, "same_key_with_other_content"));
        Response again = respond_json(found->status, found->body);
        again.headers.emplace_back("Idempotency-Replayed", "true");
        return again;
    };
}

RateLimit::RateLimit(const Clock& clock, Rate rate, std::size_t most_names)
    : clock_(clock), rate_(rate), most_names_(most_names) {}

std::optional<std::chrono::seconds> RateLimit::take(const std::string& name) {
    const Instant now = clock_.now();
    const std::lock_guard lock(mutex_);
    auto found = buckets_.find(name);
    if (found == buckets_.end()) {
        if (buckets_.size() >= most_names_) {
            buckets_.erase(by_use_.back());
            by_use_.pop_back();
        }
        by_use_.push_front(name);
        found = buckets_.emplace(name, Bucket{rate_.burst, now, by_use_.begin()}).first;
    }
    Bucket& bucket = found->second;
    by_use_.splice(by_use_.begin(), by_use_, bucket.used);
    // A clock that jumped back gives nothing and takes nothing.
    const double passed = std::max(0.0, static_cast<double>((now - bucket.at).count()));
    const double per_micro = rate_.per_minute / static_cast<double>(micros_per_minute);
    bucket.tokens = std::min(rate_.burst, bucket.tokens + passed * per_micro);
    bucket.at = now;
    if (bucket.tokens >= 1) {
        bucket.tokens -= 1;
        return {};
    }
    const double seconds = (1 - bucket.tokens) / per_micro / static_cast<double>(micros_per_second);
    return std::chrono::seconds(static_cast<std::int64_t>(std::ceil(seconds)));
}

std::optional<std::string> strangers_only(const Request& request) {
    if (!request.scope.empty()) return {};
    return request.remote_address;
}

Filter limit_writes(std::shared_ptr<RateLimit> limit, CountedWriter writer,
                    std::vector<std::string_view> only_ask) {
    return [limit = std::move(limit), writer = std::move(writer),
            only_ask = std::move(only_ask)](Request& request) -> std::optional<Response> {
        if (!is_write(request)) return {};
        if (std::find(only_ask.begin(), only_ask.end(), request.path) != only_ask.end()) return {};
        const auto name = writer(request);
        if (!name) return {};
        const auto wait = limit->take(*name);
        if (!wait) return {};
        Problem refused = problem(429, "too_many_requests");
        refused.headers.emplace_back("Retry-After", std::to_string(wait->count()));
        return respond(refused);
    };
}

}  // namespace lianxin::http
