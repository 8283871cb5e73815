#include "matter/matter_api_more.hpp"

#include <boost/json/serialize.hpp>

#include "base/crypto.hpp"
#include "base/public_number.hpp"
#include "http/page_size.hpp"
#include "http/parsing.hpp"
#include "identity/one_time_code_service.hpp"
#include "matter/attachment_service.hpp"
#include "matter/matter_api_published.hpp"
#include "matter/matter_api_rows.hpp"
#include "matter/matter_api_shapes.hpp"
#include "matter/outgoing_service.hpp"
#include "matter/public_notice_service.hpp"

namespace lianxin::matter::api {

using http::Method;
using http::None;
using http::Problem;
using http::Reply;
using http::Request;
using place::acting_person;

struct NoticeLineShape {
    std::string name, title, shown;
    bool corrected = false;  // it showed something else before
};
BOOST_DESCRIBE_STRUCT(NoticeLineShape, (), (name, title, shown, corrected))
struct NoticeShape {
    NoticeId id;
    std::string title, kind_title;
    std::string text;  // its lines as one text
    std::vector<NoticeLineShape> lines;
    StepShape place;
    Instant from, until;
    std::optional<Instant>
        corrected_at;  // it shows something else since then, and hangs its whole period anew
    Day last_day;
    int days_left = 0;
    bool takes_objections = false;
    std::string objections;  // who to turn to
    bool withdrawn = false;
    boost::json::value shows;
};
BOOST_DESCRIBE_STRUCT(NoticeShape, (),
                      (id, title, kind_title, text, lines, place, from, until, corrected_at, last_day,
                       days_left, takes_objections, objections, withdrawn, shows))
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

// The check digit alone tells a number that nobody was ever given: known to anybody, it gives nothing away.
// One that may have been given is simply not found, whether there is none or it is sealed.
Result<std::string, Problem> number_asked(const Request& request) {
    const auto number = PublicNumber::parse(request.param("number"));
    if (!number) return fail(http::problem(422, "number_mistyped"));
    return number->text();
}

// Telling whether a number has a contact would tell whether it exists: the answer is the same.
void send_code_for(County& county, MatterService& matters, const Request& request,
                   const std::string& number) {
    const auto tracked = matters.track(county, number);
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

// Who hears an objection, by post and name, with the public phone there; then the county's own line.
std::string contact_of(const PublicNotice& view, const Wording& words) {
    std::string text = view.hears.empty() ? std::string() : words.post(view.hears);
    std::vector<std::string> parts = view.holders;
    if (!view.phone.empty()) parts.push_back(view.phone);
    for (const std::string& part : parts) text += (text.empty() ? "" : " · ") + part;
    const std::string site = words.key_or("site.contact", "");
    if (!site.empty()) text += (text.empty() ? "" : "；") + site;
    return text;
}

void fill_lines(NoticeShape& out, const PublicNotice& view, const Wording& words) {
    boost::json::object shows;
    const std::string workflow = view.rules ? view.rules->name : std::string();
    for (auto& said : said_in(view.said, workflow, words)) {
        if (!out.text.empty()) out.text += "\n";
        out.text += said.as_text;
        shows[said.line->what] = said.line->value;
        out.lines.push_back(
            {said.line->what, std::move(said.title), std::move(said.shown), said.line->corrected});
    }
    out.shows = std::move(shows);
}

NoticeShape shape_of(const PublicNotice& view, const Wording& words) {
    NoticeShape out;
    out.id = view.notice.id;
    out.title = words.key("notice.kind." + view.notice.name);
    if (view.rules) out.kind_title = words.kind(view.rules->name, view.subkind);
    out.place = {view.notice.place, view.place_name};
    out.from = view.notice.from;
    out.until = view.notice.until;
    out.corrected_at = view.corrected_at;
    out.last_day = view.last_day;
    out.days_left = view.days_left;
    out.takes_objections = view.takes_objections;
    out.objections = contact_of(view, words);
    out.withdrawn = view.notice.withdrawn_at.has_value();
    fill_lines(out, view, words);
    return out;
}

}  // namespace

void add_tracking(http::Api& api, County& county, MatterService& matters, const place::Titles& titles) {
    api.route<None, TrackShape>(
        Method::get, "/api/v1/track/{number}",
        {.id = "track",
         .summary = "State and deadline by number, nothing else",
         .tag = "track",
         .refusals = {404, 422}},
        [&county, &matters, titles](Request& request, None) -> Result<Reply<TrackShape>, Problem> {
            const auto number = number_asked(request);
            if (!number) return fail(number.error());
            const auto found = matters.track(county, *number);
            if (!found) return fail(http::problem(404, "not_found"));
            const Wording words(titles, request.language);
            return Reply{TrackShape{found->number, found->state,
                                    words.state(found->workflow, found->state, found->merged), found->phase,
                                    found->tone, found->due, found->closed_at}};
        });
    api.raw(Method::post, "/api/v1/track/{number}/code",
            {.id = "send_code",
             .summary = "Sends a one-time code to the contact left with the request",
             .tag = "track",
             .status = 202,
             .refusals = {422}},
            [&county, &matters](Request& request) {
                const auto number = number_asked(request);
                if (!number) return http::respond(number.error());
                send_code_for(county, matters, request, *number);
                return http::respond_json(202, "{}");
            });
    api.route<CodeShape, OpenedShape>(
        Method::post, "/api/v1/track/{number}/open",
        {.id = "open_with_code",
         .summary = "A new receipt for whoever reads the contact",
         .tag = "track",
         .refusals = {403, 404, 422}},
        [&county, &matters](Request& request, CodeShape in) -> Result<Reply<OpenedShape>, Problem> {
            const auto number = number_asked(request);
            if (!number) return fail(number.error());
            const auto found = matters.track(county, *number);
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

// A browser may keep the picture, but asks each time whether whoever looks now may see it: the next person
// at the same machine may not.
http::Response picture_answer(const Request& request, const FileView& file) {
    http::Response response;
    response.content_type = file.type;
    const std::string tag = '"' + hex(sha256(file.content)).substr(0, 32) + '"';
    // Never run as a page of ours, whatever it claims to be.
    response.headers = {{"X-Content-Type-Options", "nosniff"},
                        {"Content-Security-Policy", "default-src 'none'; sandbox"},
                        {"Cache-Control", "private, no-cache"},
                        {"ETag", tag}};
    if (!file.type.starts_with("image/")) response.headers.emplace_back("Content-Disposition", "attachment");
    const auto known = request.header("if-none-match");
    if (known && http::matches_etag(*known, tag))
        response.status = 304;
    else
        response.body.assign(as_text(file.content));
    return response;
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
                return picture_answer(request, *file);
            });
}

void add_notices(http::Api& api, County& county, MatterService& matters, const place::Titles& titles) {
    api.route<NoticesAsked, NoticeList>(
        Method::get, "/api/v1/notices",
        {.id = "notices", .summary = "What is published at a place, newest first", .tag = "notices"},
        [&county, &matters, titles](Request& request, NoticesAsked in) -> Result<Reply<NoticeList>, Problem> {
            const Wording words(titles, request.language);
            const int limit = in.limit ? in.limit->items : 50;
            if (in.place && !place::is_there(county, *in.place)) return fail(http::problem(404, "not_found"));
            NoticeList list;
            for (const auto& one : public_notices(county, matters.surroundings(), in.place, limit, in.after))
                list.items.push_back(shape_of(one, words));
            if (list.items.size() == static_cast<std::size_t>(limit)) list.next = list.items.back().id.text();
            return Reply{std::move(list)};
        });
    api.route<None, NoticeShape>(
        Method::get, "/api/v1/notices/{id}",
        {.id = "notice", .summary = "One notice, with its period", .tag = "notices", .refusals = {404}},
        [&county, &matters, titles](Request& request, None) -> Result<Reply<NoticeShape>, Problem> {
            const auto id = http::path_id<NoticeNoun>(request);
            if (!id) return fail(id.error());
            const Wording words(titles, request.language);
            const auto found = public_notice(county, matters.surroundings(), *id);
            if (!found) return fail(http::problem(404, "not_found"));
            return Reply{shape_of(*found, words)};
        });
}

}  // namespace lianxin::matter::api
