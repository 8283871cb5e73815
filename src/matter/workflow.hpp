// matter/workflow.hpp — a kind of matter as data: states, the clocks that run in them, actions between them.
// Guards and effects are closed lists of named words, so it can be proved before use. It is read once
// (workflow_pack.hpp), proved (prover.hpp) and then only compared. A state owes nothing to the action that
// led to it: owner, clocks, ballot and notice follow from where one stands.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "access/access.hpp"
#include "base/bytes.hpp"
#include "calendar/deadline.hpp"
#include "matter/ballot.hpp"
#include "matter/clock_rule.hpp"
#include "matter/condition.hpp"
#include "matter/field.hpp"
#include "matter/index.hpp"
#include "matter/owner.hpp"

namespace lianxin::matter {

// ---- states
enum class CountsAs { open, open_explained, closed, ended };  // the matter's phase
enum class EndsAs {  // what an end is to the figures (docs/metrics.md)
    closed,          // done, and whom it answers was told
    settled,         // the same of a dispute: between the parties
    refused,         // whom it answers was told no
    withdrawn,       // taken back, or let drop by whoever asked
    not_done,        // it came to nothing
};
struct StateRule {
    std::string name;
    std::vector<OwnerSelector> owner;  // tried in order
    std::vector<ClockIndex> clocks;
    std::vector<ClockIndex> pauses;
    std::optional<calendar::Period> pause_cap;  // no more of one stay is taken out of paused clocks
    std::optional<access::Relation> waits_for;
    CountsAs counts_as = CountsAs::open;
    bool published = false;
    bool end = false;
    std::optional<EndsAs> ends_as;      // of an end; nothing: it does not say
    std::optional<MachineIndex> parts;  // pieces of this kind may be open while here, and end when it is left
    std::optional<BallotIndex> ballot;
    std::optional<NoticeIndex> notice;
    Mark at;
};

// ---- actions
struct WhoRule {
    enum class Kind { relation, post, clock, engine, child };
    Kind kind = Kind::relation;
    access::Relation relation = access::Relation::owner;
    OwnerSelector post;  // KIND@LEVEL
    ClockIndex clock;
    std::string child_kind, outcome;  // child:objection.upheld: a matter about this one ended in that state
    Mark at;
};

struct GuardRule {
    enum class Kind {
        in_scope,     // the owner's post may decide this category itself
        parts_done,   // no part is open
        before,       // before:CLOCK, the clock has not run out
        notice_over,  // notice_over:N
        no_hold,      // no_hold:N, no open objection of that kind
        no_child,     // no_child:KIND, no matter of that kind about this one is open
        post_vacant,
        post_held,      // somebody holds the post it is about, whom it can concern
        ballot_passed,  // ballot_passed:B
        not_rated,
        not_bound,
        known_person,  // whom it is begun for is on record, and so can be told and appointed
        holds_post,    // … holds a post or a team place today
    };
    Kind kind = Kind::in_scope;
    ClockIndex clock;
    NoticeIndex notice;
    BallotIndex ballot;
    std::string name;  // hold or kind of matter
    Mark at;
};

struct EffectRule {
    enum class Kind {
        receipt,  // number, secret and signed statement
        note,     // note X: inside the product
        tell,     // tell X: by every chosen channel; where X is whom the workflow answers, it counts as told
        ask_rating,
        publish,
        unpublish,
        open,         // open KIND: a new matter about this one
        appoint,      // appoint X to the post the matter is about
        dismiss,      // end X's holding of it
        certificate,  // whom it answers can show from now on, signed, what was conferred
        withdraw_notice,
        involve,  // involve X from FIELD: those named there are X to this matter from now on
    };
    Kind kind = Kind::note;
    access::Relation whom = access::Relation::owner;  // note, tell, appoint, dismiss
    std::string workflow;                             // open: the name of the kind of matter
    FieldIndex field;                                 // involve: a field of parties or posts
    std::optional<Condition> when;
    Mark at;
};

struct Branch {  // to_when: the first that holds is taken
    Condition when;
    StateIndex to;
    std::vector<EffectRule> effects;
};
struct FollowUp {  // then: every one that holds, in order, within the same decision
    Condition when;
    ActionIndex action;
};
struct LimitRule {  // the max-th time, `then` happens instead
    TallyIndex tally;
    std::int64_t max = 1;
    ActionIndex then;
};
struct PartOpening {
    MachineIndex machine;
    FieldIndex for_each;  // posts
};

enum class Card { none, yellow, red };

struct ActionRule {
    std::string name;
    std::vector<StateIndex> from;
    std::optional<StateIndex> to;  // nothing: stays ("same"), or to_when
    std::vector<Branch> to_when;
    std::vector<WhoRule> who;
    std::vector<FieldIndex> needs;
    std::vector<FieldIndex> accepts;
    std::vector<FieldIndex> reaches;  // with it, these come up to what they are held against
    std::vector<GuardRule> guards;
    std::vector<EffectRule> effects;
    std::optional<OwnerSelector> owner;  // tried before the state's own list
    std::optional<LimitRule> limit;
    bool binding = false;  // whoever gets it cannot send it away again
    std::optional<PartOpening> opens;
    std::optional<BallotIndex> opens_ballot;
    std::optional<BallotIndex> closes_ballot;
    std::optional<NoticeIndex> opens_notice;
    std::optional<NoticeIndex> restarts_notice;
    std::optional<ClockIndex> extends;
    std::vector<ClockIndex> restarts;
    std::vector<ClockIndex> starts;            // clocks with start by this action
    std::vector<ClockIndex> stops;             // clocks whose object this action is
    std::vector<ClockIndex> meets;             // schedules that want this action once in every stretch
    std::vector<Card> card;                    // one step further each time
    std::vector<ActionIndex> apart_from;       // not by the person who did one of these
    std::vector<FieldIndex> apart_from_named;  // nor by whoever one of these named last
    bool apart_from_owner = false;             // not by whoever holds the post that has it in hand
    std::vector<FollowUp> then;
    Mark at;
};

struct Machine {  // of the matter itself (name ""), or of one kind of part
    std::string name;
    std::vector<StateRule> states;
    std::vector<ActionRule> actions;
    // How it begins: the matter by somebody, a part by the action that opens it (who and needs are empty).
    struct Start {
        StateIndex to;
        std::vector<WhoRule> who;
        std::vector<FieldIndex> needs;
        std::vector<FieldIndex> accepts;
        std::vector<GuardRule> guards;
        std::vector<EffectRule> effects;
        std::optional<OwnerSelector> owner;
        bool anonymous = true;      // else whoever it is begun for must be named
        bool service_item = false;  // it applies for one of the promised services, which must be chosen
        // Whom it answers where that is not who asks, the first there is: field:NAME, parent or post.
        std::vector<OwnerSelector> concerns;
        Mark at;
    };
    Start start;
    [[nodiscard]] std::optional<StateIndex> find_state(std::string_view name) const;
    [[nodiscard]] std::optional<ActionIndex> find_action(std::string_view name) const;
    [[nodiscard]] const StateRule& state(StateIndex index) const { return rule_at(states, index); }
    [[nodiscard]] const ActionRule& action(ActionIndex index) const { return rule_at(actions, index); }
};

struct BallotRule {
    std::string name;
    OwnerSelector electorate;  // KIND@LEVEL: everybody who holds such a post there
    bool secret = false;
    Share quorum;
    Share majority;
    std::vector<std::string> shows;  // to whoever votes: what they vote on; empty: what kind of matter it is
    Mark at;
};

struct NoticeRule {
    std::string name;
    std::string place;      // level of the matter's place
    bool in_house = false;  // audience = "staff": shown to those who may read the matter, never in public
    calendar::Period period;
    std::string floor;  // law.toml's entry that sets the least period; empty: none
    std::vector<std::string> shows;
    std::string objection;            // kind of matter an objection is; empty: none
    std::vector<ActionIndex> blocks;  // of the matter itself: not while it runs or an objection is open
    Mark at;
};

struct Workflow {
    std::string name;
    access::Relation answer_to = access::Relation::reporter;
    std::vector<std::string> subkinds;
    std::vector<std::string> on_behalf;  // subkinds that are only ever begun for somebody else, who is known
    Mark on_behalf_at;
    std::string about;  // kind of thing it is about: "notice", "matter", "post"; empty: nothing in particular
    std::string post_kind;           // a selection: the kind of post
    bool apart_from_parent = false;  // who has a hand in what it is about neither owns nor decides it
    std::optional<access::Relation> apart_from_whom;  // … nor does whoever is this to it: asks, or is party
    bool confidential = false;  // not for whoever merely may read what concerns the place
    std::string counted_from;  // level of place: on boards from there up, and as a figure only; empty: listed
    std::vector<std::string> shows, unlisted;  // on its page once published; subkinds that are never public
    Mark answer_to_at, counted_from_at, shows_at;
    struct Late {  // what it is taken in as once the notice it is about is over
        std::string workflow, subkind;
        Mark at;
    };
    std::optional<Late> late;
    struct Certificate {  // what it shows beside whom it is for, by whom and when
        std::vector<std::string> shows;
        Mark at;
    };
    std::optional<Certificate> certificate;
    bool open_to_residents = false;     // somebody without a post may start it
    std::vector<OwnerSelector> ladder;  // kind_at, lowest first
    std::vector<FieldRule> fields;
    std::vector<CriteriaList> lists;
    std::vector<ClockRule> clocks;
    std::vector<BallotRule> ballots;
    std::vector<NoticeRule> notices;
    std::vector<std::string> tallies;
    std::vector<Machine> machines;  // [0] is the matter itself
    std::string body;               // canonical text after inheritance; reading it gives the same workflow
    Digest hash{};                  // SHA-256 of body: a running matter keeps the workflow of its hash
    Mark at;

