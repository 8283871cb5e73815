// matter/decide.hpp — a decision is pure: everything a guard may ask was loaded before; decide looks nothing
// up. It answers with everything that becomes true together, or with the first rule that was broken (form
// faults: all of them). A clock running out is an action by the engine; what follows from an action (a limit
// reached, a bad rating) is decided with it.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "access/access.hpp"
#include "base/result.hpp"
#include "base/time.hpp"
#include "calendar/working_calendar.hpp"
#include "matter/apart.hpp"
#include "matter/form.hpp"
#include "matter/state.hpp"
#include "matter/workflow.hpp"

namespace lianxin::matter {

// What the acting person is to this matter. `owner`, `lead` and `superior_of_owner` are decided here, per
// part, from the posts.
struct Relations {
    std::vector<access::Relation> relations;
    std::vector<PostId> posts;  // held today, as holder or stand-in
    std::optional<PartyId> party;
    std::vector<PostId> not_over = {};  // owners of pieces whom these neither lead nor oversee
    [[nodiscard]] bool are(access::Relation relation) const;
    [[nodiscard]] bool hold(PostId post) const;
    [[nodiscard]] bool stand_over(PostId owner) const;
};

struct NoticeFact {
    NoticeIndex notice;
    NoticeId id;
    Instant from;
    Instant until;
    bool withdrawn = false;
};

struct BallotFact {
    BallotIndex ballot;
    std::int64_t round = 1;
    bool open = false;
    BallotCount count;
    std::optional<BallotOutcome> outcome;  // once closed
};

struct ChildFact {  // another matter about this one
    std::string kind;
    Subject subject;
    bool open = false;
};

struct TableLimit {  // for clocks with limit="table"
    ClockIndex clock;
    calendar::Period period;
};

// Whom a matter is begun for, as far as its start asks.
struct Asker {
    bool named = true;
    bool known = true;  // on record, as a party
    bool holds_post = true;
    bool by_another = true;  // somebody else begins it for them
};

struct Facts {
    const Workflow& workflow;
    const MatterState& matter;
    const Relations& actor;
    const Form& form;
    std::span<const NoticeFact> notices;  // all of them, the latest last
    std::span<const BallotFact> ballots;
    std::span<const ChildFact> children;
    const OwnerTable& owners;
    std::span<const TableLimit> limits;
    std::span<const FormContext::LoadedList> loaded_lists;
    std::vector<std::string> category_flags;
    std::vector<PostId> barred;   // posts that may never own this matter: that complained of and its line
    bool in_scope = true;         // the owner's post may decide this category itself
    bool post_vacant = true;      // the post the matter is about has no holder
    std::optional<PostId> named;  // for `begin`: the post the matter is offered to
    Instant now;
    const calendar::WorkingCalendar& calendar;
    Zone zone;
    std::optional<PostId> overseer = {};  // of a sealed matter: the post outside that line which owns it
    Asker asker = {};                     // for `begin`
    std::vector<PartyId> apart = {};      // people this matter stands apart from: they may do what askers may
    std::vector<PartyId> housemates = {};  // who lives with one of them: apart for that reason alone
    std::optional<PostId> outsider = {};   // who owns it when all others have: a superior outside
    // Posts filled in to whom the actor may not give work, where a field says that its posts must be in
    // reach.
    std::vector<PostId> beyond = {};
    std::span<const Figure> figures = {};      // of earlier forms, as far as this one's are held against them
    std::span<const PostHolder> holders = {};  // of the posts that must be in different hands
    std::span<const NamedHands> named_hands = {};
};

struct Trigger {
    enum class Kind { person, clock, engine, child };
    Kind kind = Kind::person;
    ClockIndex clock;
    std::string child_kind;
    std::string outcome;
    Subject child;  // whose hold is lifted
};

struct Action {
    PartNo part = 0;
    std::optional<ActionIndex> action;  // nothing: the name was of no action
    Trigger trigger;
};

// One enumerator per broken rule, in the order in which they are checked; the names are the API's codes.
enum class ActRefusal {
    unknown_action,
    no_such_part,
    already_ended,
    not_in_this_state,
    not_yours,
    not_by_the_same_person,  // another hand did the step this one must stand apart from
    not_by_the_household,    // nor does whoever lives with those it stands apart from
    not_on_own_work,         // nobody urges what they owe themselves, or lets themselves off it
    assignment_is_binding,
    clock_has_not_run_out,
    clock_is_not_running,
    deadline_already_passed,
    extension_already_used,
    parts_are_not_done,
    not_in_scope,
    notice_is_not_open,
    notice_is_not_over,
    objection_is_open,
    other_matter_is_open,
    post_is_not_vacant,
    post_is_vacant,
    post_must_stay_held,  // nobody stands above to cover the highest desk
    ballot_is_already_open,
    ballot_is_not_open,
    ballot_has_not_passed,
    already_rated,
    answer_was_given,  // under one answer two matters stay one
    not_anonymously,   // whom it is for must be named
    person_not_known,  // … must be on record
    only_on_behalf,    // … and somebody else must begin it for them
    holds_no_post,     // it is for members in posts or teams
    card_is_already_red,
    form_incomplete,
    post_beyond_reach,   // the post filled in is none to whom the actor may give work
    post_is_kept_apart,  // the post filled in has no hand in this matter
    post_cannot_own_it,  // the post filled in owns it already or may not
    no_rung_above,
    nobody_else_to_own_it,  // it should go to somebody else, and only who has it now is found
    nobody_to_own_it,
    no_way_on,             // none of an action's branches holds
    version_is_current,    // there is no newer version of its workflow
    version_does_not_fit,  // the newer one has no place for a piece of work where it stands
};
[[nodiscard]] const char* name_of(ActRefusal code);

struct Refusal {
    ActRefusal code = ActRefusal::unknown_action;
    std::vector<FormFault> faults;    // form_incomplete only
    std::optional<ClockIndex> clock;  // which clock, where one is meant
};

struct Step {
    enum class Because { asked, limit, follow_up };
    PartNo part = 0;
    ActionIndex action;
    Because because = Because::asked;
};

struct PartMove {
    std::optional<StateIndex> from;   // nothing: the part was opened
    PartState after;                  // as it is to be saved
    CountsAs phase = CountsAs::open;  // of `after.state`
    bool entered = false;             // a state was entered (perhaps the same again)
    bool cancelled = false;           // ended because the matter went on without it
};

struct ClockChange {
    enum class Kind { started, stopped, paused, resumed, extended, restarted, urged, ran_out, recounted };
    Kind kind = Kind::started;
    ClockState after;
};

struct HoldChange {
    bool opened = false;  // else lifted
    HoldState hold;
};

struct TallyChange {
    PartNo part = 0;
    TallyIndex tally;
    std::int64_t count = 0;  // from now on
};

struct NoticeChange {
    enum class Kind { opened, restarted, withdrawn };
    Kind kind = Kind::opened;
    NoticeIndex notice;
    std::optional<NoticeId> id;  // restarted, withdrawn: which
    Instant from;
    Instant until;
};

struct BallotChange {
    bool opened = false;  // else counted and closed
    BallotIndex ballot;
    std::int64_t round = 1;
    BallotCount count;
    std::optional<BallotOutcome> outcome;
};

struct Effect {
    EffectRule::Kind kind = EffectRule::Kind::note;
    access::Relation whom = access::Relation::owner;
    std::string workflow;  // open
    FieldIndex field;      // involve
    PartNo part = 0;
    ActionIndex because;  // the action of the part's machine whose effect it is
    std::vector<PostId>
        posts;  // where known from the matter itself (owner, lead, host, superior), as it stood then
    std::optional<PartyId> person;  // who had accepted the part by then
};

struct Decision {
    std::vector<Step> steps;          // what happened, first the action asked for
    std::vector<PartMove> moves;      // one per part at most: its final state
    std::vector<ClockChange> clocks;  // one per clock at most: its final state
    std::vector<HoldChange> holds;
    std::vector<TallyChange> tallies;
    std::vector<NoticeChange> notices;
    std::vector<BallotChange> ballots;
    std::vector<Effect> effects;  // in order
    bool told = false;            // whom the workflow answers was told
    bool rating_asked = false;
    bool told_twice = false;             // a return named what an earlier one could have named
    std::optional<StateIndex> ended_as;  // the matter's end state, its outcome
    MatterState after;                   // the whole, for follow-up decisions, rebuilding and tests
};

[[nodiscard]] Result<Decision, Refusal> decide(const Facts& facts, const Action& action);

// The first decision of a new matter: facts.matter holds received, subkind, host and no parts.
[[nodiscard]] Result<Decision, Refusal> begin(const Facts& facts);

// An objection was received: it holds the matter if the notice still runs. Refused: notice_is_not_open.
[[nodiscard]] Result<Decision, Refusal> hold(const Facts& facts, NoticeIndex notice, const Subject& source);

// A matter about this one ended: its hold is lifted, and the action that waits for this outcome happens, if
// one does.
[[nodiscard]] Result<Decision, Refusal> child_ended(const Facts& facts, const Trigger& trigger);

// The clocks of a matter that are due, as actions of the engine, in the order of their deadlines.
[[nodiscard]] std::vector<Action> actions_due(const Workflow& workflow, const MatterState& matter,
                                              Instant now);

// The calendar was corrected: deadlines counted again, none earlier than the resident was told.
[[nodiscard]] std::vector<ClockChange> recount(const Workflow& workflow, const MatterState& matter,
                                               const calendar::WorkingCalendar& calendar, Zone zone);

// Every action a person could take from where the part stands; the form is not looked at.
struct Offer {
    PartNo part = 0;
    ActionIndex action;
    std::optional<ActRefusal> refusal;  // nothing: possible now
};
[[nodiscard]] std::vector<Offer> available(const Facts& facts);

// What must be in the owner table before `decide` (the action given), `begin` (no parts yet), `child_ended`
// (its trigger given) or `available` (neither given): for each question the post found from there, if any.
// Includes the superiors that the actor's relations are judged by. A selector whose kind anchors nowhere
// (keep, previous, next_rung, field) is no question: posts and ladder answer it.
struct OwnerQuestion {
    OwnerSelector selector;
    PostId from;  // PostId() for KIND@LEVEL
};
[[nodiscard]] std::vector<OwnerQuestion> owner_questions(const Workflow& workflow, const MatterState& matter,
                                                         const Action& action, const Form& form);

}  // namespace lianxin::matter
