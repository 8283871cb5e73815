#include <algorithm>

#include "party/contact_service.hpp"
#include "party/import_service_rows.hpp"
#include "party/party_service.hpp"
#include "party/term_store.hpp"
#include "place/place_service.hpp"

namespace lianxin::party {
namespace {

using access::PlacePermission;

struct PersonRow {
    std::string name;
    const place::Place* place = nullptr;
    const PostKind* post = nullptr;  // none: a resident
    Day from, until;
};

class PeopleImport {
 public:
    explicit PeopleImport(const Importing& importing)
        : with_(importing),
          tx_(importing.tx),
          rows_(importing.rows),
          day_(place::today(importing.county)),
          first_day_(first_day_of_county(tx_)),
          posts_(load_offices(tx_).posts),
          finder_(tx_, day_) {}

    // Whether the row goes in; refusals and "there already" are noted.
    bool take(const Sheet::Row& row, const SealedRow* sealed, bool only_judge) {
        ++rows_.report().rows;
        const auto person = read(row);
        if (!person) return false;
        if (const auto known = known_as(*person)) {
            if (person->post == nullptr || holds(*known, *person))
                ++rows_.report().unchanged;
            else
                rows_.refuse(row, "post", "known_without_this_post");
            return false;
        }
        const auto party = sealed != nullptr ? sealed->party : with_.county.new_id<PartyNoun>();
        if (!store(row, *person, party, sealed == nullptr && !only_judge)) return false;
        if (sealed != nullptr) save_contacts(tx_, sealed->contacts, Filing::in_place);
        ++rows_.report().added;
        return true;
    }

 private:
    std::optional<PersonRow> read(const Sheet::Row& row) {
        PersonRow person;
        const auto name = rows_.text(row, "name"), phone = name ? rows_.text(row, "phone") : name,
                   email = phone ? rows_.text(row, "email") : phone,
                   where = email ? rows_.text(row, "place") : email,
                   post = where ? rows_.text(row, "post") : where;
        if (!post) return {};
        person.name = *name;
        const auto refuse = [&](std::string_view column,
                                std::string_view reason) -> std::optional<PersonRow> {
            rows_.refuse(row, column, reason);
            return {};
        };
        if (!phone->empty() && !normal_phone(*phone)) return refuse("phone", "phone_malformed");
        if (!email->empty() && !normal_email(*email)) return refuse("email", "email_malformed");
        const auto found = finder_.find(*where);
        if (found.place == nullptr) return refuse("place", found.refusal);
        person.place = found.place;
        if (!place::may(PlacePermission::administer, with_.who, person.place->lineage)) {
            rows_.refuse(row, "not_allowed");
            return {};
        }
        if (!post->empty() && !read_post(row, *post, person)) return {};
        const auto from = rows_.day(row, "from", day_);
        const auto until = from ? rows_.day(row, "until", place::open_end()) : from;
        if (!until) return {};
        if (*until <= *from) return refuse("until", "ends_before_it_began");
        person.from = *from;
        person.until = *until;
        return person;
    }

    bool read_post(const Sheet::Row& row, const std::string& text, PersonRow& person) {
        const Seat seat{Seat::Of::place, person.place->kind};
        std::vector<std::string> here;
        for (const auto& kind : posts_.all()) {
            const std::string key = "post.kind." + kind.name;
            if (kind.name == text || with_.is_called(key, text)) person.post = &kind;
            if (kind.sits_at(seat)) here.push_back(with_.title(key, kind.name));
        }
        if (person.post != nullptr && person.post->sits_at(seat)) return true;
        const bool known = person.post != nullptr;
        rows_.refuse(row, "post", known ? "post_never_sits_there" : "post_kind_unknown", listed(here));
        return false;
    }

