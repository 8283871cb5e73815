#include "journal/erasure.hpp"

#include <algorithm>

#include "journal/field_parts.hpp"
#include "store/transaction.hpp"

namespace lianxin::journal {
namespace {

// What is deleted must not linger in the file's free pages.
void overwrite_deleted(store::Transaction& tx) {
    if (tx.dialect() == store::Dialect::sqlite) (void)tx.value<std::int64_t>("pragma secure_delete=on");
}

void list_erasure(store::Transaction& tx, const FieldErasure& erasure) {
    tx.send(
        "insert into erasure (kind, key_id, chain_kind, chain_id, seq, field, erased_at) "
        "values ('field', 0, $1, $2, $3, $4, $5) on conflict do nothing",
        erasure.chain.kind, erasure.chain.id, erasure.seq, erasure.field, erasure.erased_at);
}

void list_erasure(store::Transaction& tx, KeyId key, Instant now) {
    tx.send(
        "insert into erasure (kind, key_id, chain_kind, chain_id, seq, field, erased_at) "
        "values ('key', $1, '', 0, 0, '', $2) on conflict do nothing",
        key, now);
}

struct ChangedPart {
    std::int64_t key = 0;
    std::optional<Bytes> before;  // what it was made of: another erasure in between would otherwise be undone
    std::optional<Bytes> content;  // nothing: the whole part goes
};

// The part without these fields; nothing when it holds none of them.
std::optional<ChangedPart> without(const SealedEntry& entry, const PreparedEntry::Part& part,
                                   const std::vector<std::string>& names, KeyRing& keys) {
    const std::string context = part_context(entry.id);
    const ChangedPart gone{part.key ? part.key->value() : 0, part.content, std::nullopt};
    std::optional<Bytes> plain = part.content;
    if (part.key) {
        plain = keys.unseal(*part.key, part.content, context);
        if (!plain && !keys.exists(*part.key)) return gone;
    }
    auto fields = plain ? unpack_salted(*plain) : std::nullopt;
    if (!fields) throw Fault("fields of an entry of the record are damaged; run the audit");
    const auto erased = std::remove_if(fields->begin(), fields->end(), [&](const SaltedField& field) {
        return std::find(names.begin(), names.end(), field.name) != names.end();
    });
    if (erased == fields->end()) return {};
    fields->erase(erased, fields->end());
    if (fields->empty()) return gone;
    Bytes content = packed(*fields);
    if (part.key) content = keys.seal(*part.key, content, context);
    return ChangedPart{gone.key, part.content, std::move(content)};
}

bool save(store::Transaction& tx, EntryId entry, const ChangedPart& part) {
    if (!part.content) {
        return tx.execute("delete from entry_field where entry = $1 and sealed_with = $2 and content = $3",
                          entry, part.key, part.before) > 0;
    }
    return tx.execute(
               "update entry_field set content = $4 where entry = $1 and sealed_with = $2 and content = $3",
               entry, part.key, part.before, part.content) > 0;
}

// One attempt; false when somebody changed the same entry's fields meanwhile.
bool try_to_erase(store::Database& database, KeyRing& keys, const Chain& chain, std::int64_t seq,
                  const std::vector<std::string>& names, Instant now) {
    const std::vector<SealedEntry> found =
        database.read([&](store::Transaction& tx) { return load_chain(tx, chain, seq - 1, 1); });
    std::vector<ChangedPart> changed;
    if (!found.empty() && parse_header(found.front().header).value_or(Header{}).seq == seq) {
        for (const PreparedEntry::Part& part : found.front().parts) {
            if (auto change = without(found.front(), part, names, keys))
                changed.push_back(*std::move(change));
        }
    }
    return database
        .write([&](store::Transaction& tx) -> Result<bool, bool> {
            overwrite_deleted(tx);
            for (const std::string& name : names) list_erasure(tx, FieldErasure{chain, seq, name, now});
            for (const ChangedPart& part : changed) {
                if (!save(tx, found.front().id, part)) return fail(false);
            }
            return true;
        })
        .has_value();
}

}  // namespace

void erase_fields(store::Database& database, KeyRing& keys, const Chain& chain, std::int64_t seq,
                  const std::vector<std::string>& names, Instant now) {
    // The ring's list first: if the machine stops in between, the next restore still erases what was asked
    // for.
    for (const std::string& name : names) keys.remember({chain, seq, name, now});
    while (!try_to_erase(database, keys, chain, seq, names, now)) {
    }
}

void erase_key(store::Database& database, KeyRing& keys, KeyId key, Instant now) {
    database.write([&](store::Transaction& tx) { list_erasure(tx, key, now); });
    keys.erase(key, now);
}

std::int64_t apply_erasures(store::Database& database, KeyRing& keys, Instant now) {
    std::vector<KeyId> listed_keys;
    std::vector<FieldErasure> listed_fields;
    database.read([&](store::Transaction& tx) {
        listed_keys.clear();
        listed_fields.clear();
        for (store::Row row : tx.query("select key_id from erasure where kind = 'key' order by key_id")) {
            listed_keys.push_back(row.get<KeyId>(0));
        }
        for (store::Row row : tx.query("select chain_kind, chain_id, seq, field, erased_at from erasure "
                                       "where kind = 'field' order by chain_kind, chain_id, seq, field")) {
            listed_fields.push_back({{row.get<std::string>(0), row.get<std::int64_t>(1)},
                                     row.get<std::int64_t>(2),
                                     row.get<std::string>(3),
                                     row.get<Instant>(4)});
        }
    });
    std::int64_t again = 0;
    // The keys' store was restored: keys on the data's list are back.
    for (const KeyId key : listed_keys) {
        if (!keys.exists(key)) continue;
        keys.erase(key, now);
        ++again;
    }
    for (const FieldErasure& field : listed_fields) keys.remember(field);
    // The data was restored: fields on the ring's list are back.
    for (const FieldErasure& field : keys.erased_fields()) {
        if (std::find(listed_fields.begin(), listed_fields.end(), field) != listed_fields.end()) continue;
        erase_fields(database, keys, field.chain, field.seq, {field.field}, field.erased_at);
        ++again;
    }
    const std::vector<KeyId> erased = keys.erased_keys();
    database.write([&](store::Transaction& tx) {
        for (const KeyId key : erased) list_erasure(tx, key, now);
    });
    return again;
}

}  // namespace lianxin::journal
