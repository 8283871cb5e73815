#include <algorithm>
#include <atomic>
#include <list>
#include <mutex>
#include <unordered_map>

#include "journal/key_ring.hpp"
#include "store/transaction.hpp"

namespace lianxin::journal {
namespace {

constexpr std::size_t spare_batch = 512;
constexpr std::size_t spare_low_mark = 256;
// How long a key that another process erased may still be used from this one's memory.
constexpr std::int64_t unseen_erasure_most_ms = 1000;

constexpr std::string_view root_purpose = "root";
constexpr std::string_view signing_purpose = "signing";

std::string key_context(KeyId key) {
    return "resident_key:" + key.text();
}
std::string ring_context(std::string_view purpose) {
    return "ring_key:" + std::string(purpose);
}

std::optional<SecretKey> as_key(const std::optional<Bytes>& bytes) {
    SecretKey key{};
    if (!bytes || bytes->size() != key.size()) return {};
    std::copy(bytes->begin(), bytes->end(), key.begin());
    return key;
}

// What is deleted must not linger in the file's free pages.
void overwrite_deleted(store::Transaction& tx) {
    if (tx.dialect() == store::Dialect::sqlite) (void)tx.value<std::int64_t>("pragma secure_delete=on");
}

struct NamedKey {
    KeyId id;
    SecretKey secret{};
};

// The keys used last, unwrapped. A key erased while another thread was still fetching it must not slip back
// in: that is what the generation is for.
class KeyCache {
 public:
    explicit KeyCache(std::size_t capacity) : capacity_(std::max<std::size_t>(capacity, 1)) {}

    std::optional<SecretKey> find(KeyId id) {
        const std::scoped_lock lock(mutex_);
        const auto found = places_.find(id.value());
        if (found == places_.end()) return {};
        keys_.splice(keys_.begin(), keys_, found->second);
        return found->second->secret;
    }
    std::uint64_t generation() {
        const std::scoped_lock lock(mutex_);
        return generation_;
    }
    void put(const NamedKey& key, std::uint64_t seen_generation) {
        const std::scoped_lock lock(mutex_);
        if (seen_generation != generation_ || places_.contains(key.id.value())) return;
        keys_.push_front(key);
        places_.emplace(key.id.value(), keys_.begin());
        if (keys_.size() <= capacity_) return;
        places_.erase(keys_.back().id.value());
        keys_.pop_back();
    }
    void forget(KeyId id) {
        const std::scoped_lock lock(mutex_);
        ++generation_;
        const auto found = places_.find(id.value());
        if (found == places_.end()) return;
        keys_.erase(found->second);
        places_.erase(found);
    }
    void forget_all() {
        const std::scoped_lock lock(mutex_);
        ++generation_;
        keys_.clear();
        places_.clear();
    }

 private:
    std::mutex mutex_;
    std::size_t capacity_;
    std::uint64_t generation_ = 0;
    std::list<NamedKey> keys_;
    std::unordered_map<std::int64_t, std::list<NamedKey>::iterator> places_;
};

// The ring's own key of this purpose, made when absent. `on conflict` lets two servers starting at once agree
// on one.
SecretKey ring_key(store::Database& database, const SecretKey& wrapping, std::string_view purpose) {
    constexpr std::string_view select = "select wrapped from ring_key where purpose = $1";
    auto stored = database.read([&](store::Transaction& tx) { return tx.value<Bytes>(select, purpose); });
    if (!stored) {
        const Bytes wrapped = seal(wrapping, random_key(), ring_context(purpose));
        stored = database.write([&](store::Transaction& tx) {
            tx.send("insert into ring_key (purpose, wrapped) values ($1, $2) on conflict do nothing", purpose,
                    wrapped);
            return tx.value<Bytes>(select, purpose);
        });
    }
    const std::optional<SecretKey> key =
        stored ? as_key(unseal(wrapping, *stored, ring_context(purpose))) : std::nullopt;
    if (!key)
        throw Fault("the master key does not open this key ring; put back the master key it was made with");
    return *key;
}

}  // namespace

struct KeyRing::State {
    State(store::Database& keys, const SecretKey& master, IdSource& ids_in, const Clock& clock_in,
          std::size_t cached)
        : database(keys),
          ids(ids_in),
          clock(clock_in),
          wrapping(derive_key(master, "lianxin.keys.wrapping")),
          root(ring_key(keys, wrapping, root_purpose)),
          blind(derive_key(root, "blind_index")),
          signing(SigningKey::from_seed(ring_key(keys, wrapping, signing_purpose))),
          cache(cached) {}

