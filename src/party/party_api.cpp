#include "party/party_api.hpp"

#include "http/page_size.hpp"

namespace lianxin::party {

struct HolderAnswer {
    std::string name;
    bool stand_in = false;
    Day from;
};
BOOST_DESCRIBE_STRUCT(HolderAnswer, (), (name, stand_in, from))
struct PostAnswer {
    PostId id;
    std::string kind;
    std::string kind_title;
    PlaceId place;
    std::string place_name;
    std::string unit_name;
    bool vacant = false;
    std::vector<HolderAnswer> holders;
};
BOOST_DESCRIBE_STRUCT(PostAnswer, (), (id, kind, kind_title, place, place_name, unit_name, vacant, holders))
struct PostList {
    std::vector<PostAnswer> items;
    std::optional<std::string> next;
};
BOOST_DESCRIBE_STRUCT(PostList, (), (items, next))
struct PostsAsked {
    bool below = false;
    std::optional<std::string> kind;
    bool vacant = false;
    std::optional<PostId> after;
    std::optional<http::PageSize<500>> limit;
};
BOOST_DESCRIBE_STRUCT(PostsAsked, (), (below, kind, vacant, after, limit))
struct VacanciesAsked {
    std::optional<PlaceId> place;  // absent: the whole county
    std::optional<PostId> after;
};
BOOST_DESCRIBE_STRUCT(VacanciesAsked, (), (place, after))
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
struct BreachesAnswer {
    std::vector<BreachAnswer> items;
    int total = 0;
};
BOOST_DESCRIBE_STRUCT(BreachesAnswer, (), (items, total))
struct ProposalAsked {
    std::optional<std::string> rule;  // absent: the first that can be repaired by a proposal
    std::optional<PlaceId> place;     // absent: the whole county
};
BOOST_DESCRIBE_STRUCT(ProposalAsked, (), (rule, place))
struct ShortageAnswer {
    PlaceId group;
    std::string name;
    int households_without = 0;
    int representatives_needed = 0;
    int representatives_too_many = 0;
};
BOOST_DESCRIBE_STRUCT(ShortageAnswer, (),
                      (group, name, households_without, representatives_needed, representatives_too_many))
struct ProposalAnswer {
    std::optional<ProposalId> id;  // nothing when no assignment fits
    std::string rule;
    std::string state;  // proposed, confirmed, infeasible
    int kept = 0, newly_assigned = 0, moved = 0, outside_group = 0, smallest_load = 0, largest_load = 0;
    std::vector<ShortageAnswer> shortages;
};
BOOST_DESCRIBE_STRUCT(ProposalAnswer, (),
                      (id, rule, state, kept, newly_assigned, moved, outside_group, smallest_load,
                       largest_load, shortages))

namespace {

using http::Method;
using http::None;
using http::Problem;
using http::Reply;
using http::Request;
using place::acting_person;
using place::Titles;

constexpr int page_of_posts = 100, most_posts = 500, page_of_breaches = 200;

Problem problem_of(PartyRefusal refusal) {
    switch (refusal) {
        // What may not be seen and what is not there answer alike.
        case PartyRefusal::place_not_found:
        case PartyRefusal::proposal_not_found:
            return http::problem(404, "not_found");
        case PartyRefusal::not_allowed:
            return http::problem(403, "not_allowed");
        case PartyRefusal::proposal_already_decided:
        case PartyRefusal::proposal_out_of_date:
            return http::problem(409, std::string(code_of(refusal)));
        default:
            return http::problem(422, std::string(code_of(refusal)));
    }
}

PostAnswer answer_of(const PostView& view, const std::string& language, const Titles& titles) {
    PostAnswer answer{view.post.id,
                      view.post.kind,
                      titles(language, "post.kind." + view.post.kind),
                      view.post.place,
                      view.place_name,
                      view.unit_name,
                      view.holders.empty(),
                      {}};
    for (const auto& holder : view.holders)
        answer.holders.push_back({holder.name, holder.stand_in, holder.from});
    return answer;
}

PostList page(const std::vector<PostView>& views, std::size_t limit, const std::string& language,
              const Titles& titles) {
    PostList list;
    for (const auto& view : views) {
        if (list.items.size() == limit) {
            list.next = list.items.back().id.text();
            break;
        }
        list.items.push_back(answer_of(view, language, titles));
    }
    return list;
}

PostList posts(County& county, PartyService& parties, PostsQuery query, const std::string& language,
               const Titles& titles) {
    const auto limit = query.limit;
    ++query.limit;  // one more tells whether there is a next page
    return page(parties.posts(county, query), static_cast<std::size_t>(limit), language, titles);
}

// Kinds are the pack's: which there are is known only here.
std::optional<Problem> refuse_kind(County& county, const std::optional<std::string>& kind) {
    if (!kind) return {};
    const auto kinds = county.database.read([](store::Transaction& tx) { return load_offices(tx).posts; });
    if (kinds.find(*kind) != nullptr) return {};
    std::string allowed;
    for (const auto& each : kinds.all()) allowed += (allowed.empty() ? "" : ", ") + each.name;
    return http::problem(422, "invalid_input", {{"/kind", "unknown_value", {}, std::move(allowed)}});
}

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
    for (const auto& view : list.items) {
        const Breach& breach = view.breach;
        const std::string kind(name_of(breach.kind));
        answer.items.push_back({breach.rule, titles(language, "liaison." + breach.rule), kind,
                                titles(language, "breach." + kind), breach.place, view.place_name, view.path,
                                who_of(view, language, titles), breach.found, breach.allowed.text()});
    }
    return answer;
}

ProposalAnswer answer_of(const Proposal& proposal) {
    return {proposal.id,
            proposal.rule,
            proposal.state,
            proposal.kept,
            proposal.newly_assigned,
            proposal.moved,
            proposal.outside_group,
            proposal.smallest_load,
            proposal.largest_load,
            {}};
}

ProposalAnswer answer_of(const std::string& rule, const ProposalOutcome& outcome) {
    if (const auto* proposal = std::get_if<Proposal>(&outcome)) return answer_of(*proposal);
    ProposalAnswer answer;
    answer.rule = rule;
    answer.state = "infeasible";
    for (const auto& group : std::get<std::vector<InfeasibleGroup>>(outcome)) {
        answer.shortages.push_back({group.group, group.name, group.shortage.households_without,
                                    group.shortage.representatives_needed,
                                    group.shortage.representatives_too_many});
    }
    return answer;
}

void add_post_routes(http::Api& api, County& county, PartyService& parties, const Titles& titles) {
    api.route<None, PostList>(
        Method::get, "/api/v1/places/{id}/representatives",
        {.id = "representatives",
         .summary = "Who keeps in touch with this place",
         .tag = "parties",
         .refusals = {404}},
        [&county, &parties, titles](Request& request, None) -> Result<Reply<PostList>, Problem> {
            const auto id = http::path_id<PlaceNoun>(request);
            if (!id) return fail(id.error());
            if (!place::is_there(county, *id)) return fail(http::problem(404, "not_found"));
            return Reply{page(parties.representatives(county, *id), most_posts, request.language, titles)};
        });
    api.route<PostsAsked, PostList>(
        Method::get, "/api/v1/places/{id}/posts",
        {.id = "posts",
         .summary = "Posts at a place and who holds them",
         .tag = "parties",
         .refusals = {404}},
        [&county, &parties, titles](Request& request, PostsAsked asked) -> Result<Reply<PostList>, Problem> {
            const auto id = http::path_id<PlaceNoun>(request);
            if (!id) return fail(id.error());
            if (!place::is_there(county, *id)) return fail(http::problem(404, "not_found"));
            if (auto refused = refuse_kind(county, asked.kind)) return fail(std::move(*refused));
            const int limit = asked.limit ? asked.limit->items : page_of_posts;
            return Reply{posts(county, parties,
                               {*id, place::today(county), asked.below, asked.kind.value_or(""), asked.vacant,
                                asked.after.value_or(PostId()), limit},
                               request.language, titles)};
        });
    api.route<VacanciesAsked, PostList>(
        Method::get, "/api/v1/vacancies",
        {.id = "vacancies", .summary = "Posts nobody holds, at a place and below it", .tag = "parties"},
        [&county, &parties, titles](Request& request,
                                    VacanciesAsked asked) -> Result<Reply<PostList>, Problem> {
            if (asked.place && !place::is_there(county, *asked.place))
                return fail(http::problem(404, "not_found"));
            return Reply{posts(county, parties,
                               {asked.place.value_or(place::root_of(county)),
                                place::today(county),
                                true,
                                {},
                                true,
                                asked.after.value_or(PostId()),
                                page_of_posts},
                               request.language, titles)};
        });
}

}  // namespace

void add_party_routes(http::Api& api, County& county, PartyService& parties, Titles titles) {
    add_post_routes(api, county, parties, titles);
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
        [&county, &parties](Request& request, ProposalAsked asked) -> Result<Reply<ProposalAnswer>, Problem> {
            const auto outcome =
                parties.propose_links(county, acting_person(request), asked.rule.value_or(""),
                                      asked.place.value_or(place::root_of(county)));
            if (!outcome) return fail(problem_of(outcome.error()));
            return Reply{answer_of(asked.rule.value_or(""), *outcome)};
        });
    api.route<None, ProposalAnswer>(
        Method::post, "/api/v1/liaison/proposals/{id}/confirm",
        {.id = "confirm_liaison",
         .summary = "Puts a proposal into force",
         .tag = "parties",
         .refusals = {403, 404, 409}},
        [&county, &parties](Request& request, None) -> Result<Reply<ProposalAnswer>, Problem> {
            const auto id = http::path_id<ProposalNoun>(request);
            if (!id) return fail(id.error());
            const auto confirmed = parties.confirm(county, acting_person(request), *id);
            if (!confirmed) return fail(problem_of(confirmed.error()));
            return Reply{answer_of(*confirmed)};
        });
}

}  // namespace lianxin::party
