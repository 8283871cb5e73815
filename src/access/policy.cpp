#include "access/policy.hpp"

#include <algorithm>
#include <array>

namespace lianxin::access {
namespace {

using enum Relation;

constexpr RelationSet askers{reporter, applicant, party_to};
constexpr RelationSet handlers{host, owner, lead, co_handler};
constexpr RelationSet deciders{superior_of_owner, leader, dispatcher, oversight};
constexpr RelationSet barred{complained_of, below_complained_of};

constexpr RelationSet together(std::initializer_list<RelationSet> sets) {
    RelationSet all;
    for (unsigned i = 0; i <= static_cast<unsigned>(anyone); ++i) {
        for (const RelationSet set : sets) {
            if (set.has(static_cast<Relation>(i))) all.add(static_cast<Relation>(i));
        }
    }
    return all;
}

constexpr RelationSet hands = together({handlers, deciders});

// One row per MatterPermission, in its order: any of these relations is enough.
struct MatterRow {
    RelationSet common, sealed;
};
constexpr std::array matter_table{
    // read_matter
    MatterRow{together({askers, handlers, deciders, {auditor, reader_of_place, has_handled, engine}}),
              together({askers, handlers, deciders, {auditor, engine}})},
    // read_personal: those who must reach the person, and the person
    MatterRow{together({{reporter, applicant}, handlers, {engine}}),
              together({{reporter, applicant}, handlers, {engine}})},
    // handle
    MatterRow{together({askers, handlers, deciders, {engine}}),
              together({askers, handlers, deciders, {engine}})},
    // supervise: from above; whoever leads several departments, the others
    MatterRow{together({deciders, {lead, engine}}),
              together({{superior_of_owner, leader, oversight, lead}, {engine}})},
    // correct: those who work on it and those who decide about it
    MatterRow{together({handlers, deciders, {engine}}), together({{owner, oversight}, {engine}})},
    // rearrange: a sealed complaint stands alone
    MatterRow{together({{owner, superior_of_owner, leader, dispatcher}, {engine}}), RelationSet{}},
    // link
    MatterRow{together({handlers, deciders, {engine}}), RelationSet{}},
    // speak: whoever asked, whatever it is about
    MatterRow{askers, askers},
    // audit
    MatterRow{RelationSet{auditor}, RelationSet{auditor}},
};

constexpr std::array list_rights{right::read_place, right::dispatch, right::lead, right::oversee,
                                 right::audit};
constexpr std::array household_rights{right::read_place, right::take_in, right::lead, right::administer};
constexpr std::array take_in_rights{right::take_in, right::dispatch};
constexpr std::array dispatch_rights{right::dispatch, right::lead};
constexpr std::array rate_rights{right::read_place, right::dispatch, right::lead,
                                 right::oversee,    right::audit,    right::administer};
constexpr std::array breach_rights{right::lead, right::oversee, right::audit, right::administer};
constexpr std::array propose_rights{right::lead, right::administer};
constexpr std::array administer_rights{right::administer};

constexpr std::array relation_names{"reporter",      "applicant",
                                    "party_to",      "host",
                                    "owner",         "lead",
                                    "co_handler",    "superior_of_owner",
                                    "leader",        "dispatcher",
                                    "oversight",     "auditor",
                                    "complained_of", "below_complained_of",
                                    "engine",        "reader_of_place",
                                    "has_handled",   "anyone"};
static_assert(relation_names.size() == static_cast<std::size_t>(anyone) + 1);

}  // namespace

bool allows(MatterPermission permission, RelationSet relations, bool sealed) {
    if (relations.any_of(barred)) return false;
    if (permission == MatterPermission::audit && relations.any_of(hands)) return false;
    // Whom it concerns answers in it and has no other hand in it, whatever else they are to it.
    const bool by_the_way = permission == MatterPermission::supervise ||
                            permission == MatterPermission::correct ||
                            permission == MatterPermission::rearrange || permission == MatterPermission::link;
    if (by_the_way && relations.has(party_to)) return false;
    const MatterRow& row = matter_table.at(static_cast<std::size_t>(permission));
    return relations.any_of(sealed ? row.sealed : row.common);
}

std::span<const std::string_view> rights_for(PlacePermission permission) {
    switch (permission) {
        case PlacePermission::list_matters:
            return list_rights;
        case PlacePermission::read_households:
            return household_rights;
        case PlacePermission::take_in:
            return take_in_rights;
        case PlacePermission::dispatch:
            return dispatch_rights;
        case PlacePermission::read_rates:
            return rate_rights;
        case PlacePermission::read_breaches:
            return breach_rights;
        case PlacePermission::propose_liaison:
            return propose_rights;
        case PlacePermission::confirm_liaison:
        case PlacePermission::administer:
            return administer_rights;
    }
    return {};
}

std::vector<PlaceId> places_for(PlacePermission permission, const ActingPerson& who) {
    std::vector<PlaceId> places;
    for (const std::string_view one : rights_for(permission)) {
        const auto with_right = who.places_with(std::string(one));
        places.insert(places.end(), with_right.begin(), with_right.end());
    }
    std::sort(places.begin(), places.end());
    places.erase(std::unique(places.begin(), places.end()), places.end());
    return places;
}

bool allows(PlacePermission permission, const ActingPerson& who, std::span<const PlaceId> path) {
    if (who.kind == ActingPerson::Kind::engine) return true;
    if (who.kind != ActingPerson::Kind::staff) return false;
    const auto places = places_for(permission, who);
    return std::any_of(path.begin(), path.end(), [&](PlaceId place) {
        return std::binary_search(places.begin(), places.end(), place);
    });
}

bool may_take_in(const ActingPerson& who, bool open_to_residents, bool on_behalf,
                 std::span<const PlaceId> path) {
    if (!on_behalf && open_to_residents) return true;
    return allows(PlacePermission::take_in, who, path);
}

std::string_view name_of(Relation relation) {
    return relation_names.at(static_cast<std::size_t>(relation));
}

std::optional<Relation> relation_named(std::string_view name) {
    const auto found = std::find(relation_names.begin(), relation_names.end(), name);
    if (found == relation_names.end()) return {};
    return static_cast<Relation>(found - relation_names.begin());
}

}  // namespace lianxin::access
