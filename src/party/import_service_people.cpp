#include <unordered_set>

#include "party/contact_service.hpp"
#include "party/import_service_rows.hpp"
#include "party/party_service.hpp"
#include "place/place_service.hpp"

namespace lianxin::party {
namespace {

using access::PlacePermission;

const Column name_column{{"name", "姓名"}, true, true};
const Column phone_column{{"phone", "电话", "電話", "手机", "手機"}, false, true};
const Column email_column{{"email", "邮箱", "郵箱"}, false, true};
const Column place_column{{"place", "所在地", "住址", "地点", "單位所在地"}, true, true};
const Column post_column{{"post", "岗位", "崗位", "职务", "職務"}};
const Column from_column{{"from", "起", "任职日期", "起始日期"}};
const Column until_column{{"until", "止", "任期届满", "终止日期"}};

struct PersonRow {
    std::string name, phone, email, post;
    const place::Place* place = nullptr;
    Day from, until;
};

class PeopleImport {
 public:
    PeopleImport(store::Transaction& tx, County& county, const access::ActingPerson& who, Rows& rows)
        : tx_(tx), county_(county), who_(who), rows_(rows), day_(place::today(county)), finder_(tx, day_) {}

    // Whether the row goes in; refusals and "there already" are noted.
    bool take(const Sheet::Row& row, const SealedRow* sealed, bool only_judge) {
        ++rows_.report().rows;
        const auto person = read(row);
        if (!person) return false;
        if (is_known(*person)) {
            ++rows_.report().unchanged;
            return false;
        }
        const auto party = sealed != nullptr ? sealed->party : county_.new_id<PartyNoun>();
        if (!store(row, *person, party, sealed == nullptr && !only_judge)) return false;
        if (sealed != nullptr) save_contacts(tx_, sealed->contacts);
        ++rows_.report().added;
        return true;
    }

 private:
    std::optional<PersonRow> read(const Sheet::Row& row) {
        PersonRow person;
        const auto name = rows_.text(row, name_column, 80),
                   phone = name ? rows_.text(row, phone_column, 40) : name,
                   email = phone ? rows_.text(row, email_column, 254) : phone,
                   where = email ? rows_.text(row, place_column, 200) : email,
                   post = where ? rows_.text(row, post_column, 40) : where;
        if (!post) return {};
        person.name = *name;
        person.phone = *phone;
        person.email = *email;
        person.post = *post;
        const auto refuse = [&](const Column& column, std::string_view reason) -> std::optional<PersonRow> {
            rows_.refuse(row, column, reason);
            return {};
        };
        if (!phone->empty() && !normal_phone(*phone)) return refuse(phone_column, "phone_malformed");
        if (!email->empty() && !normal_email(*email)) return refuse(email_column, "email_malformed");
        const auto found = finder_.find(*where);
        if (found.place == nullptr) return refuse(place_column, found.refusal);
        person.place = found.place;
        if (!place::may(PlacePermission::administer, who_, person.place->lineage)) {
            rows_.refuse(row, "not_allowed");
            return {};
        }
        const auto from = rows_.day(row, from_column, day_),
                   until = rows_.day(row, until_column, place::open_end());
        if (!from || !until) return {};
        if (*until <= *from) return refuse(until_column, "day_out_of_range");
        person.from = *from;
        person.until = *until;
        return person;
    }

    // Of the same name at the same place: the same person, whether the name is public or sealed.
    bool is_known(const PersonRow& person) {
        const auto [it, fresh] = names_.try_emplace(person.place->id);
        if (fresh) {
            for (const auto& party : people_at(tx_, person.place->id, day_)) {
                if (!party.name.empty()) it->second.insert(party.name);
                for (const auto& contact : load_contacts(tx_, party.id)) {
                    if (contact.field != ContactField::name) continue;
                    if (auto name = opened_contact(county_.keys, contact))
                        it->second.insert(std::move(*name));
                }
            }
        }
        return it->second.contains(person.name);
    }

