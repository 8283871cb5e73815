// matter/matter_api_shapes.hpp — what goes over the wire, and how views become it. Titles are put in here and
// nowhere else.
#pragma once

#include <boost/describe/class.hpp>
#include <boost/json/value.hpp>
#include <map>
#include <string>
#include <vector>

#include "http/api.hpp"
#include "matter/matter_api.hpp"
#include "matter/matter_api_beside.hpp"
#include "matter/matter_api_published.hpp"
#include "matter/matter_api_tone.hpp"
#include "matter/matter_api_wording.hpp"
#include "matter/matter_view.hpp"

namespace lianxin::matter::api {

struct AboutShape {
    std::string kind;
    Id<struct AnyNoun> id;
};
BOOST_DESCRIBE_STRUCT(AboutShape, (), (kind, id))
struct ReporterIn {
    std::optional<std::string> name, phone, email;
};
BOOST_DESCRIBE_STRUCT(ReporterIn, (), (name, phone, email))
struct TakeInShape {
    std::string workflow;
    std::optional<std::string> subkind;
    std::optional<CategoryId> category;
    std::optional<PlaceId> place;
    std::optional<std::string> place_code, house, address;
    std::string subject;
    std::optional<std::string> text;
    bool anonymous = false;
    std::optional<ReporterIn> reporter;
    std::optional<std::string> channel;
    bool on_behalf = false;
    std::optional<Instant> happened_at;
    std::vector<Id<struct UploadNoun>> uploads;
    std::optional<AboutShape> about;
    std::optional<std::string> service_item;  // which promised service is applied for
    boost::json::value fields;
};
BOOST_DESCRIBE_STRUCT(TakeInShape, (),
                      (workflow, subkind, category, place, place_code, house, address, subject, text,
                       anonymous, reporter, channel, on_behalf, happened_at, uploads, about, service_item,
                       fields))
struct DueShape {
    std::string clock, title;
    Instant due;
};
BOOST_DESCRIBE_STRUCT(DueShape, (), (clock, title, due))
struct ReceiptShape {
    std::string statement, signature, key, link;
};
BOOST_DESCRIBE_STRUCT(ReceiptShape, (), (statement, signature, key, link))
struct TakenInShape {
    MatterId id;
    std::string number, secret;
    ReceiptShape receipt;
    std::string state, state_title;
    std::vector<DueShape> due;
};
BOOST_DESCRIBE_STRUCT(TakenInShape, (), (id, number, secret, receipt, state, state_title, due))

struct ActShape {
    std::string action;
    std::int32_t part = 0;
    std::optional<std::int64_t> version;
    std::optional<std::string> workflow;  // its hash, as GET /matters/{id} names it
    boost::json::value fields;
};
BOOST_DESCRIBE_STRUCT(ActShape, (), (action, part, version, workflow, fields))
struct ActedShape {
    MatterId id;
    std::int64_t version = 0;
    std::string state, state_title;
};
BOOST_DESCRIBE_STRUCT(ActedShape, (), (id, version, state, state_title))
struct OfferShape {
    std::string action;
    std::int32_t part = 0;
    std::string title;
    bool enabled = false;
    bool general = false;
    std::optional<std::string> reason;
    std::string leads;  // answers, goes_on, urges, ends, hands_over: where it takes the matter
    boost::json::value form;
    std::vector<std::string> fields;
};
BOOST_DESCRIBE_STRUCT(OfferShape, (), (action, part, title, enabled, general, reason, leads, form, fields))
struct OfferList {
    std::vector<OfferShape> items;
};
BOOST_DESCRIBE_STRUCT(OfferList, (), (items))
// What is asked of whoever starts a matter, beyond what is asked of everybody.
struct StartShape {
    std::string workflow, title, workflow_hash, about;
    bool open_to_residents = false, anonymous = true;
    bool service_item = false;  // one of the promised services is to be chosen
    boost::json::value form;
};
BOOST_DESCRIBE_STRUCT(StartShape, (),
                      (workflow, title, workflow_hash, about, open_to_residents, anonymous, service_item,
                       form))
struct StartAsked {
    std::optional<CategoryId> category;
    std::optional<std::string> service_item;
};
BOOST_DESCRIBE_STRUCT(StartAsked, (), (category, service_item))
struct VoteShape {
    std::string choice;
};
BOOST_DESCRIBE_STRUCT(VoteShape, (), (choice))
struct TrackShape {
    std::string number, state, state_title, phase;
    Tone tone = Tone::neutral;
    std::optional<Instant> due, closed_at;
};
BOOST_DESCRIBE_STRUCT(TrackShape, (), (number, state, state_title, phase, tone, due, closed_at))
struct CodeShape {
    std::string code;
};
BOOST_DESCRIBE_STRUCT(CodeShape, (), (code))
struct OpenedShape {
    std::string secret;
    MatterId matter;
};
BOOST_DESCRIBE_STRUCT(OpenedShape, (), (secret, matter))

struct StepShape {
    PlaceId id;
    std::string name;
};
BOOST_DESCRIBE_STRUCT(StepShape, (), (id, name))
struct MatterPlaceShape {
    PlaceId id;
    std::string name;
    std::vector<StepShape> path;
};
BOOST_DESCRIBE_STRUCT(MatterPlaceShape, (), (id, name, path))
struct MatterCategoryShape {
    CategoryId id;
    std::string name;
};
BOOST_DESCRIBE_STRUCT(MatterCategoryShape, (), (id, name))
struct MatterPersonShape {
    std::string relation, relation_title, name;
    std::optional<std::string> post, phone, email;
};
BOOST_DESCRIBE_STRUCT(MatterPersonShape, (), (relation, relation_title, name, post, phone, email))
struct FestivalShape {
    std::string festival;
    Day first, last;
    int days = 0;
};
BOOST_DESCRIBE_STRUCT(FestivalShape, (), (festival, first, last, days))
struct PauseShape {
    Instant from;
    std::optional<Instant> until;
};
BOOST_DESCRIBE_STRUCT(PauseShape, (), (from, until))
struct WhyShape {
    Instant start;
    std::string period;
    std::optional<std::string> service_item;  // the service for which it was promised
    std::optional<std::string> within;        // the deadline of the matter that comes before it would
    std::optional<std::string> extension;
    std::optional<Day> day_not_counted;
    std::vector<FestivalShape> holidays_skipped, exchange_days_counted;
    int weekend_days_skipped = 0;
    std::vector<PauseShape> pauses;
    std::optional<Day> moved_from;
    bool beyond_announced = false;
    std::string calendar_version;
};
BOOST_DESCRIBE_STRUCT(WhyShape, (),
                      (start, period, service_item, within, extension, day_not_counted, holidays_skipped,
                       exchange_days_counted, weekend_days_skipped, pauses, moved_from, beyond_announced,
                       calendar_version))
struct ClockShape {
    std::string name, title;
    std::int32_t part = 0;
    Instant due;
    std::string state;
    bool told = false;  // to whoever asked: what they were promised, or what is theirs to do
    std::optional<std::string> card;
    std::optional<WhyShape> why;
};
BOOST_DESCRIBE_STRUCT(ClockShape, (), (name, title, part, due, state, told, card, why))
struct PartShape {
    std::int32_t no = 0;
    std::string title, state, state_title;
    Tone tone = Tone::neutral;
    std::string owner;
    std::string given_to;  // whose piece of the work it is, whoever has it now
    bool lead = false;
    std::optional<Instant> due;
    bool overdue = false;
    std::optional<std::string> card;
};
BOOST_DESCRIBE_STRUCT(PartShape, (),
                      (no, title, state, state_title, tone, owner, given_to, lead, due, overdue, card))
struct EntryFieldShape {
    std::string name, title;
    std::string shown;  // the value in words, one item a line; empty for pictures
    boost::json::value value;
    bool erased = false;
};
BOOST_DESCRIBE_STRUCT(EntryFieldShape, (), (name, title, shown, value, erased))
struct MatterAttachmentShape {
    Id<struct UploadNoun> id;
    std::string type;
    std::int64_t bytes = 0;
};
BOOST_DESCRIBE_STRUCT(MatterAttachmentShape, (), (id, type, bytes))
struct EntryShape {
    std::int64_t seq = 0;
    std::int32_t part = 0;
    std::string kind, action, title, actor;
    bool answers = false;  // the answer to whoever asked
    bool told = false;     // whoever asked was told of it
    Instant happened_at, recorded_at;
    std::vector<EntryFieldShape> fields;
    std::vector<MatterAttachmentShape> attachments;
};
BOOST_DESCRIBE_STRUCT(EntryShape, (),
                      (seq, part, kind, action, title, actor, answers, told, happened_at, recorded_at, fields,
                       attachments))
struct BallotShape {
    std::string name;
    std::int64_t round = 1;
    bool open = false;
    std::int64_t electorate = 0, voted = 0;
    bool may_vote = false;
    std::optional<std::int64_t> yes, no, abstained;
    std::string outcome;
    std::vector<PublicLineShape> lines;
};
BOOST_DESCRIBE_STRUCT(BallotShape, (),
                      (name, round, open, electorate, voted, may_vote, yes, no, abstained, outcome, lines))
struct ReadShape {
    std::string post, what, title;
    Instant at;
};
BOOST_DESCRIBE_STRUCT(ReadShape, (), (post, what, title, at))
struct MatterShape {
    MatterId id;
    std::string number, workflow, workflow_hash, subkind, kind_title, subject, text;
    std::optional<MatterCategoryShape> category;
    std::optional<MatterPlaceShape> place;
    std::optional<std::string> address;
    std::string channel, channel_title;
    std::vector<MatterPersonShape> people;
    std::string state, state_title, phase;
    Tone tone = Tone::neutral;
    std::optional<Instant> due, closed_at;
    Instant received_at;
    std::optional<AppliedForShape> service;
    std::vector<ClockShape> clocks;
    std::vector<PartShape> parts;
    std::vector<EntryShape> timeline;
    std::vector<PublicLineShape> so_far;  // sums over its life, as its page says them
    bool certificate = false;             // one was conferred with it
    std::optional<OpenedByShape> opened_by;
    std::vector<ChildShape> children;
    std::vector<SupervisionShape> supervisions;
    std::vector<LinkShape> links;
    std::optional<MatterId> merged_into;
    std::vector<NoticeId> notices;
    std::vector<BallotShape> ballots;
    std::vector<ReadShape> reads;
    std::int64_t version = 0;
    std::vector<std::string> my_relations;
    std::vector<KindShape> may_open;
};
BOOST_DESCRIBE_STRUCT(MatterShape, (),
                      (id, number, workflow, workflow_hash, subkind, kind_title, subject, text, category,
                       place, address, channel, channel_title, people, state, state_title, phase, tone, due,
                       closed_at, received_at, service, clocks, parts, timeline, so_far, certificate,
                       opened_by, children, supervisions, links, merged_into, notices, ballots, reads,
                       version, my_relations, may_open))

[[nodiscard]] MatterShape shape_of(const MatterView& view, const Wording& words, Instant now);
[[nodiscard]] OfferShape shape_of(const OfferView& view, const std::string& workflow, const Wording& words);
[[nodiscard]] StartShape shape_of(const StartView& view, const Wording& words);
// The words of a form's fields, beside their keys.
void title_form(boost::json::value& form, const std::string& workflow, const Wording& words);
[[nodiscard]] http::Problem problem_of(const MatterRefusal& refusal);
[[nodiscard]] http::Problem problem_of(const MatterRefusal& refusal, const Wording& words);

}  // namespace lianxin::matter::api
