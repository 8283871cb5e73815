#include "party/party_store.hpp"

#include "place/place_store.hpp"
#include "store/batch_insert.hpp"

namespace lianxin::party {
namespace {

using store::Row;
using store::Transaction;

Day day_at(const Row& row, int column) {
    const auto day = Day::parse(row.get<std::string_view>(column));
    require(day.has_value(), "a stored day is ISO text");
    return *day;
}

Party party_of(const Row& row) {
    Party party;
    party.id = row.get<PartyId>(0);
    party.kind = party_kind(row.get<std::string_view>(1)).value_or(PartyKind::person);
    party.unit_kind = row.get<std::string>(2);
    party.key = row.get<std::optional<std::string>>(3).value_or("");
    party.name = row.get<std::string>(4);
    party.place = row.get<PlaceId>(5);
    party.parent = row.get<std::optional<PartyId>>(6);
    party.from = day_at(row, 7);
    party.until = day_at(row, 8);
    return party;
}

constexpr std::string_view party_columns =
    "select id, kind, unit_kind, unit_key, name, place, parent, from_day, until_day from party ";

std::vector<Party> all_parties(store::Rows rows) {
    std::vector<Party> parties;
    for (const Row row : rows) parties.push_back(party_of(row));
    return parties;
}

}  // namespace

void bump_staffing_version(Transaction& tx) {
    place::turn_version(tx, "staffing");
}

void insert_parties(Transaction& tx, const std::vector<Party>& parties) {
    store::BatchInsert batch(
        tx, "insert into party (id, kind, unit_kind, unit_key, name, place, parent, from_day, until_day)", 9);
    for (const auto& party : parties) {
        std::optional<std::string_view> key;
        if (!party.key.empty()) key = party.key;
        batch.add({party.id, name_of(party.kind), party.unit_kind, key, party.name, party.place, party.parent,
                   batch.keep(party.from.text()), batch.keep(party.until.text())});
    }
    batch.flush();
}

namespace {

const std::string& one_party() {
    static const std::string sql = std::string(party_columns) + "where id = $1";
    return sql;
}

}  // namespace

void announce_party(Transaction& tx, PartyId id) {
    tx.ahead(one_party(), id);
}

std::optional<Party> load_party(Transaction& tx, PartyId id) {
    for (const Row row : tx.query(one_party(), id)) return party_of(row);
    return {};
}

std::optional<PartyId> party_by_key(Transaction& tx, std::string_view key) {
    return tx.value<PartyId>("select id from party where unit_key = $1", key);
}

std::vector<Party> load_units(Transaction& tx, Day day) {
    static const std::string sql = std::string(party_columns) +
                                   "where kind <> 'person' and from_day <= $1 and $1 < until_day order by id";
    const auto text = day.text();
    return all_parties(tx.query(sql, text));
}

std::vector<Party> people_at(Transaction& tx, PlaceId place, Day day) {
    static const std::string sql =
        std::string(party_columns) +
        "where place = $1 and kind = 'person' and from_day <= $2 and $2 < until_day order by id";
    const auto text = day.text();
    return all_parties(tx.query(sql, place, text));
}

void publish_name(Transaction& tx, PartyId id, std::string_view name) {
    tx.send("update party set name = $2 where id = $1 and name = ''", id, name);
}

void end_party(Transaction& tx, PartyId id, Day day) {
    const auto text = day.text();
    tx.send("update party set until_day = $2 where id = $1 and $2 < until_day", id, text);
}

std::vector<NamedPerson> people_below(Transaction& tx, PlaceId place, int level, Day day, int limit) {
    std::vector<NamedPerson> people;
    const auto text = day.text();
    const std::string sql =
        "select p.id, p.name, p.place, c.key, c.sealed from place_span s join party p on p.place = s.place "
        "left join contact c on c.party = p.id and c.field = 'name' where s.l" +
        std::to_string(level) +
        " = $1 and s.from_day <= $2 and $2 < s.until_day and p.kind = 'person' and p.from_day <= $2 and $2 < "
        "p.until_day order by p.id limit $3";
    for (const Row row : tx.query(sql, place, text, limit)) {
        NamedPerson person{row.get<PartyId>(0), row.get<std::string>(1), row.get<PlaceId>(2), {}};
        if (const auto key = row.get<std::optional<std::int64_t>>(3); key && person.name.empty())
            person.sealed_name = SealedContact{person.id, ContactField::name, *key, row.get<Bytes>(4), {}};
        people.push_back(std::move(person));
    }
    return people;
}

}  // namespace lianxin::party
