#include "matter/matter_api.hpp"

#include <boost/json/object.hpp>
#include <memory>
#include <mutex>

#include "base/public_number.hpp"
#include "matter/matter_api_more.hpp"
#include "matter/matter_api_published.hpp"
#include "matter/matter_api_rows.hpp"
#include "matter/matter_api_shapes.hpp"

namespace lianxin::matter {

namespace {

using namespace api;
using http::Method;
using http::Problem;
using http::Reply;
using http::Request;
using place::acting_person;

std::optional<store::AnswerKey> answer_key(const Request& request) {
    if (!request.idempotency) return {};
    return store::AnswerKey{request.idempotency->scope, request.idempotency->key,
                            request.idempotency->request_hash};
}

Result<boost::json::object, Problem> fields_of(const boost::json::value& value) {
    if (value.is_null()) return boost::json::object();
    if (!value.is_object()) return fail(http::problem(422, "invalid", {{"/fields", "wrong_type", {}}}));
    return value.get_object();
}

Result<NewMatter, Problem> asked_of(const Request& request, TakeInShape in) {
    auto fields = fields_of(in.fields);
    if (!fields) return fail(fields.error());
    NewMatter asked;
    asked.workflow = std::move(in.workflow);
    asked.subkind = in.subkind.value_or("");
    asked.category = in.category;
    asked.place = in.place;
    asked.place_code = in.place_code.value_or("");
    asked.house = in.house.value_or("");
    asked.address = in.address.value_or("");
    asked.subject = std::move(in.subject);
    asked.text = in.text.value_or("");
    asked.anonymous = in.anonymous;
    asked.on_behalf = in.on_behalf;
    if (in.reporter) {
        asked.reporter = {in.reporter->name.value_or(""), in.reporter->phone.value_or(""),
                          in.reporter->email.value_or("")};
    }
    asked.channel = in.channel.value_or("");
    asked.happened_at = in.happened_at;
    for (const auto id : in.uploads) asked.uploads.push_back(id.value());
    if (in.about) asked.about = Subject{in.about->kind, in.about->id.value()};
    asked.service_item = in.service_item.value_or("");
    asked.fields = std::move(*fields);
    asked.language = request.language;
    asked.idempotency = answer_key(request);
    return asked;
}

// A resident knows the number, staff the id: eleven digits with a right check digit are a number.
Result<MatterId, Problem> matter_named(const Request& request, MatterService& matters, County& county) {
    const std::string& name = request.param("id");
    if (const auto number = PublicNumber::parse(name); number && name.size() == number->text().size()) {
        if (const auto found = matters.numbered(county, *number)) return *found;
    }
    const auto id = MatterId::parse(name);
    if (!id) return fail(http::problem(404, "not_found"));
    return *id;
}

TakenInShape shape_of(const TakenIn& taken, const ReceiptText& receipt, const Wording& words) {
    TakenInShape out;
    out.id = taken.id;
    out.number = taken.number;
    out.secret = taken.secret;
    out.receipt = {receipt.statement, receipt.signature, receipt.key, receipt.link};
    out.state = taken.state;
    out.state_title = words.of(taken.workflow, "state", taken.state);
    for (const DueView& due : taken.due)
        out.due.push_back({due.clock, words.told_clock(taken.workflow, due.clock), due.due});
    return out;
}

// The signature of the receipt takes a tenth of what an intake costs, and the disk leaves the time for it:
// the answer is written while the commit is under way, and given when that is durable.
class EarlyAnswer {
 public:
    EarlyAnswer(County& county, Receipts receipts, Wording words)
        : county_(county), receipts_(std::move(receipts)), words_(std::move(words)) {}

    void write(const TakenIn& taken) {
        std::call_once(once_, [&] {
            text_ = text_of(taken);
            entry_ = taken.entry_hash;
        });
    }
    // Once, when all is known: what was written for a commit that failed is not taken.
    [[nodiscard]] Result<Reply<TakenInShape>, Problem> of(const Result<TakenIn, MatterRefusal>& taken) {
        if (!taken) return fail(problem_of(taken.error(), words_));
        write(*taken);
        Reply<TakenInShape> reply;
        reply.rendered = entry_ == taken->entry_hash ? std::move(text_) : text_of(*taken);
        return reply;
    }

