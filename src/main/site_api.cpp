#include "main/site_api.hpp"

#include <algorithm>

#include "journal/county_log.hpp"
#include "journal/journal.hpp"
#include "matter/beginning.hpp"
#include "matter/channel.hpp"
#include "matter/intake_limits.hpp"
#include "store/outbox.hpp"

namespace lianxin {

struct SubkindView {
    std::string name, title;
    bool may_name_post = false;  // it may be about whoever holds a post; it is then sealed
    bool on_behalf = false;      // only ever begun for somebody else
};
BOOST_DESCRIBE_STRUCT(SubkindView, (), (name, title, may_name_post, on_behalf))
struct AskView {  // how whoever starts one is asked: about what, where, and in which words
    std::string heading, where, text, hint;
};
BOOST_DESCRIBE_STRUCT(AskView, (), (heading, where, text, hint))
struct WorkflowView {
    std::string name, title, describe;  // describe: in one sentence, or the steps it goes through
    AskView ask;
    std::vector<SubkindView> subkinds;
    bool open_to_residents = false;
    bool for_oneself = false, for_others = false;  // whoever reads this may begin it so
    std::string asker, asker_title;  // whoever asks is to it: reporter, applicant; empty: nobody asks
    std::string about;               // what it must be about ("notice"): begun from there, never from nothing
    std::string post_kind;           // about a post: of this kind
    bool everyday =
        false;  // its deadlines stand in the table by kind and urgency: what people come for daily
    bool service_item = false;  // it applies for one of the promised services (GET /services)
};
BOOST_DESCRIBE_STRUCT(WorkflowView, (),
                      (name, title, describe, ask, subkinds, open_to_residents, for_oneself, for_others,
                       asker, asker_title, about, post_kind, everyday, service_item))
// How much may be said, in characters: the server judges by the same numbers.
struct LimitsView {
    std::int64_t subject, least_text, text, address, house, name;
};
BOOST_DESCRIBE_STRUCT(LimitsView, (), (subject, least_text, text, address, house, name))
struct ChannelView {
    std::string name, title;
};
BOOST_DESCRIBE_STRUCT(ChannelView, (), (name, title))
struct SiteView {
    std::string pack, title, county;
    std::optional<PlaceId> root_place;
    std::vector<std::string> languages;
    std::vector<WorkflowView> workflows;
    std::string contact;
    LimitsView limits;
    std::vector<std::string> code_channels;  // by which a one-time code can reach somebody: email, sms
    std::vector<ChannelView> channels;       // by which whoever came may have come, the usual one first
};
BOOST_DESCRIBE_STRUCT(SiteView, (),
                      (pack, title, county, root_place, languages, workflows, contact, limits, code_channels,
                       channels))

// What is publicly known of a kind of post: its duties and powers, its agenda, what it must not do.
struct PostListView {
    std::string name, title;
    std::vector<std::string> items;
};
BOOST_DESCRIBE_STRUCT(PostListView, (), (name, title, items))
struct PostListsView {
    std::string post_kind, title;
    std::vector<PostListView> lists;
};
BOOST_DESCRIBE_STRUCT(PostListsView, (), (post_kind, title, lists))
struct AllPostListsView {
    std::vector<PostListsView> items;
};
BOOST_DESCRIBE_STRUCT(AllPostListsView, (), (items))

namespace {

PostListsView lists_view(const pack::PostLists& lists, const pack::Words& words,
                         const std::string& language) {
    PostListsView view{lists.post_kind, words.get(language, "post.kind." + lists.post_kind), {}};
    for (const auto& list : lists.lists) {
        PostListView shown{list.name, words.get(language, "post_list." + list.name), {}};
        for (const auto& item : list.items) shown.items.push_back(words.get(language, "post_item." + item));
        view.lists.push_back(std::move(shown));
    }
    return view;
}

LimitsView limits_view(const matter::IntakeLimits& limits) {
    const auto count = [](std::size_t most) { return static_cast<std::int64_t>(most); };
    return {count(limits.subject), count(limits.least_text), count(limits.text),
            count(limits.address), count(limits.house),      count(limits.name)};
}

WorkflowView workflow_view(const matter::Workflow& workflow, const pack::Words& words,
                           const pack::ComplaintRules& complaints, const access::ActingPerson& who) {
    const std::string& language = who.language;
    const auto own = "workflow." + workflow.name;
    const auto ask = [&](const std::string& what) {
        return words.get_first(language, {own + ".ask." + what, "ask." + what});
    };
    const matter::Beginning beginning = matter::beginning_of(workflow, who);
    const auto asker = matter::asker_in(workflow);
    const std::string asks = asker ? std::string(access::name_of(*asker)) : std::string();
    WorkflowView view{
        workflow.name,
        words.get(language, own + ".title"),
        words.has(own + ".describe") ? words.get(language, own + ".describe") : std::string(),
        {ask("heading"), ask("where"), ask("text"), ask("hint")},
        {},
        workflow.open_to_residents,
        beginning.for_oneself,
        beginning.for_others,
        asks,
        asker ? words.get(language, "relation." + asks) : std::string(),
        workflow.about,
        workflow.post_kind,
        std::any_of(workflow.clocks.begin(), workflow.clocks.end(),
                    [](const matter::ClockRule& clock) { return clock.limit == matter::ClockLimit::table; }),
        workflow.matter().start.service_item};
    for (const auto& subkind : workflow.subkinds) {
        view.subkinds.push_back(
            {subkind, words.get_first(language, {own + ".subkind." + subkind, "subkind." + subkind}),
             complaints.covers(workflow.name, subkind),
             std::find(workflow.on_behalf.begin(), workflow.on_behalf.end(), subkind) !=
                 workflow.on_behalf.end()});
    }
    return view;
}

// For whoever takes in for others. What comes to a post by a way of its own comes so most often.
std::vector<ChannelView> channel_views(const access::ActingPerson& who, const pack::WaysIn& ways_in,
                                       const pack::Words& words) {
    std::vector<ChannelView> views;
    if (who.posts.empty()) return views;
    for (const std::string_view name : matter::channels_for_others())
        views.push_back({std::string(name), words.get(who.language, "channel." + std::string(name))});
    const auto own = ways_in.find(who.posts.front().kind);
    if (own != ways_in.end())
        std::stable_partition(views.begin(), views.end(),
                              [&](const ChannelView& view) { return view.name == own->second; });
    return views;
}

// One line of the exposition format with its type.
void figure(std::string& text, std::string_view name, std::string_view type, std::uint64_t value) {
    text.append("# TYPE ").append(name).append(" ").append(type).append("\n");
    text.append(name).append(" ").append(std::to_string(value)).append("\n");
}

std::string metrics(County& county, const Watched& watched) {
    std::string text;
    if (const auto* counts = watched.server(); counts != nullptr) {
        figure(text, "lianxin_http_requests_total", "counter", counts->requests);
        figure(text, "lianxin_http_faults_total", "counter", counts->faults);
        figure(text, "lianxin_http_timed_out_total", "counter", counts->timed_out);
        figure(text, "lianxin_http_open_connections", "gauge", counts->open_connections);
        figure(text, "lianxin_http_handler_microseconds_total", "counter", counts->micros);
    }
    county.database.read([&](store::Transaction& tx) {
        const auto outbox = store::count_messages(tx);
        figure(text, "lianxin_outbox_waiting", "gauge", static_cast<std::uint64_t>(outbox.waiting));
        figure(text, "lianxin_outbox_failed", "gauge", static_cast<std::uint64_t>(outbox.failed));
        const auto position = journal::last_position(tx);
        figure(text, "lianxin_journal_position", "counter", static_cast<std::uint64_t>(position));
        const auto followed = journal::cursor_of(tx, journal::CountyLog().name());
        figure(text, "lianxin_county_log_lag_entries", "gauge",
               static_cast<std::uint64_t>(position - followed));
    });
    figure(text, "lianxin_search_lag_entries", "gauge",
           static_cast<std::uint64_t>(watched.index.behind(county)));
    if (watched.counters != nullptr)
        figure(text, "lianxin_counters_lag_entries", "gauge",
               static_cast<std::uint64_t>(watched.counters->behind(county)));
    return text;
}

}  // namespace

void add_site_routes(http::Api& api, County& county, place::PlaceService& places,
                     const matter::Workflows& workflows, const pack::Words& words, const SiteFacts& facts) {
    api.route<http::None, SiteView>(
        http::Method::get, "/api/v1/site",
        {.id = "site", .summary = "What this county is, and which matters it takes", .tag = "site"},
        [&county, &places, &workflows, &words, facts](
            http::Request& request, http::None) -> Result<http::Reply<SiteView>, http::Problem> {
            SiteView view{facts.pack,
                          words.get(request.language, facts.title_key),
                          {},
                          {},
                          facts.languages,
                          {},
                          {},
                          limits_view(matter::intake_limits),
                          facts.code_channels,
                          channel_views(http::context<access::ActingPerson>(request), facts.ways_in, words)};
            const auto roots =
                places.children(county, http::context<access::ActingPerson>(request), {}, PlaceId(), 1);
            if (roots && !roots->empty()) {
                view.root_place = roots->front().place.id;
                view.county = roots->front().place.name;
            }
            for (const auto& workflow : workflows.all_current()) {
                view.workflows.push_back(workflow_view(*workflow, words, facts.complaints,
                                                       http::context<access::ActingPerson>(request)));
            }
            if (words.has("site.contact")) view.contact = words.get(request.language, "site.contact");
            return http::Reply{view};
        });
    api.route<http::None, AllPostListsView>(
        http::Method::get, "/api/v1/post-lists",
        {.id = "post_lists",
         .summary = "What whoever holds a post owes, may bring up and must not do",
         .tag = "site"},
        [&words, lists = facts.post_lists](
            http::Request& request, http::None) -> Result<http::Reply<AllPostListsView>, http::Problem> {
            AllPostListsView view;
            for (const auto& each : lists) view.items.push_back(lists_view(each, words, request.language));
            return http::Reply{view};
        });
}

void add_operator_routes(http::Api& api, County& county, const Watched& watched) {
    const auto plain = [](std::string body) {
        http::Response response;
        response.content_type = "text/plain; version=0.0.4; charset=utf-8";
        response.body = std::move(body);
        return response;
    };
    api.raw(
        http::Method::get, "/healthz",
        {.id = "healthz", .summary = "Whether the store answers", .tag = "site", .gives = "text/plain"},
        [&county, plain](http::Request&) {
            county.database.read([](store::Transaction& tx) { (void)tx.value<std::int64_t>("select 1"); });
            return plain("ok\n");
        });
    api.raw(http::Method::get, "/metrics",
            {.id = "metrics",
             .summary = "Figures for whoever runs the server, Prometheus text",
             .tag = "site",
             .gives = "text/plain"},
            [&county, plain, watched](http::Request& request) {
                // For the machine itself and whoever its proxy lets through.
                if (request.header("x-forwarded-for")) return http::respond(http::problem(404, "not_found"));
                return plain(metrics(county, watched));
            });
}

}  // namespace lianxin