    std::optional<NamedKey> take_spare() {
        const std::scoped_lock lock(spare_mutex);
        if (spare.empty()) return {};
        const NamedKey key = spare.back();
        spare.pop_back();
        return key;
    }
    std::size_t spare_count() {
        const std::scoped_lock lock(spare_mutex);
        return spare.size();
    }
    // One thread makes the next batch while the others go on taking what is left.
    void make_spares(bool wait) {
        std::unique_lock refilling(refill_mutex, std::defer_lock);
        if (wait) {
            refilling.lock();
        } else if (!refilling.try_lock()) {
            return;
        }
        if (spare_count() >= spare_low_mark) return;
        std::vector<NamedKey> made(spare_batch);
        std::vector<Bytes> wrapped;
        wrapped.reserve(made.size());
        for (NamedKey& key : made) {
            key = {ids.next<KeyNoun>(clock.now().millis()), random_key()};
            wrapped.push_back(lianxin::seal(wrapping, key.secret, key_context(key.id)));
        }
        database.write([&](store::Transaction& tx) {
            for (std::size_t i = 0; i < made.size(); ++i) {
                tx.send("insert into resident_key (id, wrapped) values ($1, $2)", made[i].id, wrapped[i]);
            }
        });
        const std::scoped_lock lock(spare_mutex);
        spare.insert(spare.end(), made.begin(), made.end());
    }

    // Another process on the same store may have erased a key that is kept here.
    void look_for_erasures() {
        const std::int64_t now = clock.now().millis();
        std::int64_t last = looked_ms.load();
        if (now >= last && now - last < unseen_erasure_most_ms) return;
        if (!looked_ms.compare_exchange_strong(last, now)) return;  // another thread looks
        const auto count = database.read([](store::Transaction& tx) {
            return tx.value<std::int64_t>("select count(*) from erasure where kind = 'key'").value_or(0);
        });
        if (erasures.exchange(count) != count) cache.forget_all();
    }

    // Nothing when the key is erased or was never made.
    std::optional<SecretKey> find(KeyId id) {
        look_for_erasures();
        if (const auto cached = cache.find(id)) return cached;
        const std::uint64_t generation = cache.generation();
        const auto wrapped = database.read([&](store::Transaction& tx) {
            return tx.value<std::optional<Bytes>>("select wrapped from resident_key where id = $1", id);
        });
        if (!wrapped || !*wrapped) return {};
        const std::optional<SecretKey> secret = as_key(lianxin::unseal(wrapping, **wrapped, key_context(id)));
        if (!secret) throw Fault("a resident's key was altered in the keys' store");
        cache.put({id, *secret}, generation);
        return secret;
    }

