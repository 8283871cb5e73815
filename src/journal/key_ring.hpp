// journal/key_ring.hpp — the keys of the county in a store of their own (keys.db), wrapped by the master key:
// one key per resident, made in durable batches ahead of need, so that taking one costs no disk; erasing it
// makes everything sealed with it unreadable for ever. Blind indexes, purpose keys and the county's signing
// key hang on the same ring. Safe to use from many threads.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/bytes.hpp"
#include "base/crypto.hpp"
#include "base/time.hpp"
#include "journal/entry.hpp"

namespace lianxin::store {
class Database;
}

namespace lianxin::journal {

struct FieldErasure {
    Chain chain;
    std::int64_t seq = 0;
    std::string field;
    Instant erased_at;
    bool operator==(const FieldErasure&) const = default;
};

class KeyRing {
 public:
    // `keys` is migrated with store::key_migrations(). Makes the ring's own keys when they are absent; throws
    // Fault when `master` is not the key this ring was wrapped with. `ids` and `clock` outlive the ring.
    KeyRing(store::Database& keys, const SecretKey& master, IdSource& ids, const Clock& clock,
            std::size_t cached_keys = 4096);
    ~KeyRing();
    KeyRing(const KeyRing&) = delete;
    KeyRing& operator=(const KeyRing&) = delete;

    // A new resident's key, durable before it is handed out.
    [[nodiscard]] KeyId create();
    [[nodiscard]] bool exists(KeyId key);
    // For ever. Use erase_key() of journal/erasure.hpp, which also remembers it where a restore of keys.db
    // finds it.
    void erase(KeyId key, Instant now);
    // The ring's own list of what was erased, for a restore of the data.
    void remember(const FieldErasure& erasure);
    [[nodiscard]] std::vector<FieldErasure> erased_fields();
    [[nodiscard]] std::vector<KeyId> erased_keys();

    // XChaCha20-Poly1305 under the resident's key. `context` (table and column, say) must be the same when
    // opened again.
    [[nodiscard]] Bytes seal(KeyId key, BytesView plain, std::string_view context);
    [[nodiscard]] Bytes seal(KeyId key, std::string_view plain, std::string_view context);
    // Nothing when the key is erased or the bytes were altered.
    [[nodiscard]] std::optional<Bytes> unseal(KeyId key, BytesView sealed, std::string_view context);
    [[nodiscard]] std::optional<std::string> unseal_text(KeyId key, BytesView sealed,
                                                         std::string_view context);

    // Keyed BLAKE2b over a normalised value (a phone's digits, a folded name), so that equal values can be
    // found without being readable. `purpose` ("party.phone") keeps the indexes of two columns apart.
    [[nodiscard]] Digest blind_index(std::string_view purpose, std::string_view normalised) const;
    // A key for one purpose of the county ("matter_number", "uploads", "receipt_secret"): always the same for
    // this ring.
    [[nodiscard]] SecretKey purpose_key(std::string_view purpose) const;

    [[nodiscard]] Signature sign(BytesView message) const;
    [[nodiscard]] const std::array<std::uint8_t, 32>& open_key() const;  // Ed25519, to verify with

 private:
    struct State;
    std::unique_ptr<State> state_;
};

// 32 bytes in `file`, readable by its owner alone; made when absent. Throws Fault when the file is not such a
// key.
[[nodiscard]] SecretKey read_or_make_master_key(const std::filesystem::path& file);

}  // namespace lianxin::journal
