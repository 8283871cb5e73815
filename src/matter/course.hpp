// matter/course.hpp — one decision while it is carried out: a working copy of where the matter stands, and
// what changed on the way. One step may bring others (a limit reached, a bad rating); they go on from the
// copy, so that what is saved at the end is true together. Only decide() and begin() use this.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "matter/clockwork.hpp"
#include "matter/decide.hpp"

namespace lianxin::matter {

class Course {
 public:
    explicit Course(const Facts& facts);

    // The action was permitted and its form is complete. The first rule broken on the way is the refusal.
    [[nodiscard]] std::optional<Refusal> take(const Action& action);
    [[nodiscard]] std::optional<Refusal> start();
    void hold(HoldState hold);
    // A card by hand; it brings what the kind's own card brings.
    void put_card(PartNo part, Card card);
    // The matter goes on as another: all of it ends where it stands.
    void leave_off();
    // It was no other after all: what leaving off ended stands again as it did before.
    void stand_again(const MatterState& before);
    // A part that came from another version of the workflow stands here now; `renamed`: in another state;
    // `unknown`: clocks of the state that the one it came from did not count.
    void settle_in(PartNo part, bool renamed, const std::vector<ClockIndex>& unknown);
    void lift(const Subject& source);
    [[nodiscard]] const MatterState& matter() const { return now_; }
    [[nodiscard]] Decision finish();

 private:
    using Refused = std::optional<Refusal>;
    struct Destination {
        PostId owner;
        std::optional<RungIndex> rung;
    };
    struct Seeking {  // an owner for a part, where it goes
        const PartState& part;
        std::vector<FieldIndex> apart;  // those named there are none
    };

    // course.cpp: the order of one step
    Refused perform(PartNo part, ActionIndex action, const Trigger& trigger, Step::Because because);
    Refused perform_instead(PartNo part, const LimitRule& limit);
    Refused follow(PartNo part, const ActionRule& rule);
    Refused choose_way(const ActionRule& rule, PartNo part, std::optional<StateIndex>& to,
                       const std::vector<EffectRule>*& more);
    void read_form();
    void ask_for(FieldIndex field, const ChecklistValue& missing);
    void remember_hand(PartNo part, ActionIndex action);

    // course_move.cpp: from state to state
    Refused move(PartNo part, const ActionRule& rule, StateIndex to, const Trigger& trigger);
    void leave(const PartState& before, const StateRule& from, const StateRule& to, const Trigger& trigger);
    void enter(PartState& part, const StateRule& to);
    void end_parts(const StateRule& from, const StateRule& to);
    void end_all();
    Refused open_parts(const PartState& parent, const PartOpening& opening, ActionIndex action);
    [[nodiscard]] Result<Destination, Refusal> destination(const PartState& part, const ActionRule& rule,
                                                           StateIndex to, bool elsewhere) const;
    [[nodiscard]] Seeking seeking(const PartState& part, StateIndex to) const;
    [[nodiscard]] std::optional<Destination> resolve(const OwnerSelector& selector,
                                                     const Seeking& seeking) const;
    [[nodiscard]] std::optional<Destination> allowed(std::optional<PostId> post,
                                                     const Seeking& seeking) const;
    [[nodiscard]] std::optional<Destination> outside(const Seeking& seeking) const;
    [[nodiscard]] std::optional<PostId> anchor_post(Anchor anchor, const PartState& part) const;
    void stand_at_the_top(PartNo part, const Trigger& trigger);

    // course_effects.cpp: what an action brings beside a move
    void turn_clocks(PartNo part, const ActionRule& rule, const Trigger& trigger);
    void give_card(PartNo part, const ActionRule& rule, const Trigger& trigger);
    void run_ballots(const ActionRule& rule);
    void run_notices(const ActionRule& rule);
    void withdraw_notices();
    void bring_about(PartNo part, ActionIndex action, const std::vector<EffectRule>& effects);
    // What the opening of a piece brings: about the piece, because of the matter's own action.
    void begin_piece(const PartState& piece, ActionIndex opened_by, const std::vector<EffectRule>& effects);
    [[nodiscard]] std::vector<PostId> posts_of(access::Relation relation, const PartState& part) const;
    [[nodiscard]] bool holds(const Condition& condition, const PartState* part) const;

    PartState& part(PartNo no);
    void moved(PartNo no, bool entered, bool cancelled = false);

    const Facts& facts_;
    MatterState now_;
    Clockwork clocks_;
    Decision decision_;
    struct Trace {
        bool entered = false;
        bool cancelled = false;
    };
    std::map<PartNo, Trace> moved_;
    std::optional<BallotOutcome> ballot_outcome_;
    std::map<NoticeIndex, Instant> notice_until_;  // of notices opened or restarted on the way
    Card card_given_ = Card::none;
    int depth_ = 0;
};

// What gives cards in this kind of work of itself; nothing: no clock of its own urges.
[[nodiscard]] const ActionRule* card_action(const Machine& machine);

// The fields whose minimum does not hold for this matter (their `unless`).
[[nodiscard]] std::vector<FieldIndex> waived_fields(const Facts& facts, const std::vector<FieldIndex>& needs);

}  // namespace lianxin::matter
