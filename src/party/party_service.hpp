// party/party_service.hpp — use cases of people and posts: appoint, stand in, leave, found a unit, keep
// contacts sealed, list breaches of liaison, propose their repair and confirm it. Changing needs the right
// "administer" above the place.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "county/county.hpp"
#include "party/assignment.hpp"
#include "party/liaison_store.hpp"
#include "party/owner_resolver_store.hpp"
#include "party/party_store.hpp"
#include "party/post.hpp"

namespace lianxin::party {

enum class PartyRefusal {
    not_allowed,
    party_not_found,
    place_not_found,
    post_not_found,
    post_kind_unknown,
    post_never_sits_there,
    unit_kind_unknown,
    name_empty,
    name_too_long,
    key_taken,
    phone_malformed,
    email_malformed,
    already_holds_post,
    post_has_holder,
    holding_not_found,
    nobody_to_stand_in_for,
    day_out_of_range,
    desk_must_stay,
    root_desk_must_stay_held,
    rule_unknown,
    rule_takes_no_links,
    link_end_unknown,
    already_linked,
    proposal_not_found,
    proposal_already_decided,
    proposal_out_of_date,
    not_proposable,
    place_has_too_many,
    ends_before_it_began,
    holding_already_ended,
    person_missing,
    reason_too_long,
};
[[nodiscard]] std::string_view code_of(PartyRefusal refusal);

struct PersonDraft {
    std::string name;
    std::string phone, email, address;  // empty: not given
    PlaceId place;
    bool public_name = false;  // holds, or is about to hold, a post
};

// A breach with what people need to read it.
struct BreachView {
    Breach breach;
    std::string place_name;
    std::vector<std::string> path;
    std::string post_kind;             // when the element is a post
    std::vector<std::string> holders;  // its holders' names
};
struct BreachList {
    std::vector<BreachView> items;
    std::size_t total = 0;
    std::vector<std::string> proposable;  // rules that a proposal can repair, in breach or not
};

// Who is to hold a post: somebody known, or somebody new by name.
struct Appointment {
    PostId post;
    std::optional<PartyId> person;
    std::string name, phone, email;          // of somebody new, who is put down at the post's place
    std::optional<HoldingId> stands_in_for;  // whose holding of the post a stand-in covers
    std::optional<Day> from;                 // absent: today
    std::optional<Day> until;                // absent: the end of the post's term; without term, open
    std::string reason;                      // may be empty
};

// A post with everybody who ever held it, latest first.
struct PostHistory {
    PostView post;
    std::vector<PostView::Holder> past;
};

struct InfeasibleGroup {
    PlaceId group;
    std::string name;
    int households = 0, representatives = 0;  // that are there
    Shortage shortage;
};
// One household in a proposal, as people read it.
struct ProposedChangeView {
    enum class What { kept, newly_assigned, moved };
    What what = What::kept;
    PlaceId household;
    std::string household_name;
    PlaceId group;
    std::string group_name;
    std::optional<PostView> before;
    PostView after;
    bool outside_group = false;
};
[[nodiscard]] std::string_view name_of(ProposedChangeView::What what);
[[nodiscard]] std::optional<ProposedChangeView::What> proposed_what(std::string_view name);
struct ProposalView {
    Proposal proposal;
    std::vector<ProposedChangeView> changes;  // one page, in the order of the households' ids
    bool out_of_date = false;                 // staffing has changed since; it cannot be confirmed any more
};
// Somebody came, left or moved since it was made, or a term has run out by itself.
[[nodiscard]] bool is_out_of_date(store::Transaction& tx, const Proposal& proposal, Day day);
struct ProposalPage {
    std::optional<ProposedChangeView::What> what;  // absent: all
    std::optional<PlaceId> below;                  // only households below this place
    PlaceId after{};
    int limit = 100;
};
struct InfeasibleProposal {
    std::string rule;
    Bounds per_post;
    std::vector<InfeasibleGroup> groups;
};
using ProposalOutcome = std::variant<Proposal, InfeasibleProposal>;

class PartyService {
 public:
    [[nodiscard]] Result<PartyId, PartyRefusal> add_person(County& county, const access::ActingPerson& who,
                                                           const PersonDraft& draft);
    [[nodiscard]] Result<PartyId, PartyRefusal> found_unit(County& county, const access::ActingPerson& who,
                                                           const Party& unit);
    [[nodiscard]] Result<PostId, PartyRefusal> open_post(County& county, const access::ActingPerson& who,
                                                         Post post);
    [[nodiscard]] Result<void, PartyRefusal> close_post(County& county, const access::ActingPerson& who,
                                                        PostId post, Day day, const std::string& reason = {});
    [[nodiscard]] Result<HoldingId, PartyRefusal> appoint(County& county, const access::ActingPerson& who,
                                                          const Holding& holding);
    // By hand, without a selection: somebody known or new takes a vacant post, or stands in for its holder.
    [[nodiscard]] Result<HoldingId, PartyRefusal> fill_post(County& county, const access::ActingPerson& who,
                                                            const Appointment& appointment);
    // The last day of a term is the day before `day`; whoever stood in for the holder goes with them.
    [[nodiscard]] Result<void, PartyRefusal> leave(County& county, const access::ActingPerson& who,
                                                   HoldingId holding, Day day,
                                                   const std::string& reason = {});
    [[nodiscard]] std::optional<PostHistory> post(County& county, PostId id);
    // Checks the seat and finds the superior; `post` bears its id. For callers that have checked who asks.
    [[nodiscard]] static Result<PostId, PartyRefusal> open_post_in(store::Transaction& tx, Post post);
    // A new place gets its desk and the posts its kind always has, all vacant.
    static void furnish_in(store::Transaction& tx, County& county, PlaceId place, Day from);
    // The same inside somebody else's transaction, without a word on the record: checks the post's vacancy
    // again.
    [[nodiscard]] static Result<HoldingId, PartyRefusal> appoint_in(store::Transaction& tx,
                                                                    const Holding& holding);
    // The same as appointed by hand, inside somebody else's transaction: for the term of the post, from the
    // holding's first day on. `because`: the matter that selected them.
    [[nodiscard]] static Result<HoldingId, PartyRefusal> select_in(store::Transaction& tx, County& county,
                                                                   Holding holding,
                                                                   const std::string& because);
    // The same end as a term that is ended by hand, from today on, inside somebody else's transaction;
    // whoever holds the post no more is dismissed from nothing. `because`: the matter that ends it.
    [[nodiscard]] static Result<void, PartyRefusal> dismiss_in(store::Transaction& tx, County& county,
                                                               PostId post, PartyId person,
                                                               const std::string& because);

