#include "report/flow_api.hpp"

#include "base/bytes.hpp"
#include "place/place_api.hpp"

namespace lianxin::report {

struct FlowPlaceJson {
    PlaceId id;
    std::string name;
};
BOOST_DESCRIBE_STRUCT(FlowPlaceJson, (), (id, name))
struct VersionJson {
    std::string version;  // the hash of the workflow's text, hex
    bool current = false;
    std::int64_t open = 0;
};
BOOST_DESCRIBE_STRUCT(VersionJson, (), (version, current, open))
struct KindJson {
    std::string name, title;
    std::int64_t open = 0;
    std::vector<VersionJson> versions;
};
BOOST_DESCRIBE_STRUCT(KindJson, (), (name, title, open, versions))
struct KindsJson {
    FlowPlaceJson place;
    std::vector<KindJson> items;
};
BOOST_DESCRIBE_STRUCT(KindsJson, (), (place, items))
struct StateJson {
    std::string part, part_title;  // the kind of part; empty: the matter itself
    std::string state, title;
    bool end = false;
    std::int64_t standing = 0, overdue = 0;
    std::optional<std::int64_t> longest_s;  // seconds, as all lengths of time here
    std::int64_t left = 0;
    std::optional<std::int64_t> median_s, p90_s;
    std::int64_t late = 0, returns = 0;
};
BOOST_DESCRIBE_STRUCT(StateJson, (),
                      (part, part_title, state, title, end, standing, overdue, longest_s, left, median_s,
                       p90_s, late, returns))
struct FlowJson {
    std::string name, title;
    FlowPlaceJson place;
    Day from, to;
    VersionJson version;
    std::vector<VersionJson> versions;
    std::vector<StateJson> states;
};
BOOST_DESCRIBE_STRUCT(FlowJson, (), (name, title, place, from, to, version, versions, states))
struct KindsQuery {
    std::optional<PlaceId> place;
};
BOOST_DESCRIBE_STRUCT(KindsQuery, (), (place))
struct FlowQuery {
    std::optional<PlaceId> place;
    std::optional<Day> from, to;
    std::optional<std::string> version;
};
BOOST_DESCRIBE_STRUCT(FlowQuery, (), (place, from, to, version))
struct PictureJson {
    std::string svg;
};
BOOST_DESCRIBE_STRUCT(PictureJson, (), (svg))

namespace {

using http::Method;
using http::None;
using http::Problem;
using http::Reply;
using http::Request;

Problem problem_of(FlowRefusal refusal) {
    const bool hidden = refusal == FlowRefusal::place_not_found || refusal == FlowRefusal::workflow_unknown;
    return http::problem(hidden                                ? 404
                         : refusal == FlowRefusal::not_allowed ? 403
                                                               : 422,
                         std::string(code_of(refusal)));
}

VersionJson json_of(const VersionFlow& version) {
    return {hex(version.workflow->hash), version.current, version.open};
}

std::string title_of(const pack::Words& words, const std::string& language, const std::string& workflow,
                     const std::string& key) {
    return words.get_first(language, {"workflow." + workflow + "." + key, key});
}

FlowJson json_of(const FlowReport& report, const pack::Words& words, const std::string& language) {
    const matter::Workflow& workflow = *report.version.workflow;
    FlowJson json;
    json.name = workflow.name;
    json.title = words.get(language, "workflow." + workflow.name + ".title");
    json.place = {report.place.id, report.place.name};
    json.from = report.first;
    json.to = report.last;
    json.version = json_of(report.version);
    for (const VersionFlow& version : report.versions) json.versions.push_back(json_of(version));
    for (const matter::Machine& machine : workflow.machines) {
        for (const matter::StateRule& state : machine.states) {
            const auto found = report.flow.find({machine.name, state.name});
            const StateFlow flow = found == report.flow.end() ? StateFlow{} : found->second;
            json.states.push_back(
                {machine.name,
                 machine.name.empty() ? "" : title_of(words, language, workflow.name, "part." + machine.name),
                 state.name, title_of(words, language, workflow.name, "state." + state.name), state.end,
                 flow.standing, flow.overdue, flow.longest_s, flow.left, flow.median_s, flow.p90_s, flow.late,
                 flow.returns});
        }
    }
    return json;
}

Result<FlowReport, Problem> asked_for(FlowService& flows, County& county, Request& request,
                                      const FlowQuery& query) {
    auto report = flows.flow(county, place::acting_person(request), request.param("name"),
                             query.version.value_or(""), {query.place, query.from, query.to});
    if (!report) return fail(problem_of(report.error()));
    return *std::move(report);
}

}  // namespace

void add_flow_routes(http::Api& api, FlowService& flows, County& county, const pack::Words& words) {
    api.route<KindsQuery, KindsJson>(
        Method::get, "/api/v1/workflows",
        {.id = "workflows",
         .summary = "The kinds of matter, with what is under way of each version",
         .tag = "reports",
         .refusals = {403, 404}},
        [&](Request& request, KindsQuery query) -> Result<Reply<KindsJson>, Problem> {
            const auto report = flows.kinds(county, place::acting_person(request), query.place);
            if (!report) return fail(problem_of(report.error()));
            KindsJson json{{report->place.id, report->place.name}, {}};
            for (const KindFlow& kind : report->kinds) {
                KindJson item{kind.workflow,
                              words.get(request.language, "workflow." + kind.workflow + ".title"),
                              kind.open,
                              {}};
                for (const VersionFlow& version : kind.versions) item.versions.push_back(json_of(version));
                json.items.push_back(std::move(item));
            }
            return Reply{std::move(json)};
        });
    api.route<FlowQuery, FlowJson>(
        Method::get, "/api/v1/workflows/{name}",
        {.id = "workflow_flow",
         .summary = "One kind of matter state by state: who stands there, how long, where it sticks",
         .tag = "reports",
         .refusals = {403, 404, 422}},
        [&](Request& request, FlowQuery query) -> Result<Reply<FlowJson>, Problem> {
            const auto report = asked_for(flows, county, request, query);
            if (!report) return fail(report.error());
            return Reply{json_of(*report, words, request.language)};
        });
    api.route<FlowQuery, PictureJson>(
        Method::get, "/api/v1/workflows/{name}/picture",
        {.id = "workflow_picture",
         .summary = "The same drawn on one sheet",
         .tag = "reports",
         .refusals = {403, 404, 422}},
        [&](Request& request, FlowQuery query) -> Result<Reply<PictureJson>, Problem> {
            const auto report = asked_for(flows, county, request, query);
            if (!report) return fail(report.error());
            return Reply{PictureJson{draw_flow(*report, words, request.language)}};
        });
}

}  // namespace lianxin::report
