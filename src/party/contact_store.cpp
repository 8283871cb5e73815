#include "party/contact_store.hpp"

#include <string_view>

#include "store/batch_insert.hpp"

namespace lianxin::party {
namespace {

using store::Row;
using store::Transaction;

bool has_lookup(const Transaction& tx) {
    return tx.dialect() == store::Dialect::sqlite;
}

ContactField field_at(const Row& row, int column) {
    const auto field = contact_field(row.get<std::string_view>(column));
    require(field.has_value(), "a stored contact field is one of ours");
    return *field;
}

BlindContact blind_at(const Row& row, int column) {
    return {row.get<PartyId>(column), field_at(row, column + 1), row.get<Digest>(column + 2)};
}

void file(Transaction& tx, const std::vector<SealedContact>& contacts, Filing filing) {
    store::BatchInsert batch(tx,
                             filing == Filing::in_place ? "insert into contact_lookup (field, blind, party)"
                                                        : "insert into contact_fresh (field, blind, party)",
                             3);
    for (const auto& contact : contacts)
        if (contact.blind) batch.add({name_of(contact.field), *contact.blind, contact.party});
    batch.flush();
}

}  // namespace

void save_contacts(Transaction& tx, const std::vector<SealedContact>& contacts, Filing filing) {
    store::BatchInsert batch(tx, "insert into contact (party, field, key, sealed, blind)", 5);
    for (const auto& contact : contacts) {
        std::optional<BytesView> blind;
        if (contact.blind) blind = BytesView(*contact.blind);
        batch.add({contact.party, name_of(contact.field), contact.key, contact.sealed, blind});
    }
    batch.flush();
    if (has_lookup(tx)) file(tx, contacts, filing);
}

std::vector<SealedContact> load_contacts(Transaction& tx, PartyId party) {
    std::vector<SealedContact> contacts;
    for (const Row row :
         tx.query("select field, key, sealed, blind from contact where party = $1 order by field", party)) {
        contacts.push_back({party, field_at(row, 0), row.get<std::int64_t>(1), row.get<Bytes>(2),
                            row.get<std::optional<Digest>>(3)});
    }
    return contacts;
}

std::vector<PartyId> parties_by_blind(Transaction& tx, ContactField field, const Digest& blind) {
    std::vector<PartyId> parties;
    const std::string_view sql =
        has_lookup(tx) ? "select party from contact_lookup where field = $1 and blind = $2 order by party"
                       : "select party from contact where field = $1 and blind = $2 order by party";
    for (const Row row : tx.query(sql, name_of(field), blind)) parties.push_back(row.get<PartyId>(0));
    return parties;
}

std::optional<std::int64_t> key_of_contact(Transaction& tx, const BlindContact& contact) {
    return tx.value<std::int64_t>("select key from contact where party = $1 and field = $2 and blind = $3",
                                  contact.party, name_of(contact.field), contact.blind);
}

std::optional<FreshSpan> fresh_span(Transaction& tx) {
    if (!has_lookup(tx)) return {};
    // Each end is one step into the table; asked in one select they would be a walk through it.
    for (const Row row :
         tx.query("select (select min(id) from contact_fresh), (select max(id) from contact_fresh)")) {
        const auto first = row.get<std::optional<std::int64_t>>(0);
        if (first) return FreshSpan{*first, row.get<std::int64_t>(1)};
    }
    return {};
}

std::vector<FreshContact> fresh_contacts(Transaction& tx, const FreshSpan& span) {
    std::vector<FreshContact> contacts;
    for (const Row row :
         tx.query("select id, party, field, blind from contact_fresh where id between $1 and $2 order by id",
                  span.first, span.last)) {
        contacts.push_back({row.get<std::int64_t>(0), blind_at(row, 1)});
    }
    return contacts;
}

void settle_contacts(Transaction& tx, std::int64_t last) {
    // In the order of the table they go to: its leaves are written one after the other, each once.
    tx.send(
        "insert into contact_lookup (field, blind, party) select field, blind, party from contact_fresh "
        "where id <= $1 order by field, blind, party",
        last);
    tx.send("delete from contact_fresh where id <= $1", last);
}

std::int64_t erased_keys(Transaction& tx) {
    return tx.value<std::int64_t>("select count(*) from erasure where kind = 'key'").value_or(0);
}

std::vector<BlindContact> contacts_of_erased(Transaction& tx) {
    std::vector<BlindContact> contacts;
    for (const Row row :
         tx.query("select c.party, c.field, c.blind from contact c where c.blind is not null and exists "
                  "(select 1 from erasure e where e.kind = 'key' and e.key_id = c.key)")) {
        contacts.push_back(blind_at(row, 0));
    }
    return contacts;
}

void forget_blind(Transaction& tx, const BlindContact& contact) {
    const auto field = name_of(contact.field);
    tx.send("update contact set blind = null where party = $1 and field = $2", contact.party, field);
    if (!has_lookup(tx)) return;
    for (const std::string_view sql :
         {"delete from contact_lookup where field = $1 and blind = $2 and party = $3",
          "delete from contact_fresh where field = $1 and blind = $2 and party = $3"})
        tx.send(sql, field, contact.blind, contact.party);
}

}  // namespace lianxin::party