 private:
    [[nodiscard]] std::string text_of(const TakenIn& taken) const {
        return http::to_json(shape_of(taken, receipts_(county_, taken), words_), county_.zone);
    }

    County& county_;
    Receipts receipts_;
    Wording words_;
    std::once_flag once_;
    std::string text_;
    Digest entry_{};
};

void add_taking_in(http::Api& api, County& county, MatterService& matters, const place::Titles& titles,
                   const Receipts& receipts) {
    api.route_later<TakeInShape, TakenInShape>(
        Method::post, "/api/v1/matters",
        {.id = "take_in",
         .summary = "Report, ask, apply: a new matter",
         .tag = "matters",
         .idempotent = true,
         .status = 201,
         .refusals = {403, 404, 409, 422}},
        [&county, &matters, titles, receipts](Request& request, TakeInShape in,
                                              const http::Later<TakenInShape>& later) {
            auto asked = asked_of(request, std::move(in));
            if (!asked) return later.come_back([refused = asked.error()] { return fail(refused); });
            const auto answer =
                std::make_shared<EarlyAnswer>(county, receipts, Wording(titles, request.language));
            matters.take_in_later(
                county, acting_person(request), std::move(*asked),
                [&](const TakenIn& taken) { later.meanwhile([answer, taken] { answer->write(taken); }); },
                [answer, later](MatterService::TakingIn taking) {
                    later.come_back([answer, taking = std::move(taking)] { return answer->of(taking()); });
                });
        });
}

void add_starting(http::Api& api, County& county, MatterService& matters, const place::Titles& titles) {
    api.route<StartAsked, StartShape>(
        Method::get, "/api/v1/workflows/{name}/form",
        {.id = "start_form",
         .summary = "What starting a matter of this kind asks for, beyond subject, text, place and contact",
         .tag = "matters",
         .refusals = {404, 422}},
        [&county, &matters, titles](Request& request, StartAsked in) -> Result<Reply<StartShape>, Problem> {
            const auto view = matters.start_form(
                county, {request.param("name"), in.category, in.service_item.value_or("")});
            if (!view) return fail(http::problem(404, "not_found"));
            return Reply{shape_of(*view, Wording(titles, request.language))};
        });
}

void add_acting(http::Api& api, County& county, MatterService& matters, const place::Titles& titles) {
    api.route<http::None, OfferList>(
        Method::get, "/api/v1/matters/{id}/actions",
        {.id = "actions",
         .summary = "What I can do with it now, each with its form",
         .tag = "matters",
         .refusals = {404}},
        [&county, &matters, titles](Request& request, http::None) -> Result<Reply<OfferList>, Problem> {
            const auto id = matter_named(request, matters, county);
            if (!id) return fail(id.error());
            const auto offers = matters.actions(county, acting_person(request), *id);
            if (!offers) return fail(problem_of(offers.error()));
            const Wording words(titles, request.language);
            OfferList list;
            for (const OfferView& offer : *offers)
                list.items.push_back(shape_of(offer, offer.workflow, words));
            return Reply{std::move(list)};
        });
    api.route<ActShape, ActedShape>(
        Method::post, "/api/v1/matters/{id}/actions",
        {.id = "act",
         .summary = "Take one of these actions",
         .tag = "matters",
         .idempotent = true,
         .refusals = {403, 404, 409, 422}},
        [&county, &matters, titles](Request& request, ActShape in) -> Result<Reply<ActedShape>, Problem> {
            const auto id = matter_named(request, matters, county);
            if (!id) return fail(id.error());
            auto fields = fields_of(in.fields);
            if (!fields) return fail(fields.error());
            ActionRequest asked;
            asked.matter = *id;
            asked.part = in.part;
            asked.action = std::move(in.action);
            asked.version = in.version;
            // A page may name the workflow it drew its form from by hash; by its mere name any version will
            // do.
            if (in.workflow && in.workflow->size() == 2 * Digest{}.size()) asked.workflow_hash = *in.workflow;
            asked.fields = std::move(*fields);
            asked.idempotency = answer_key(request);
            const auto acted = matters.act(county, acting_person(request), asked);
            const Wording words(titles, request.language);
            if (!acted) return fail(problem_of(acted.error(), words));
            return Reply{ActedShape{acted->id, acted->version, acted->state,
                                    words.of(acted->workflow, "state", acted->state)}};
        });
    api.route<VoteShape, http::None>(
        Method::post, "/api/v1/matters/{id}/votes",
        {.id = "vote",
         .summary = "Vote in its open ballot: yes, no, abstained or invalid",
         .tag = "matters",
         .refusals = {403, 404, 409, 422}},
        [&county, &matters](Request& request, VoteShape in) -> Result<Reply<http::None>, Problem> {
            const auto id = matter_named(request, matters, county);
            if (!id) return fail(id.error());
            const auto voted = matters.vote(county, acting_person(request), *id, in.choice);
            if (!voted) return fail(problem_of(voted.error()));
            return Reply<http::None>{};
        });
}

void add_looking(http::Api& api, County& county, MatterService& matters, const place::Titles& titles) {
    api.route<http::None, MatterShape>(
        Method::get, "/api/v1/matters/{id}",
        {.id = "matter", .summary = "A matter as I may see it", .tag = "matters", .refusals = {404}},
        [&county, &matters, titles](Request& request, http::None) -> Result<Reply<MatterShape>, Problem> {
            const auto id = matter_named(request, matters, county);
            if (!id) return fail(id.error());
            const auto view = matters.view(county, acting_person(request), *id);
            if (!view) return fail(problem_of(view.error()));
            Reply<MatterShape> reply{shape_of(*view, Wording(titles, request.language), county.clock.now())};
            reply.etag = std::to_string(view->version);
            return reply;
        });
    api.route<WorklistAsked, RowPage>(
        Method::get, "/api/v1/matters",
        {.id = "worklist",
         .summary = "Work by place or mine, earliest deadline first",
         .tag = "matters",
         .refusals = {403, 404, 422}},
        [&county, &matters, titles](Request& request, WorklistAsked in) -> Result<Reply<RowPage>, Problem> {
            WorklistQuestion asked{in.place,
                                   std::move(in.state),
                                   in.phase,
                                   in.include_closed,
                                   in.mine,
                                   in.overdue,
                                   in.q.value_or(""),
                                   in.after.value_or(""),
                                   in.limit ? in.limit->items : 50};
            const auto page = matters.worklist(county, acting_person(request), asked);
            if (!page) return fail(problem_of(page.error()));
            const Wording words(titles, request.language);
            RowPage out;
            for (const WorklistRow& row : page->rows) {
                out.items.push_back({row.id, row.number, row.part, row.subject,
                                     words.kind(row.workflow, row.subkind),
                                     row.category ? std::optional(row.category_name) : std::nullopt,
                                     row.place_name, row.state, words.of(row.workflow, "state", row.state),
                                     row.tone, words.post(row.owner_title), row.due, row.overdue,
                                     row.card.empty() ? std::nullopt : std::optional(row.card), row.to_vote,
                                     row.received_at});
            }
            if (!page->next.empty()) out.next = page->next;
            return Reply{std::move(out)};
        });
}

}  // namespace

void add_matter_routes(http::Api& api, County& county, MatterService& matters, place::Titles titles,
                       Receipts receipts) {
    add_taking_in(api, county, matters, titles, receipts);
    add_starting(api, county, matters, titles);
    add_acting(api, county, matters, titles);
    add_looking(api, county, matters, titles);
    api::add_tracking(api, county, matters, titles);
    api::add_pictures(api, county, matters);
    api::add_notices(api, county, matters, titles);
    api::add_published(api, county, matters.surroundings().workflows, titles);
}

}  // namespace lianxin::matter
