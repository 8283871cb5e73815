#include "http/api.hpp"

#include "http/page_size.hpp"
#include "party/party_api.hpp"
#include "party/post_answer_api.hpp"

namespace lianxin::party {

struct BreachesAsked {
    std::optional<PlaceId> place;  // absent: the whole county
    std::optional<http::PageSize<2000>> limit;
};
BOOST_DESCRIBE_STRUCT(BreachesAsked, (), (place, limit))
struct BreachAnswer {
    std::string rule;
    std::string rule_title;
    std::string kind;
    std::string kind_title;
    PlaceId place;
    std::string place_name;
    std::vector<std::string> path;
    std::string who;
    int found = 0;
    std::string allowed;
};
BOOST_DESCRIBE_STRUCT(BreachAnswer, (),
                      (rule, rule_title, kind, kind_title, place, place_name, path, who, found, allowed))
struct RuleAnswer {
    std::string rule;
    std::string title;
};
BOOST_DESCRIBE_STRUCT(RuleAnswer, (), (rule, title))
struct BreachesAnswer {
    std::vector<BreachAnswer> items;
    int total = 0;
    std::vector<RuleAnswer> proposable;  // what a proposal can repair
};
BOOST_DESCRIBE_STRUCT(BreachesAnswer, (), (items, total, proposable))
struct ProposalAsked {
    std::optional<std::string> rule;  // absent: the first that can be repaired by a proposal
    std::optional<PlaceId> place;     // absent: the whole county
};
BOOST_DESCRIBE_STRUCT(ProposalAsked, (), (rule, place))
struct ShortageAnswer {
    PlaceId group;
    std::string name;
    int households = 0;       // that are there
    int representatives = 0;  // who are there
    int households_without = 0;
    int representatives_needed = 0;
    int representatives_too_many = 0;
};
BOOST_DESCRIBE_STRUCT(ShortageAnswer, (),
                      (group, name, households, representatives, households_without, representatives_needed,
                       representatives_too_many))
struct ProposalAnswer {
    std::optional<ProposalId> id;  // nothing when no assignment fits
    std::string rule;
    std::string rule_title;
    std::string state;         // proposed, confirmed, infeasible
    bool out_of_date = false;  // something has changed since; it cannot be confirmed any more
    std::string allowed;       // how many each may have, "5..15"; said where no assignment fits
    int kept = 0, newly_assigned = 0, moved = 0, outside_group = 0, smallest_load = 0, largest_load = 0;
    std::vector<ShortageAnswer> shortages;
};
BOOST_DESCRIBE_STRUCT(ProposalAnswer, (),
                      (id, rule, rule_title, state, out_of_date, allowed, kept, newly_assigned, moved,
                       outside_group, smallest_load, largest_load, shortages))
struct ChangesAsked {
    std::optional<std::string> what;  // kept, newly_assigned, moved; absent: all
    std::optional<PlaceId> place;     // only households below it
    std::optional<PlaceId> after;
    std::optional<http::PageSize<500>> limit;  // 100 when left out
};
BOOST_DESCRIBE_STRUCT(ChangesAsked, (), (what, place, after, limit))
struct SideAnswer {
    PostId post;
    std::string kind_title;
    std::string place_name;
    std::vector<std::string> holders;
};
BOOST_DESCRIBE_STRUCT(SideAnswer, (), (post, kind_title, place_name, holders))
struct ProposedAnswer {
    std::string what;
    PlaceId household;
    std::string household_name;
    PlaceId group;
    std::string group_name;
    std::optional<SideAnswer> before;  // nothing: nobody, or somebody who left
    SideAnswer after;
    bool outside_group = false;
};
BOOST_DESCRIBE_STRUCT(ProposedAnswer, (),
                      (what, household, household_name, group, group_name, before, after, outside_group))
struct ChangesAnswer {
    std::vector<ProposedAnswer> items;
    std::optional<std::string> next;
};
BOOST_DESCRIBE_STRUCT(ChangesAnswer, (), (items, next))

namespace {

using http::Method;
using http::None;
using http::Problem;
using http::Reply;
using http::Request;
using place::acting_person;
using place::Titles;

constexpr int page_of_breaches = 200, page_of_changes = 100;

std::string who_of(const BreachView& view, const std::string& language, const Titles& titles) {
    std::string who =
        view.post_kind.empty() ? std::string() : titles(language, "post.kind." + view.post_kind);
    for (std::size_t i = 0; i < view.holders.size(); ++i) {
        who += (i == 0 ? (who.empty() ? "" : " ") : "、") + view.holders[i];
    }
    return who;
}

BreachesAnswer answer_of(const BreachList& list, const std::string& language, const Titles& titles) {
    BreachesAnswer answer;
    answer.total = static_cast<int>(list.total);
    for (const auto& rule : list.proposable)
        answer.proposable.push_back({rule, titles(language, "liaison." + rule)});
    for (const auto& view : list.items) {
        const Breach& breach = view.breach;
        const std::string kind(name_of(breach.kind));
        answer.items.push_back({breach.rule, titles(language, "liaison." + breach.rule), kind,
                                titles(language, "breach." + kind), breach.place, view.place_name, view.path,
                                who_of(view, language, titles), breach.found, breach.allowed.text()});
    }
    return answer;
}

ProposalAnswer answer_of(const Proposal& proposal, bool out_of_date, const std::string& language,
                         const Titles& titles) {
    return {proposal.id,
            proposal.rule,
            titles(language, "liaison." + proposal.rule),
            proposal.state,
            out_of_date,
            {},
            proposal.kept,
            proposal.newly_assigned,
            proposal.moved,
            proposal.outside_group,
            proposal.smallest_load,
            proposal.largest_load,
            {}};
}

ProposalAnswer answer_of(const ProposalOutcome& outcome, const std::string& language, const Titles& titles) {
    if (const auto* proposal = std::get_if<Proposal>(&outcome))
        return answer_of(*proposal, false, language, titles);
    const auto& none = std::get<InfeasibleProposal>(outcome);
    ProposalAnswer answer;
    answer.rule = none.rule;
    answer.rule_title = titles(language, "liaison." + none.rule);
    answer.state = "infeasible";
    answer.allowed = none.per_post.text();
    for (const auto& group : none.groups) {
        answer.shortages.push_back({group.group, group.name, group.households, group.representatives,
                                    group.shortage.households_without, group.shortage.representatives_needed,
                                    group.shortage.representatives_too_many});
    }
    return answer;
}

SideAnswer side_of(const PostView& view, const std::string& language, const Titles& titles) {
    SideAnswer side{view.post.id, titles(language, "post.kind." + view.post.kind), view.place_name, {}};
    for (const auto& holder : view.holders) side.holders.push_back(holder.name);
    return side;
}

ProposedAnswer answer_of(const ProposedChangeView& change, const std::string& language,
                         const Titles& titles) {
    ProposedAnswer answer;
    answer.what = name_of(change.what);
    answer.household = change.household;
    answer.household_name = change.household_name;
    answer.group = change.group;
    answer.group_name = change.group_name;
    if (change.before) answer.before = side_of(*change.before, language, titles);
    answer.after = side_of(change.after, language, titles);
    answer.outside_group = change.outside_group;
    return answer;
}

Result<Reply<ChangesAnswer>, Problem> changes(const Request& request, const ChangesAsked& asked,
                                              County& county, PartyService& parties, const Titles& titles) {
    const auto id = http::path_id<ProposalNoun>(request);
    if (!id) return fail(id.error());
    ProposalPage page;
    page.below = asked.place;
    page.after = asked.after.value_or(PlaceId());
    const int limit = asked.limit ? asked.limit->items : page_of_changes;
    page.limit = limit + 1;  // one more tells whether there is a next page
    if (asked.what && !(page.what = proposed_what(*asked.what)))
        return fail(http::problem(422, "unknown_value"));
    const auto view = parties.proposal(county, acting_person(request), *id, page);
    if (!view) return fail(problem_of(view.error()));
    ChangesAnswer answer;
    for (const auto& change : view->changes) {
        if (answer.items.size() == static_cast<std::size_t>(limit)) {
            answer.next = answer.items.back().household.text();
            break;
        }
        answer.items.push_back(answer_of(change, request.language, titles));
    }
    return Reply{std::move(answer)};
}

}  // namespace

void add_liaison_routes(http::Api& api, County& county, PartyService& parties, const Titles& titles) {
    api.route<BreachesAsked, BreachesAnswer>(
        Method::get, "/api/v1/liaison/breaches",
        {.id = "breaches",
         .summary = "Where liaison breaks its bounds",
         .tag = "parties",
         .refusals = {403, 404}},
        [&county, &parties, titles](Request& request,
                                    BreachesAsked asked) -> Result<Reply<BreachesAnswer>, Problem> {
            const auto limit = static_cast<std::size_t>(asked.limit ? asked.limit->items : page_of_breaches);
            const auto list = parties.breaches(county, acting_person(request),
                                               asked.place.value_or(place::root_of(county)), limit);
            if (!list) return fail(problem_of(list.error()));
            return Reply{answer_of(*list, request.language, titles)};
        });
    api.route<ProposalAsked, ProposalAnswer>(
        Method::post, "/api/v1/liaison/proposals",
        {.id = "propose_liaison",
         .summary = "The optimal repair, for a person to look at",
         .tag = "parties",
         .refusals = {403, 404, 422}},
        [&county, &parties, titles](Request& request,
                                    ProposalAsked asked) -> Result<Reply<ProposalAnswer>, Problem> {
            const auto outcome =
                parties.propose_links(county, acting_person(request), asked.rule.value_or(""),
                                      asked.place.value_or(place::root_of(county)));
            if (!outcome) return fail(problem_of(outcome.error()));
            return Reply{answer_of(*outcome, request.language, titles)};
        });
    api.route<None, ProposalAnswer>(
        Method::post, "/api/v1/liaison/proposals/{id}/confirm",
        {.id = "confirm_liaison",
         .summary = "Puts a proposal into force",
         .tag = "parties",
         .refusals = {403, 404, 409}},
        [&county, &parties, titles](Request& request, None) -> Result<Reply<ProposalAnswer>, Problem> {
            const auto id = http::path_id<ProposalNoun>(request);
            if (!id) return fail(id.error());
            const auto confirmed = parties.confirm(county, acting_person(request), *id);
            if (!confirmed) return fail(problem_of(confirmed.error()));
            return Reply{answer_of(*confirmed, false, request.language, titles)};
        });
    api.route<None, ProposalAnswer>(
        Method::get, "/api/v1/liaison/proposals/{id}",
        {.id = "liaison_proposal",
         .summary = "A proposal in figures, and whether it can still be confirmed",
         .tag = "parties",
         .refusals = {403, 404}},
        [&county, &parties, titles](Request& request, None) -> Result<Reply<ProposalAnswer>, Problem> {
            const auto id = http::path_id<ProposalNoun>(request);
            if (!id) return fail(id.error());
            const auto view = parties.proposal(county, acting_person(request), *id, {{}, {}, {}, 0});
            if (!view) return fail(problem_of(view.error()));
            return Reply{answer_of(view->proposal, view->out_of_date, request.language, titles)};
        });
    api.route<ChangesAsked, ChangesAnswer>(
        Method::get, "/api/v1/liaison/proposals/{id}/changes",
        {.id = "liaison_changes",
         .summary = "Which households a proposal leaves, gives and takes, from whom to whom",
         .tag = "parties",
         .refusals = {403, 404, 422}},
        [&county, &parties, titles](Request& request, ChangesAsked asked) {
            return changes(request, asked, county, parties, titles);
        });
}

}  // namespace lianxin::party
