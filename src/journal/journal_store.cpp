#include <algorithm>
#include <map>

#include "journal/field_parts.hpp"
#include "journal/journal.hpp"
#include "journal/key_ring.hpp"
#include "store/transaction.hpp"

namespace lianxin::journal {
namespace {

bool is_field_name(std::string_view name) {
    return !name.empty() && name.size() <= 255 && std::all_of(name.begin(), name.end(), [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_' || c == '.' || c == '-';
    });
}

std::vector<const NewField*> in_name_order(const std::vector<NewField>& fields) {
    std::vector<const NewField*> sorted;
    sorted.reserve(fields.size());
    for (const NewField& field : fields) {
        require(is_field_name(field.name), "a field's name is lower case letters, digits, dots, dashes");
        sorted.push_back(&field);
    }
    std::sort(sorted.begin(), sorted.end(),
              [](const NewField* a, const NewField* b) { return a->name < b->name; });
    const auto twice =
        std::adjacent_find(sorted.begin(), sorted.end(),
                           [](const NewField* a, const NewField* b) { return a->name == b->name; });
    require(twice == sorted.end(), "an entry has each field once");
    return sorted;
}

// One draw for nonce and all salts: the kernel is asked once per entry.
class Randomness {
 public:
    explicit Randomness(std::size_t size) : bytes_(random_bytes(size)) {}
    Salt next() {
        Salt taken{};
        std::copy_n(bytes_.begin() + static_cast<std::ptrdiff_t>(used_), taken.size(), taken.begin());
        used_ += taken.size();
        return taken;
    }

