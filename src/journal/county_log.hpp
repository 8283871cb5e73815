// journal/county_log.hpp — the public log of the county: every entry's hash in one RFC 6962 tree, in order of
// pos, with heads signed by the county. Whoever keeps a head can later be shown that nothing before it was
// altered or taken out.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/crypto.hpp"
#include "journal/follower.hpp"

namespace lianxin::journal {

// The first follower. Keeps the leaves in tiles of 256 and every node above that is complete.
class CountyLog final : public Follower {
 public:
    [[nodiscard]] std::string_view name() const override { return "county_log"; }
    void follow(store::Transaction& tx, std::span<const FollowedEntry> entries) override;
};

struct LogHead {
    std::string county;  // code or name the county signs under
    std::uint64_t size = 0;
    Digest root{};
    Instant signed_at;
    Signature signature{};
};
// What is signed: "lianxin log head 1\ncounty: …\nsize: …\nroot: hex\nsigned_at: RFC 3339 UTC\n".
[[nodiscard]] std::string statement(const LogHead& head);
[[nodiscard]] bool head_holds(const LogHead& head, BytesView open_key);

// Signs and keeps a head for what the log holds now; the one kept already when nothing was added since.
LogHead publish_head(store::Database& database, KeyRing& keys, const std::string& county, Instant now);
[[nodiscard]] std::optional<LogHead> latest_head(store::Transaction& tx);
[[nodiscard]] std::optional<LogHead> head_of_size(store::Transaction& tx, std::uint64_t size);

[[nodiscard]] std::uint64_t log_size(store::Transaction& tx);
[[nodiscard]] Digest log_root(store::Transaction& tx, std::uint64_t size);  // size ≤ log_size

struct Inclusion {
    std::uint64_t index = 0;
    std::uint64_t size = 0;
    std::vector<Digest> path;
};
// Nothing when the log does not hold the hash within its first `size` leaves.
[[nodiscard]] std::optional<Inclusion> prove_inclusion(store::Transaction& tx, const Digest& entry_hash,
                                                       std::uint64_t size);
// Nothing unless 0 < from ≤ size ≤ log_size.
[[nodiscard]] std::optional<std::vector<Digest>> prove_consistency(store::Transaction& tx, std::uint64_t from,
                                                                   std::uint64_t size);

}  // namespace lianxin::journal