    bool store(const Sheet::Row& row, const PersonRow& person, PartyId id, bool unsealed) {
        std::optional<PostId> post;
        if (!person.post.empty()) {
            const auto seat = vacant_post(person);
            if (!seat) {
                rows_.refuse(row, post_column, code_of(seat.error()));
                return false;
            }
            post = *seat;
        }
        // Judged good only now: somebody changed the county between judging and storing.
        if (unsealed) {
            rows_.refuse(row, "changed_meanwhile");
            return false;
        }
        Party party;
        party.id = id;
        party.name = post ? person.name : std::string();
        party.place = person.place->id;
        party.from = std::min(person.from, day_);
        party.until = place::open_end();
        insert_parties(tx_, {party});
        names_[person.place->id].insert(person.name);
        if (!post) return true;
        const Holding holding{county_.new_id<HoldingNoun>(), *post, id, person.from, person.until, {}};
        const auto appointed = PartyService::appoint_in(tx_, holding);
        require(appointed.has_value(), "a vacant post at a place takes a person");
        return true;
    }

    // A vacant post of the kind at the place, or a new one where the pack leaves their number open.
    Result<PostId, PartyRefusal> vacant_post(const PersonRow& person) {
        const auto offices = load_offices(tx_);
        const PostKind* kind = offices.posts.find(person.post);
        if (kind == nullptr) return fail(PartyRefusal::post_kind_unknown);
        for (const auto& post : posts_at(tx_, person.place->id, person.from)) {
            if (post.kind != kind->name || post.unit || post.station) continue;
            if (kind->desk || holdings_of_post(tx_, post.id, person.from).empty()) return post.id;
        }
        if (kind->desk || kind->per_seat > 0) return fail(PartyRefusal::post_has_holder);
        Post post;
        post.id = county_.new_id<PostNoun>();
        post.kind = kind->name;
        post.place = person.place->id;
        post.from = person.from;
        post.until = place::open_end();
        return PartyService::open_post_in(tx_, post);
    }

    store::Transaction& tx_;
    County& county_;
    const access::ActingPerson& who_;
    Rows& rows_;
    Day day_;
    PlaceFinder finder_;
    std::unordered_map<PlaceId, std::unordered_set<std::string>> names_;
};

}  // namespace

void import_people(store::Transaction& tx, County& county, const access::ActingPerson& who, Rows& rows,
                   const SealedRows* sealed, std::vector<std::size_t>& accepted) {
    PeopleImport import(tx, county, who, rows);
    for (const auto& row : rows.sheet().rows) {
        const SealedRow* own = nullptr;
        if (sealed != nullptr) {
            const auto it = sealed->find(row.number);
            // takes it.
            if (it != sealed->end()) own = &it->second;
        }
        if (import.take(row, own, sealed == nullptr)) accepted.push_back(row.number);
    }
    if (!accepted.empty()) bump_staffing_version(tx);
}

SealedRows seal_people(County& county, const Rows& rows, const std::vector<std::size_t>& accepted) {
    SealedRows sealed;
    std::size_t next = 0;
    for (const auto& row : rows.sheet().rows) {
        if (next == accepted.size()) break;
        if (row.number != accepted[next]) continue;
        ++next;
        SealedRow person{county.new_id<PartyNoun>(), {}};
        const auto key = county.keys.create();
        const auto add = [&](ContactField field, std::string_view value) {
            if (!value.empty())
                person.contacts.push_back(sealed_contact(county.keys, key, person.party, field, value));
        };
        // Who holds a post is named in public; everybody else's name is sealed.
        if (rows.cell(row, post_column).empty()) add(ContactField::name, rows.cell(row, name_column));
        add(ContactField::phone, rows.cell(row, phone_column));
        add(ContactField::email, rows.cell(row, email_column));
        sealed.emplace(row.number, std::move(person));
    }
    return sealed;
}

}  // namespace lianxin::party