 private:
    Bytes bytes_;
    std::size_t used_ = 0;
};

// On SQLite the one writer gives the position with the insert; on PostgreSQL sequence() does, after the
// commit.
constexpr std::string_view insert_with_position =
    "insert into entry (id, chain_kind, chain_id, seq, recorded_at, pos, hash, header, commitments) values "
    "($1, $2, $3, $4, $5, (select coalesce(max(pos), 0) + 1 from entry), $6, $7, $8)";
constexpr std::string_view insert_unsequenced =
    "insert into entry (id, chain_kind, chain_id, seq, recorded_at, hash, header, commitments) values "
    "($1, $2, $3, $4, $5, $6, $7, $8)";

SealedEntry read_row(const store::Row& row) {
    return {.id = row.get<EntryId>(0),
            .pos = row.get<std::optional<std::int64_t>>(1),
            .hash = row.get<Digest>(2),
            .header = row.get<Bytes>(3),
            .commitments = row.get<Bytes>(4),
            .parts = {}};
}

// `rows` are entries in some order, `parts` the parts of exactly these entries in any order.
std::vector<SealedEntry> joined(store::Rows rows, const std::function<store::Rows()>& parts) {
    std::vector<SealedEntry> entries;
    std::map<EntryId, std::size_t> places;
    for (store::Row row : rows) {
        entries.push_back(read_row(row));
        places.emplace(entries.back().id, entries.size() - 1);
    }
    { const store::Rows spent = std::move(rows); }  // at most one result is open at a time
    if (entries.empty()) return entries;
    store::Rows found = parts();
    for (store::Row row : found) {
        const auto place = places.find(row.get<EntryId>(0));
        if (place == places.end()) continue;
        const auto key = row.get<std::int64_t>(1);
        entries[place->second].parts.push_back(
            {key == 0 ? std::nullopt : std::optional<KeyId>(KeyId(key)), row.get<Bytes>(2)});
    }
    return entries;
}

}  // namespace

PreparedEntry prepare(const NewEntry& entry, KeyRing& keys) {
    const std::vector<const NewField*> sorted = in_name_order(entry.fields);
    Randomness randomness((sorted.size() + 1) * std::tuple_size_v<Salt>);
    std::vector<CommittedField> committed;
    committed.reserve(sorted.size());
    std::map<std::int64_t, std::vector<SaltedField>> by_key;
    for (const NewField* field : sorted) {
        const Salt salt = randomness.next();
        const std::int64_t key = field->sealed_with ? field->sealed_with->value() : 0;
        committed.push_back({{field->name, commitment(field->name, salt, field->value)}, key});
        by_key[key].push_back({field->name, salt, field->value});
    }

    PreparedEntry prepared;
    prepared.id = entry.id;
    prepared.header.chain = entry.chain;
    prepared.header.kind = entry.kind;
    prepared.header.version = entry.version;
    prepared.header.workflow = entry.workflow;
    prepared.header.happened_at = entry.happened_at;
    prepared.header.nonce = randomness.next();
    prepared.header.fields = fields_root(commitments_of(committed));
    prepared.commitments = packed(committed);
    for (const auto& [key, fields] : by_key) {
        Bytes content = packed(fields);
        if (key == 0) {
            prepared.parts.push_back({std::nullopt, std::move(content)});
        } else {
            prepared.parts.push_back({KeyId(key), keys.seal(KeyId(key), content, part_context(entry.id))});
        }
    }
    return prepared;
}

namespace {

constexpr std::string_view chain_entries =
    "select id, pos, hash, header, commitments from entry where chain_kind = $1 and chain_id = $2 and seq > "
    "$3 "
    "order by seq limit $4";
constexpr std::string_view chain_fields =
    "select f.entry, f.sealed_with, f.content from entry_field f where f.entry in (select id from entry "
    "where "
    "chain_kind = $1 and chain_id = $2 and seq > $3 order by seq limit $4) order by f.entry, f.sealed_with";
constexpr std::string_view one_entry = "select id, pos, hash, header, commitments from entry where id = $1";
constexpr std::string_view fields_of_one =
    "select entry, sealed_with, content from entry_field where entry = $1 order by sealed_with";
constexpr std::string_view last_of_chain =
    "select seq, hash, recorded_at from entry where chain_kind = $1 and chain_id = $2 order by seq desc "
    "limit 1";

}  // namespace

void announce_chain(store::Transaction& tx, const Chain& chain, std::int64_t after, int limit) {
    tx.ahead(chain_entries, chain.kind, chain.id, after, limit);
    tx.ahead(chain_fields, chain.kind, chain.id, after, limit);
}

void announce_entry(store::Transaction& tx, EntryId id) {
    tx.ahead(one_entry, id);
    tx.ahead(fields_of_one, id);
}

void announce_head(store::Transaction& tx, const Chain& chain) {
    tx.ahead(last_of_chain, chain.kind, chain.id);
}

std::optional<Head> head_of(store::Transaction& tx, const Chain& chain) {
    for (store::Row row : tx.query(last_of_chain, chain.kind, chain.id)) {
        return Head{row.get<std::int64_t>(0), row.get<Digest>(1), row.get<Instant>(2)};
    }
    return {};
}

namespace {

Header in_its_place(const PreparedEntry& entry, Instant now, const Head& head) {
    Header header = entry.header;
    header.seq = head.seq + 1;
    header.previous = head.hash;
    header.recorded_at = std::max(now, head.recorded_at);
    return header;
}

}  // namespace

Digest opening_hash(const PreparedEntry& entry, Instant now) {
    return entry_hash(canonical(in_its_place(entry, now, new_chain)));
}

Stored append(store::Transaction& tx, const PreparedEntry& entry, Instant now,
              const std::optional<Head>& known) {
    const Head head = known ? *known : head_of(tx, entry.header.chain).value_or(new_chain);
    Stored stored{entry.id, in_its_place(entry, now, head), {}};
    const Bytes header = canonical(stored.header);
    stored.hash = entry_hash(header);
    tx.send(tx.dialect() == store::Dialect::sqlite ? insert_with_position : insert_unsequenced, entry.id,
            stored.header.chain.kind, stored.header.chain.id, stored.header.seq, stored.header.recorded_at,
            stored.hash, header, entry.commitments);
    for (const PreparedEntry::Part& part : entry.parts) {
        tx.send("insert into entry_field (entry, sealed_with, content) values ($1, $2, $3)", entry.id,
                part.key ? part.key->value() : 0, part.content);
    }
    return stored;
}

std::vector<SealedEntry> load_chain(store::Transaction& tx, const Chain& chain, std::int64_t after,
                                    int limit) {
    announce_chain(tx, chain, after, limit);
    return joined(tx.query(chain_entries, chain.kind, chain.id, after, limit),
                  [&] { return tx.query(chain_fields, chain.kind, chain.id, after, limit); });
}

std::optional<SealedEntry> load_entry(store::Transaction& tx, EntryId id) {
    announce_entry(tx, id);
    auto found = joined(tx.query(one_entry, id), [&] { return tx.query(fields_of_one, id); });
    if (found.empty()) return {};
    return std::move(found.front());
}

Entry unseal(const SealedEntry& sealed, KeyRing& keys) {
    const std::optional<Header> header = parse_header(sealed.header);
    const auto committed = unpack_commitments(sealed.commitments);
    if (!header || !committed) throw Fault("an entry of the record is damaged; run the audit");
    Entry entry{sealed.id, sealed.pos, *header, sealed.hash, {}};

    std::map<std::string, std::string, std::less<>> values;
    for (const PreparedEntry::Part& part : sealed.parts) {
        std::optional<Bytes> plain;
        if (part.key) {
            plain = keys.unseal(*part.key, part.content, part_context(sealed.id));
            if (!plain && !keys.exists(*part.key)) continue;  // erased with its key
        } else {
            plain = part.content;
        }
        auto fields = plain ? unpack_salted(*plain) : std::nullopt;
        if (!fields) throw Fault("fields of an entry of the record are damaged; run the audit");
        for (SaltedField& field : *fields)
            values.insert_or_assign(std::move(field.name), std::move(field.value));
    }
    for (const CommittedField& field : *committed) {
        const auto value = values.find(field.commitment.name);
        const bool is_sealed = field.sealed_with != 0;
        if (value != values.end()) {
            entry.fields.push_back({field.commitment.name, std::move(value->second),
                                    is_sealed ? FieldState::unsealed : FieldState::open});
        } else {
            const bool by_key = is_sealed && !keys.exists(KeyId(field.sealed_with));
            entry.fields.push_back(
                {field.commitment.name, {}, by_key ? FieldState::key_erased : FieldState::erased});
        }
    }
    return entry;
}

std::vector<Entry> read_chain(store::Database& database, const Chain& chain, KeyRing& keys,
                              std::int64_t after, int limit) {
    const std::vector<SealedEntry> sealed =
        database.read([&](store::Transaction& tx) { return load_chain(tx, chain, after, limit); });
    std::vector<Entry> entries;
    entries.reserve(sealed.size());
    for (const SealedEntry& entry : sealed) entries.push_back(unseal(entry, keys));
    return entries;
}

std::int64_t last_position(store::Transaction& tx) {
    return tx.value<std::int64_t>("select coalesce(max(pos), 0) from entry").value_or(0);
}

}  // namespace lianxin::journal
