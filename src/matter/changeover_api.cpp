#include "matter/changeover_api.hpp"

#include "matter/changeover_service.hpp"
#include "matter/matter_api_shapes.hpp"

namespace lianxin::matter {
namespace api {

struct StateChoiceShape {
    std::optional<std::string> part;  // the kind of part; empty or left out: the matter itself
    std::string from, to;
};
BOOST_DESCRIBE_STRUCT(StateChoiceShape, (), (part, from, to))
struct NamedStateShape {
    std::string state, title;
};
BOOST_DESCRIBE_STRUCT(NamedStateShape, (), (state, title))
struct StateStandingShape {
    std::string part, part_title, state, title;
    std::int64_t standing = 0;
    std::optional<std::string> misfit, misfit_title;  // why the state of the same name will not do
    std::vector<NamedStateShape> choices;
};
BOOST_DESCRIBE_STRUCT(StateStandingShape, (),
                      (part, part_title, state, title, standing, misfit, misfit_title, choices))
struct VersionStandingShape {
    std::string name, title, version;
    std::optional<std::string> current;  // the version of today; null: the kind is no longer in the pack
    std::vector<StateStandingShape> states;
};
BOOST_DESCRIBE_STRUCT(VersionStandingShape, (), (name, title, version, current, states))
struct VersionQuery {
    std::string version;
    std::optional<PlaceId> place;  // left out: the highest place administered
};
BOOST_DESCRIBE_STRUCT(VersionQuery, (), (version, place))
struct MovesIn {
    std::string version;
    std::optional<PlaceId> place;
    std::vector<StateChoiceShape> states;
    std::string why;
    std::optional<MatterId> after;
};
BOOST_DESCRIBE_STRUCT(MovesIn, (), (version, place, states, why, after))
struct StayedShape {
    MatterId id;
    std::string number;  // empty: a sealed complaint
    std::string part_title, state_title, code, title;
};
BOOST_DESCRIBE_STRUCT(StayedShape, (), (id, number, part_title, state_title, code, title))
struct MovesShape {
    std::int64_t moved = 0;
    std::vector<StayedShape> stayed;
    std::optional<MatterId> next;
};
BOOST_DESCRIBE_STRUCT(MovesShape, (), (moved, stayed, next))

namespace {

std::string part_title(const Wording& words, const std::string& workflow, const std::string& machine) {
    return machine.empty() ? std::string() : words.of(workflow, "part", machine);
}

VersionStandingShape shape_of(const VersionStanding& found, const Wording& words) {
    const std::string& name = found.from->name;
    VersionStandingShape out{name, words.key("workflow." + name + ".title"), hex(found.from->hash), {}, {}};
    if (found.next != nullptr) out.current = hex(found.next->hash);
    for (const StateStanding& each : found.states) {
        StateStandingShape state;
        state.part = each.move.machine;
        state.part_title = part_title(words, name, each.move.machine);
        state.state = each.move.state;
        state.title = words.of(name, "state", each.move.state);
        state.standing = each.standing;
        if (each.move.misfit) {
            state.misfit = name_of(*each.move.misfit);
            state.misfit_title = words.key("misfit." + *state.misfit);
        }
        for (const std::string& choice : each.move.choices)
            state.choices.push_back({choice, words.of(name, "state", choice)});
        out.states.push_back(std::move(state));
    }
    return out;
}

MovesShape shape_of(const MovesDone& done, const std::string& workflow, const Wording& words) {
    MovesShape out{done.moved, {}, done.next};
    for (const Stayed& stayed : done.stayed) {
        const CannotMove& because = stayed.because;
        out.stayed.push_back({stayed.id, stayed.number, part_title(words, workflow, because.machine),
                              words.of(workflow, "state", because.state), name_of(because.misfit),
                              words.key(std::string("misfit.") + name_of(because.misfit))});
    }
    return out;
}

}  // namespace
}  // namespace api

void add_changeover_routes(http::Api& api, County& county, MatterService& matters, place::Titles titles) {
    using namespace matter::api;
    using http::Problem;
    using http::Reply;
    using http::Request;
    api.route<VersionQuery, VersionStandingShape>(
        http::Method::get, "/api/v1/workflows/{name}/moves",
        {.id = "workflow_moves",
         .summary = "Matters of an older version of a workflow by state, and where each could go",
         .tag = "reports",
         .refusals = {403, 422}},
        [&county, &matters, titles](Request& request,
                                    VersionQuery query) -> Result<Reply<VersionStandingShape>, Problem> {
            Changeovers changeovers(county, matters.surroundings());
            const auto found = changeovers.standing(place::acting_person(request),
                                                    {request.param("name"), query.version, query.place});
            if (!found) return fail(problem_of(found.error()));
            return Reply{shape_of(*found, Wording(titles, request.language))};
        });
    api.route<MovesIn, MovesShape>(
        http::Method::post, "/api/v1/workflows/{name}/moves",
        {.id = "move_matters",
         .summary = "Moves the matters that stand in the states named to the workflow of today; at most 500 "
                    "at once, `next` goes on",
         .tag = "reports",
         .refusals = {403, 409, 422}},
        [&county, &matters, titles](Request& request, MovesIn body) -> Result<Reply<MovesShape>, Problem> {
            MovesAsked asked;
            asked.version = {request.param("name"), body.version, body.place};
            for (auto& state : body.states)
                asked.states.push_back({state.part.value_or(""), std::move(state.from), std::move(state.to)});
            asked.why = std::move(body.why);
            asked.after = body.after.value_or(MatterId());
            Changeovers changeovers(county, matters.surroundings());
            const auto done = changeovers.move(place::acting_person(request), asked);
            if (!done) return fail(problem_of(done.error()));
            return Reply{shape_of(*done, asked.version.workflow, Wording(titles, request.language))};
        });
}

}  // namespace lianxin::matter