    store::Database& database;
    IdSource& ids;
    const Clock& clock;
    SecretKey wrapping, root, blind;
    SigningKey signing;
    KeyCache cache;
    std::atomic<std::int64_t> looked_ms{0};
    std::atomic<std::int64_t> erasures{0};
    std::mutex refill_mutex;
    std::mutex spare_mutex;
    std::vector<NamedKey> spare;
};

KeyRing::KeyRing(store::Database& keys, const SecretKey& master, IdSource& ids, const Clock& clock,
                 std::size_t cached_keys)
    : state_(std::make_unique<State>(keys, master, ids, clock, cached_keys)) {}
KeyRing::~KeyRing() = default;

KeyId KeyRing::create() {
    std::optional<NamedKey> key = state_->take_spare();
    if (!key || state_->spare_count() < spare_low_mark) state_->make_spares(!key);
    while (!key) {
        key = state_->take_spare();
        if (!key) state_->make_spares(true);
    }
    state_->cache.put(*key, state_->cache.generation());
    return key->id;
}

bool KeyRing::exists(KeyId key) {
    return state_->find(key).has_value();
}

void KeyRing::erase(KeyId key, Instant now) {
    state_->database.write([&](store::Transaction& tx) {
        overwrite_deleted(tx);
        tx.send(
            "update resident_key set wrapped = null, erased_at = $2 where id = $1 and wrapped is not null",
            key, now);
        tx.send(
            "insert into erasure (kind, key_id, chain_kind, chain_id, seq, field, erased_at) "
            "values ('key', $1, '', 0, 0, '', $2) on conflict do nothing",
            key, now);
    });
    state_->cache.forget(key);
}

void KeyRing::remember(const FieldErasure& erasure) {
    state_->database.write([&](store::Transaction& tx) {
        tx.send(
            "insert into erasure (kind, key_id, chain_kind, chain_id, seq, field, erased_at) "
            "values ('field', 0, $1, $2, $3, $4, $5) on conflict do nothing",
            erasure.chain.kind, erasure.chain.id, erasure.seq, erasure.field, erasure.erased_at);
    });
}

std::vector<FieldErasure> KeyRing::erased_fields() {
    return state_->database.read([](store::Transaction& tx) {
        std::vector<FieldErasure> list;
        for (store::Row row : tx.query("select chain_kind, chain_id, seq, field, erased_at from erasure "
                                       "where kind = 'field' order by chain_kind, chain_id, seq, field")) {
            list.push_back({{row.get<std::string>(0), row.get<std::int64_t>(1)},
                            row.get<std::int64_t>(2),
                            row.get<std::string>(3),
                            row.get<Instant>(4)});
        }
        return list;
    });
}

std::vector<KeyId> KeyRing::erased_keys() {
    return state_->database.read([](store::Transaction& tx) {
        std::vector<KeyId> list;
        for (store::Row row : tx.query("select key_id from erasure where kind = 'key' order by key_id")) {
            list.push_back(row.get<KeyId>(0));
        }
        return list;
    });
}

Bytes KeyRing::seal(KeyId key, BytesView plain, std::string_view context) {
    const std::optional<SecretKey> secret = state_->find(key);
    if (!secret) throw Fault("what is to be sealed belongs to a key that is erased");
    return lianxin::seal(*secret, plain, context);
}

Bytes KeyRing::seal(KeyId key, std::string_view plain, std::string_view context) {
    return seal(key, as_bytes(plain), context);
}

std::optional<Bytes> KeyRing::unseal(KeyId key, BytesView sealed, std::string_view context) {
    const std::optional<SecretKey> secret = state_->find(key);
    if (!secret) return {};
    return lianxin::unseal(*secret, sealed, context);
}

std::optional<std::string> KeyRing::unseal_text(KeyId key, BytesView sealed, std::string_view context) {
    const std::optional<Bytes> plain = unseal(key, sealed, context);
    if (!plain) return {};
    return std::string(as_text(*plain));
}

Digest KeyRing::blind_index(std::string_view purpose, std::string_view normalised) const {
    return keyed_hash(derive_key(state_->blind, purpose), as_bytes(normalised));
}

SecretKey KeyRing::purpose_key(std::string_view purpose) const {
    return derive_key(state_->root, "purpose:" + std::string(purpose));
}

Signature KeyRing::sign(BytesView message) const {
    return lianxin::sign(state_->signing, message);
}
const std::array<std::uint8_t, 32>& KeyRing::open_key() const {
    return state_->signing.open;
}

}  // namespace lianxin::journal
