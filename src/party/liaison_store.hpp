// party/liaison_store.hpp — SQL of liaison links and of proposals waiting for a person's word.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "party/assignment.hpp"
#include "party/liaison.hpp"
#include "store/transaction.hpp"

namespace lianxin {
using ProposalId = Id<struct ProposalNoun>;
}

namespace lianxin::party {

void insert_links(store::Transaction& tx, const std::vector<LiaisonLink>& links);
void end_links(store::Transaction& tx, const std::vector<LiaisonId>& links, Day day);
// Every link of a place that is no more.
void end_links_of(store::Transaction& tx, PlaceId place, Day day);
[[nodiscard]] std::vector<LiaisonLink> load_links(store::Transaction& tx, const std::string& rule, Day day);
// The `from` posts that keep in touch with a place by a rule.
[[nodiscard]] std::vector<PostId> linked_posts(store::Transaction& tx, const std::string& rule, PlaceId place,
                                               Day day);
// The other way: what a post keeps in touch with.
[[nodiscard]] std::vector<LiaisonEnd> linked_to(store::Transaction& tx, const std::string& rule, PostId post,
                                                Day day);

// All elements of one side under a place, by id.
[[nodiscard]] std::vector<LiaisonElement> load_elements(store::Transaction& tx, const LiaisonSide& side,
                                                        PlaceId under, Day day);

// Who is tied to whom by a rule: by links, by the tree (`from_level`: of the kinds of its from side) or by
// seats. Pairs of the whole county where only the elements know the place.
[[nodiscard]] std::vector<LiaisonPair> load_pairs(store::Transaction& tx, const LiaisonRule& rule,
                                                  int from_level, PlaceId under, Day day);

struct Proposal {
    ProposalId id;
    std::string rule;
    PlaceId place;
    Day day;
    std::int64_t staffing_version = 0;  // confirmed only while nothing has changed since
    std::string state;                  // proposed, confirmed, withdrawn
    int kept = 0, newly_assigned = 0, moved = 0, outside_group = 0, smallest_load = 0, largest_load = 0;
    std::optional<PartyId> confirmed_by;
};
// What becomes of one household: `before` and `after` are the same where it stays with whom it has.
struct ProposedChange {
    std::int64_t household = 0;
    std::optional<PostId> before;
    PostId after;
    [[nodiscard]] bool kept() const { return before == after; }
};
void insert_proposal(store::Transaction& tx, const Proposal& proposal,
                     const std::vector<ProposedChange>& changes, Instant now);
[[nodiscard]] std::optional<Proposal> load_proposal(store::Transaction& tx, ProposalId id);
[[nodiscard]] std::vector<ProposedChange> load_proposed_changes(store::Transaction& tx, ProposalId id);
// One page in order of the households, of one sort of change and below one place where asked.
struct ProposedQuery {
    enum class Sort { all, kept, newly_assigned, moved };
    ProposalId proposal;
    Sort sort = Sort::all;
    std::optional<PlaceId> below;
    Day day;
    PlaceId after{};
    int limit = 100;
};
[[nodiscard]] std::vector<ProposedChange> load_proposed_page(store::Transaction& tx,
                                                             const ProposedQuery& query);
// Whether somebody who would be given a household holds their post no longer.
[[nodiscard]] bool proposes_vacant_posts(store::Transaction& tx, ProposalId id, Day day);
// False when it is no longer in the state it is expected in.
[[nodiscard]] bool set_proposal_state(store::Transaction& tx, ProposalId id, const std::string& expected,
                                      const std::string& state, std::optional<PartyId> by, Instant now);

}  // namespace lianxin::party