    // Of the same name at the same place: the same person, whether the name is public or sealed.
    std::optional<PartyId> known_as(const PersonRow& person) {
        const auto [it, fresh] = names_.try_emplace(person.place->id);
        if (fresh) {
            for (const auto& party : people_at(tx_, person.place->id, day_)) {
                if (!party.name.empty()) it->second.emplace(party.name, party.id);
                for (const auto& contact : load_contacts(tx_, party.id)) {
                    if (contact.field != ContactField::name) continue;
                    if (auto name = opened_contact(with_.county.keys, contact))
                        it->second.emplace(std::move(*name), party.id);
                }
            }
        }
        const auto known = it->second.find(person.name);
        return known == it->second.end() ? std::nullopt : std::optional(known->second);
    }
    bool holds(PartyId party, const PersonRow& person) {
        for (const auto& post : posts_of_kind(person)) {
            for (const auto& term : holdings_between(tx_, post.id, person.from, person.until))
                if (term.party == party) return true;
        }
        return false;
    }
    // As they stand today, or on the first day of a term that lies ahead.
    std::vector<Post> posts_of_kind(const PersonRow& person) {
        auto posts = posts_at(tx_, person.place->id, std::max(person.from, day_));
        std::erase_if(posts, [&](const Post& post) {
            return post.kind != person.post->name || post.unit || post.station;
        });
        return posts;
    }

    bool store(const Sheet::Row& row, const PersonRow& person, PartyId id, bool unsealed) {
        std::optional<PostId> post;
        if (person.post != nullptr && !(post = free_post(row, person))) return false;
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
        names_[person.place->id].emplace(person.name, id);
        if (!post) return true;
        const Holding holding{with_.county.new_id<HoldingNoun>(), *post, id, person.from, person.until, {}};
        const auto appointed = PartyService::appoint_in(tx_, holding);
        require(appointed.has_value(), "a post that is free for a term takes a person");
        return true;
    }

    // A post of the kind that nobody holds during the term, or a new one where the pack leaves their number
    // open. A term may be older than the county here, not than a post that was founded since.
    std::optional<PostId> free_post(const Sheet::Row& row, const PersonRow& person) {
        std::optional<Day> founded, taken_from;
        for (const auto& post : posts_of_kind(person)) {
            if (post.from > std::max(person.from, first_day_))
                founded = founded ? std::min(*founded, post.from) : post.from;
            else if (person.post->desk || !is_held(post, person))
                return post.id;
            else
                taken_from = post.from;
        }
        const auto refuse = [&](std::string_view reason, std::string limit) -> std::optional<PostId> {
            rows_.refuse(row, reason == "term_before_post" ? "from" : "post", reason, std::move(limit));
            return {};
        };
        if (taken_from && person.post->per_seat > 0) return refuse("post_has_holder", {});
        if (founded) return refuse("term_before_post", founded->text());
        if (person.post->desk || person.post->per_seat > 0) return refuse("post_not_found", {});
        Post post;
        post.id = with_.county.new_id<PostNoun>();
        post.kind = person.post->name;
        post.place = person.place->id;
        post.from = std::max(person.from, place::load_spans(tx_, person.place->id).front().from);
        post.until = place::open_end();
        if (post.from > std::max(person.from, first_day_))
            return refuse("term_before_post", post.from.text());
        const auto opened = PartyService::open_post_in(tx_, post);
        if (!opened) return refuse(code_of(opened.error()), {});
        return *opened;
    }
    bool is_held(const Post& post, const PersonRow& person) {
        const auto terms = holdings_between(tx_, post.id, person.from, person.until);
        return std::any_of(terms.begin(), terms.end(), [](const Holding& term) { return !term.acting_for; });
    }

    const Importing& with_;
    store::Transaction& tx_;
    Rows& rows_;
    Day day_, first_day_;
    PostKinds posts_;
    PlaceFinder finder_;
    std::unordered_map<PlaceId, std::unordered_map<std::string, PartyId>> names_;
};

}  // namespace

void import_people(const Importing& importing, const SealedRows* sealed, std::vector<std::size_t>& accepted) {
    PeopleImport import(importing);
    for (const auto& row : importing.rows.sheet().rows) {
        const SealedRow* own = nullptr;
        if (sealed != nullptr) {
            const auto it = sealed->find(row.number);
            if (it != sealed->end()) own = &it->second;
        }
        if (import.take(row, own, sealed == nullptr)) accepted.push_back(row.number);
    }
    if (!accepted.empty()) bump_staffing_version(importing.tx);
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
        if (rows.cell(row, "post").empty()) add(ContactField::name, rows.cell(row, "name"));
        add(ContactField::phone, rows.cell(row, "phone"));
        add(ContactField::email, rows.cell(row, "email"));
        sealed.emplace(row.number, std::move(person));
    }
    return sealed;
}

}  // namespace lianxin::party
