// matter/matter_view.hpp — what people see of matters: plain values, already filtered by what the reader is
// to the matter.
#pragma once

#include <boost/json/value.hpp>
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "access/policy.hpp"
#include "base/bytes.hpp"
#include "calendar/deadline.hpp"
#include "matter/public_lines.hpp"
#include "matter/tone.hpp"
#include "matter/workflow.hpp"

namespace lianxin {
struct KeyNoun;
}

namespace lianxin::matter {

struct Workflow;

struct DueView {
    std::string clock;
    Instant due;
};

struct ClockView {
    std::string name;
    std::int32_t part = 0;
    std::string state;  // running, paused, stopped_in_time, stopped_late, ran_out
    Instant started;
    Instant due;
    std::string card;
    std::optional<calendar::Reasoning> why;  // nothing where a day was named
    bool promised = false;                   // for the service applied for
    bool told = false;                       // to whoever asked, outside the office
    std::string within;                      // the clock of the matter that ends before it would
};

// The service applied for, and how far it has come.
struct ServiceView {
    struct Item {
        std::string name;
        bool done = false;  // a step: taken; a paper: handed in
    };
    std::string name;
    calendar::Period deadline;
    std::vector<Item> steps, materials;
};

struct PartView {
    std::int32_t no = 0;
    std::string machine;
    std::string state;
    Tone tone = Tone::neutral;
    PostId owner;
    std::string owner_title;  // post kind and its place or unit, as they are named in public
    std::string owner_kind;
    std::string given_to;  // "unit_desk@民政办": whom it was opened for; empty: nobody but its owner
    std::optional<std::string> person;  // who accepted
    bool lead = false;
    std::string led_by;  // "unit_desk@民政办": who leads still, until its owner has accepted it
    bool ended = false;
    std::string card;
    std::optional<Instant> due;
};

struct FieldView {
    std::string name;
    boost::json::value value;
    bool erased = false;
    const FieldRule* rule = nullptr;  // of the entry's rules; null: of no form
};
struct AttachmentView {
    std::int64_t id = 0;
    std::string type;
    std::int64_t bytes = 0;
};
struct EntryView {
    std::int64_t seq = 0;
    EntryId entry;
    std::string action;
    std::int32_t part = 0;
    std::string actor;       // what the actor was: owner, reporter, engine, …
    std::string actor_name;  // of staff; residents stay unnamed
    std::string actor_post;
    Instant happened_at;
    Instant recorded_at;
    std::vector<FieldView> fields;
    std::vector<AttachmentView> attachments;
    bool answers = false;                   // it took the matter to where it counts as answered
    std::string card;                       // given by this entry
    std::string urged;                      // the post it was given to
    std::shared_ptr<const Workflow> rules;  // the workflow in force then
};
struct SupervisionView {
    std::int64_t seq = 0;
    std::int32_t part = 0;
    std::string card;
    std::string actor, actor_name, actor_post;  // by whom, as in an entry
    std::string urged;
    Instant at;
    std::string came_of_it;  // the action that followed; empty: nothing yet
    std::optional<Instant> came_at;
};
struct LinkView {
    std::string kind;
    MatterId id;
    std::string number;
    std::string workflow;
    std::string state;
};
struct PersonView {  // personal data: shown to the handling post and to the resident
    std::string name, phone, email;
};
struct ReadView {  // who looked at the resident's data
    std::string post;
    std::string what;
    Instant at;
};
struct AboutView {  // the matter this one is about, as far as the reader may know of it
    MatterId id;
    std::string number;
    std::string workflow;
    std::string state;
    std::string because;  // the action there that opened this one
};
struct ChildView {
    MatterId id;
    std::string number;
    std::string workflow;
    bool open = false;
};
struct BallotView {
    std::string name;
    std::int64_t round = 1;
    bool open = false;
    std::int64_t electorate = 0;
    std::int64_t voted = 0;
    bool may_vote = false;
    std::optional<std::int64_t> yes, no, abstained;  // once closed
    std::string outcome;
    PublicLines said;  // what is voted on, as it stood when the ballot was opened
};
struct RatingView {
    std::int32_t round = 1;
    Instant asked_at;
    std::optional<Instant> rated_at;
    std::string solved;
    std::optional<std::int32_t> grade;
};

struct MatterView {
    MatterId id;
    std::string number;
    std::string workflow;
    std::string workflow_hash;  // what its forms are drawn from: of a merged matter, the other's
    std::string subkind;
    std::string subject, text;
    std::optional<CategoryId> category;
    std::string category_name;
    PlaceId place;
    std::string place_name;  // a door with its group
    std::vector<std::pair<PlaceId, std::string>> path;
    std::optional<Subject> about;
    std::optional<MatterId> parent;
    std::optional<AboutView> opened_by;
    std::string channel;
    bool anonymous = false;
    std::string state;
    std::string phase;
    Tone tone = Tone::neutral;
    std::optional<Instant> due;
    Instant received_at;
    std::optional<Instant> told_at, closed_at, ended_at;
    std::optional<ServiceView> service;
    std::vector<ClockView> clocks;
    std::vector<PartView> parts;
    std::vector<EntryView> timeline;
    Names names;
    std::vector<PublicLine> so_far;  // sums over its life
    bool certificate = false;        // one was conferred
    std::vector<ChildView> children;
    std::vector<SupervisionView> supervisions;
    std::vector<LinkView> links;
    std::optional<MatterId> merged_into;  // state, phase, tone and deadline are then the other's
    std::vector<NoticeId> notices;
    std::vector<BallotView> ballots;
    std::vector<RatingView> ratings;
    std::optional<PersonView> reporter;  // nobody where it was asked without a name
    // Where it is, in the words of whoever asked; kept from whom residents' names are kept, for a door can
    // say whose it is.
    std::string address;
    std::vector<ReadView> reads;  // for the resident
    std::int64_t version = 0;
    std::vector<std::string> my_relations;
    std::vector<std::string> may_open;  // kinds of matter about this one
};

struct OfferView {
    std::string workflow;
    std::string action;
    std::int32_t part = 0;
    std::string machine;
    bool enabled = false;
    bool general = false;     // may be done to a matter of any kind
    std::string reason;       // the refusal's code
    std::string leads;        // answers, goes_on, urges, ends, hands_over: where it takes the matter
    boost::json::value form;  // JSON Schema with x-widget; words are keys
    std::vector<std::string> fields;
};

struct StartView {
    std::string workflow;
    std::string workflow_hash;  // hex
    std::string about;
    bool open_to_residents = false;
    bool anonymous = true;      // may be asked without a name
    bool service_item = false;  // one of the promised services is to be chosen
    boost::json::value form;    // JSON Schema as in OfferView
};

struct TrackView {
    std::string number;
    std::string workflow;
    std::string state;
    std::string phase;
    Tone tone = Tone::neutral;
    std::optional<Instant> due;
    std::optional<Instant> closed_at;
    bool merged = false;  // it goes on as another, whose state this is
    MatterId id;          // for the caller; never shown
};

struct WorklistQuestion {
    std::optional<PlaceId> place;     // nothing: all places the reader may list
    std::vector<std::string> states;  // empty: by phase
    std::optional<CountsAs> phase;    // nothing: open and explained, or of those states any
    bool include_closed = false;
    bool mine = false;  // owned by a post I hold
    bool overdue = false;
    std::string q;      // a number, or the digits it begins with
    std::string after;  // opaque, of the page before
    int limit = 50;
};
struct WorklistRow {
    MatterId id;
    std::int32_t part = 0;
    std::string number;
    std::string subject;
    std::string workflow;
    std::string subkind;
    std::optional<CategoryId> category;
    std::string category_name;
    PlaceId place;
    std::string place_name;
    std::string machine;
    std::string state;
    std::string phase;
    Tone tone = Tone::neutral;
    PostId owner;
    std::string owner_title;
    std::optional<Instant> due;
    bool overdue = false;
    std::string card;
    bool to_vote = false;  // a ballot is open here in which the reader has not voted yet
    Instant received_at;
};
struct WorklistPage {
    std::vector<WorklistRow> rows;
    std::string next;  // empty: the end
};

struct ContactPoint {
    std::string channel;  // email, sms
    PartyId party;
    Id<KeyNoun> key;       // the resident's
    Bytes sealed_address;  // as an outbox recipient
};

struct FileView {
    std::string type;
    Bytes content;
};

}  // namespace lianxin::matter
