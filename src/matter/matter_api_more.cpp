#include "matter/matter_api_more.hpp"

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

#include "http/page_size.hpp"
#include "identity/one_time_code_service.hpp"
#include "matter/attachment_service.hpp"
#include "matter/matter_api_rows.hpp"
#include "matter/matter_api_shapes.hpp"
#include "matter/outgoing_service.hpp"
#include "notice/notice_service.hpp"

namespace lianxin::matter::api {

using http::Method;
using http::None;
using http::Problem;
using http::Reply;
using http::Request;
using place::acting_person;

struct NoticeShape {
    NoticeId id;
    std::string title, text;
    StepShape place;
    Instant from, until;
    std::string objections;
    bool withdrawn = false;
    boost::json::value shows;
};
BOOST_DESCRIBE_STRUCT(NoticeShape, (), (id, title, text, place, from, until, objections, withdrawn, shows))
struct NoticeList {
    std::vector<NoticeShape> items;
    std::optional<std::string> next;
};
BOOST_DESCRIBE_STRUCT(NoticeList, (), (items, next))
struct NoticesAsked {
    std::optional<PlaceId> place;
    std::optional<NoticeId> after;
    std::optional<http::PageSize<200>> limit;
};
BOOST_DESCRIBE_STRUCT(NoticesAsked, (), (place, after, limit))

namespace {

// Telling whether a number has a contact would tell whether it exists: the answer is the same.
void send_code_for(County& county, MatterService& matters, const Request& request) {
    const auto tracked = matters.track(county, request.param("number"));
    const auto contact = tracked ? matters.contact_of(county, tracked->id) : std::nullopt;
    if (!contact) return;
    const std::string code = identity::new_code();
    const std::string payload =
        boost::json::serialize(boost::json::object{{"number", tracked->number}, {"code", code}});
    identity::CodeDestination to;
    to.channel = contact->channel;
    to.sealed_for = contact->key.value();
    to.recipient = contact->sealed_address;
    to.language = request.language;
    const Bytes sealed = county.keys.seal(contact->key, payload, payload_context);
    const Instant now = county.clock.now();
    county.database.write([&](store::Transaction& tx) {
        (void)identity::send_code(tx, county, {"matter", tracked->id.value()}, code, to, sealed, now);
    });
}

NoticeShape shape_of(const notice::NoticeView& view, const Wording& words) {
    const notice::Notice& notice = view.notice;
    NoticeShape out;
    out.id = notice.id;
    out.title = words.key("notice.kind." + notice.name);
    out.place = {notice.place, view.place_name};
    out.from = notice.from;
    out.until = notice.until;
    out.objections = words.key("notice.objections");
    out.withdrawn = notice.withdrawn_at.has_value();
    boost::system::error_code error;
    out.shows = boost::json::parse(notice.shows, error);
    if (error) out.shows = boost::json::object();
    if (const auto* shows = out.shows.if_object()) {
        for (const auto& [key, value] : *shows) {
            if (!value.is_string()) continue;
            if (!out.text.empty()) out.text += "\n";
            out.text.append(value.get_string().data(), value.get_string().size());
        }
    }
    return out;
}

}  // namespace

void add_tracking(http::Api& api, County& county, MatterService& matters, const place::Titles& titles) {
    api.route<None, TrackShape>(
        Method::get, "/api/v1/track/{number}",
        {.id = "track",
         .summary = "State and deadline by number, nothing else",
         .tag = "track",
         .refusals = {404}},
        [&county, &matters, titles](Request& request, None) -> Result<Reply<TrackShape>, Problem> {
            const auto found = matters.track(county, request.param("number"));
            if (!found) return fail(http::problem(404, "not_found"));
            const Wording words(titles, request.language);
            return Reply{TrackShape{found->number, found->state,
                                    words.of(found->workflow, "state", found->state), found->phase,
                                    found->due, found->closed_at}};
        });
    api.raw(Method::post, "/api/v1/track/{number}/code",
            {.id = "send_code",
             .summary = "Sends a one-time code to the contact left with the request",
             .tag = "track",
             .status = 202},
            [&county, &matters](Request& request) {
                send_code_for(county, matters, request);
                return http::respond_json(202, "{}");
            });
    api.route<CodeShape, OpenedShape>(
        Method::post, "/api/v1/track/{number}/open",
        {.id = "open_with_code",
         .summary = "A new receipt for whoever reads the contact",
         .tag = "track",
         .refusals = {403, 404}},
        [&county, &matters](Request& request, CodeShape in) -> Result<Reply<OpenedShape>, Problem> {
            const auto found = matters.track(county, request.param("number"));
            if (!found) return fail(http::problem(403, "no_code"));
            const Instant now = county.clock.now();
            const auto outcome = county.database.write([&](store::Transaction& tx) {
                return identity::prove_code(tx, county, {"matter", found->id.value()}, in.code, now);
            });
            if (outcome != identity::CodeOutcome::proved)
                return fail(http::problem(403, std::string(identity::code_of(outcome))));
            return Reply{OpenedShape{matters.renew_secret(county, found->id), found->id}};
        });
}

void add_pictures(http::Api& api, County& county, MatterService& matters) {
    api.raw(Method::post, "/api/v1/uploads",
            {.id = "upload",
             .summary = "A picture or PDF, to be named by the action that follows",
             .tag = "matters",
             .status = 201,
             .body_limit = largest_attachment_bytes + (std::size_t{64} << 10U),
             .takes = "image/jpeg",
             .refusals = {413, 422}},
            [&county](Request& request) {
                // Taking the first and dropping the rest would lose pictures without a word.
                if (request.uploads.size() > 1)
                    return http::respond(http::problem(413, "one_file_at_a_time"));
                const std::string& content =
                    request.uploads.empty() ? request.body : request.uploads.front().body;
                const auto uploaded = upload(county, as_bytes(content));
                if (!uploaded) {
                    const bool large = uploaded.error() == UploadRefusal::file_too_large;
                    return http::respond(http::problem(large ? 413 : 422, name_of(uploaded.error())));
                }
                return http::respond_json(201, http::to_json(UploadedShape{Id<UploadNoun>(uploaded->id),
                                                                           uploaded->type, uploaded->bytes},
                                                             county.zone));
            });
    api.raw(Method::get, "/api/v1/attachments/{id}",
            {.id = "attachment",
             .summary = "The picture itself, for whoever may read its matter",
             .tag = "matters",
             .gives = "image/jpeg",
             .refusals = {404}},
            [&county, &matters](Request& request) {
                const auto id = Id<UploadNoun>::parse(request.param("id"));
                auto file = id ? matters.file(county, acting_person(request), id->value()) : std::nullopt;
                if (!file) return http::respond(http::problem(404, "not_found"));
                http::Response response;
                response.content_type = file->type;
                response.body.assign(as_text(file->content));
                // Never run as a page of ours, whatever it claims to be.
                response.headers = {{"X-Content-Type-Options", "nosniff"},
                                    {"Content-Security-Policy", "default-src 'none'; sandbox"},
                                    {"Cache-Control", "private, max-age=600"}};
                if (!file->type.starts_with("image/"))
                    response.headers.emplace_back("Content-Disposition", "attachment");
                return response;
            });
}

void add_notices(http::Api& api, County& county, const place::Titles& titles) {
    api.route<NoticesAsked, NoticeList>(
        Method::get, "/api/v1/notices",
        {.id = "notices", .summary = "What is published at a place, newest first", .tag = "notices"},
        [&county, titles](Request& request, NoticesAsked in) -> Result<Reply<NoticeList>, Problem> {
            const Wording words(titles, request.language);
            const int limit = in.limit ? in.limit->items : 50;
            if (in.place && !place::is_there(county, *in.place)) return fail(http::problem(404, "not_found"));
            NoticeList list;
            for (const auto& one : notice::published_at(county, in.place, limit, in.after))
                list.items.push_back(shape_of(one, words));
            if (list.items.size() == static_cast<std::size_t>(limit)) list.next = list.items.back().id.text();
            return Reply{std::move(list)};
        });
    api.route<None, NoticeShape>(
        Method::get, "/api/v1/notices/{id}",
        {.id = "notice", .summary = "One notice, with its period", .tag = "notices", .refusals = {404}},
        [&county, titles](Request& request, None) -> Result<Reply<NoticeShape>, Problem> {
            const auto id = http::path_id<NoticeNoun>(request);
            if (!id) return fail(id.error());
            const Wording words(titles, request.language);
            const auto found = notice::published(county, *id);
            if (!found) return fail(http::problem(404, "not_found"));
            return Reply{shape_of(*found, words)};
        });
}

}  // namespace lianxin::matter::api