    [[nodiscard]] std::vector<PostView> posts(County& county, const PostsQuery& query);
    // Who to turn to at a place: through liaison for a household, else the posts of its group; public.
    [[nodiscard]] std::vector<PostView> representatives(County& county, PlaceId place);

    [[nodiscard]] Result<LiaisonId, PartyRefusal> link(County& county, const access::ActingPerson& who,
                                                       const std::string& rule, LiaisonEnd from,
                                                       LiaisonEnd to, Day day);
    [[nodiscard]] Result<BreachList, PartyRefusal> breaches(County& county, const access::ActingPerson& who,
                                                            PlaceId place, std::size_t limit = 500);
    [[nodiscard]] Result<ProposalOutcome, PartyRefusal> propose_links(County& county,
                                                                      const access::ActingPerson& who,
                                                                      const std::string& rule, PlaceId place);
    // Who would move from whom to whom: for the person who is to confirm it.
    [[nodiscard]] Result<ProposalView, PartyRefusal> proposal(County& county, const access::ActingPerson& who,
                                                              ProposalId id, const ProposalPage& page);
    [[nodiscard]] Result<Proposal, PartyRefusal> confirm(County& county, const access::ActingPerson& who,
                                                         ProposalId proposal);
};

}  // namespace lianxin::party