    [[nodiscard]] const Machine& machine(MachineIndex index) const { return rule_at(machines, index); }
    [[nodiscard]] const Machine& matter() const { return machines.at(0); }
    [[nodiscard]] std::optional<MachineIndex> find_machine(std::string_view part_kind) const;
    [[nodiscard]] std::optional<ClockIndex> find_clock(std::string_view clock) const;
    [[nodiscard]] std::optional<FieldIndex> find_field(std::string_view field) const;
    [[nodiscard]] std::optional<TallyIndex> find_tally(std::string_view tally) const;
    [[nodiscard]] std::optional<NoticeIndex> find_notice(std::string_view notice) const;
    [[nodiscard]] std::optional<BallotIndex> find_ballot(std::string_view ballot) const;
    [[nodiscard]] std::vector<Mark> confers() const;  // where certificates are conferred
    // Whether whoever the matter answers sees it: what was promised them and what is theirs to do.
    [[nodiscard]] bool is_told(ClockIndex clock) const;
};

[[nodiscard]] std::optional<access::Relation> parse_relation(std::string_view word);
[[nodiscard]] const char* name_of(access::Relation relation);
[[nodiscard]] const char* name_of(CountsAs phase);
[[nodiscard]] const char* name_of(EndsAs end);
[[nodiscard]] const char* name_of(Card card);

}  // namespace lianxin::matter
