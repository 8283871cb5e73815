// A proposal as the person reads it who is to confirm it: household by household, from whom to whom.
#include <map>

#include "party/party_service.hpp"
#include "place/place_service.hpp"

namespace lianxin::party {
namespace {

using access::ActingPerson;
using access::PlacePermission;
using store::Transaction;
using What = ProposedChangeView::What;
using Sort = ProposedQuery::Sort;

Sort sort_of(std::optional<What> what) {
    if (!what) return Sort::all;
    switch (*what) {
        case What::kept:
            return Sort::kept;
        case What::newly_assigned:
            return Sort::newly_assigned;
        case What::moved:
            return Sort::moved;
    }
    throw Bug("a change without a sort");
}

// Reads each post and each group once for a page of households.
class Reading {
 public:
    Reading(Transaction& tx, const Proposal& proposal, int group_level)
        : tx_(tx), day_(proposal.day), group_level_(group_level) {}

    ProposedChangeView view(const ProposedChange& change) {
        ProposedChangeView view;
        view.what = change.kept() ? What::kept : change.before ? What::moved : What::newly_assigned;
        view.household = PlaceId(change.household);
        if (const auto door = place::load_place(tx_, view.household, day_)) {
            view.household_name = door->name;
            view.group = door->lineage.at(group_level_);
            view.group_name = group_name(view.group);
        }
        if (change.before) view.before = post(*change.before);
        view.after = post(change.after);
        view.outside_group = group_of(view.after.post.place) != view.group;
        return view;
    }

 private:
    const PostView& post(PostId id) {
        const auto [found, is_new] = posts_.try_emplace(id);
        if (is_new) {
            if (auto loaded = load_post_view(tx_, id, day_)) found->second = std::move(*loaded);
        }
        return found->second;
    }
    const std::string& group_name(PlaceId id) {
        const auto [found, is_new] = names_.try_emplace(id);
        if (is_new) {
            if (const auto place = place::load_place(tx_, id, day_)) found->second = place->name;
        }
        return found->second;
    }
    PlaceId group_of(PlaceId id) {
        const auto [found, is_new] = groups_.try_emplace(id);
        if (is_new) {
            if (const auto lineage = place::load_lineage(tx_, id, day_))
                found->second = lineage->at(group_level_);
        }
        return found->second;
    }

    Transaction& tx_;
    Day day_;
    int group_level_;
    std::map<PostId, PostView> posts_;
    std::map<PlaceId, std::string> names_;
    std::map<PlaceId, PlaceId> groups_;
};

int group_level(const Offices& offices, const std::string& rule_name) {
    for (const auto& rule : offices.rules) {
        if (rule.name != rule_name) continue;
        if (const place::Kind* near = offices.places.find(rule.near)) return near->level;
    }
    return 1;
}

}  // namespace

Result<ProposalView, PartyRefusal> PartyService::proposal(County& county, const ActingPerson& who,
                                                          ProposalId id, const ProposalPage& page) {
    const Day today = place::today(county);
    return county.database.read([&](Transaction& tx) -> Result<ProposalView, PartyRefusal> {
        const auto proposal = load_proposal(tx, id);
        if (!proposal) return fail(PartyRefusal::proposal_not_found);
        const auto lineage = place::load_lineage(tx, proposal->place, today);
        if (!lineage) return fail(PartyRefusal::place_not_found);
        if (!place::may(PlacePermission::propose_liaison, who, *lineage))
            return fail(PartyRefusal::not_allowed);
        ProposalView view{
            *proposal, {}, proposal->state == "proposed" && is_out_of_date(tx, *proposal, today)};
        Reading reading(tx, *proposal, group_level(load_offices(tx), proposal->rule));
        for (const auto& change : load_proposed_page(
                 tx, {id, sort_of(page.what), page.below, proposal->day, page.after, page.limit})) {
            view.changes.push_back(reading.view(change));
        }
        return view;
    });
}

bool is_out_of_date(Transaction& tx, const Proposal& proposal, Day day) {
    return proposal.staffing_version != staffing_version(tx) || proposes_vacant_posts(tx, proposal.id, day);
}

std::string_view name_of(What what) {
    switch (what) {
        case What::kept:
            return "kept";
        case What::newly_assigned:
            return "newly_assigned";
        case What::moved:
            return "moved";
    }
    throw Bug("a proposed change without a name");
}

std::optional<What> proposed_what(std::string_view name) {
    for (const auto what : {What::kept, What::newly_assigned, What::moved})
        if (name_of(what) == name) return what;
    return {};
}

}  // namespace lianxin::party
