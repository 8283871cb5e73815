// matter/explore_test.hpp — everything that can happen to a matter, found out with the real decide(): from
// its beginning every action of everybody, every clock, every outcome of what it waits for, until nothing new
// comes. What goes wrong on the way is a harm. It knows none of the prover's rules, so it may judge them.
//
// Bounds: limits count to two, of the ladder stand its ends, one round of parts at a time, one objection at a
// time, one set of answers per outcome a form can have; two standings that differ only in time are the same,
// but for a deadline that something must be in time for. A clock may run out before or after any other, since
// deadlines are data and people act when they act.
#pragma once

#include <deque>
#include <map>
#include <random>
#include <set>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "matter/decide.hpp"
#include "matter/prover.hpp"

namespace lianxin::matter::testing {

struct Standing {
    MatterState matter;
    std::vector<NoticeFact> notices;
    std::vector<BallotFact> ballots;
    std::vector<ChildFact> children;
    Instant now;
    bool told = false;
    bool appointed = false;                   // somebody, to the post it is about
    bool came_about = false;                  // what it was to bring about did
    std::set<FieldIndex> said = {};           // figures that others are held against, filled in by now
    std::set<FieldIndex> asked = {};          // of what notices show, asked for by now
    std::map<FieldIndex, PostId> named = {};  // by a field that some step stands apart from
};

// How far below the county's own level; what is no level of places sits in a village.
[[nodiscard]] std::size_t depth_of(std::string_view level);

// A county of a few posts: whoever is asked for at a place is there, but for "nobody"; or desks alone are.
enum class County { everybody, desks };
class Town {
 public:
    Town(const Workflow& flow, County county);
    std::set<std::string> nowhere;  // who was asked for and is in no county
    [[nodiscard]] std::optional<PostId> seated(const OwnerSelector& selector);
    [[nodiscard]] static std::optional<PostId> superior(PostId post);
    [[nodiscard]] std::optional<std::size_t> depth(PostId post) const;
    [[nodiscard]] const OwnerTable& all() const { return owners_; }
    [[nodiscard]] OwnerTable asked(const MatterState& matter, const Action& action, const Form& form) const;

 private:
    const Workflow& flow_;
    County county_;
    std::map<std::string, PostId> seats_;
    OwnerTable owners_;
};

class Exploration {
 public:
    // Nothing in it: no law is known, nor what other kinds of matter there are.
    struct Law {
        std::function<std::optional<LawBound>(std::string_view)> bound;
        std::vector<LawBinding> bindings;
        std::function<const Workflow*(std::string_view)> workflow = {};
        // By what the law itself says it binds, not by what the workflow says of itself; else that.
        [[nodiscard]] std::string of(const Workflow& flow, LawBinding::Of sort, const std::string& name,
                                     const std::string& named) const;
    };
    enum class Scale { small, whole };
    Exploration(Workflow flow, Law law, Scale scale = Scale::small, County county = County::everybody);
    void run();
    // At random, so many steps that were not refused: actions of anybody in any order, clocks when they are
    // due, objections and what becomes of them, moves from state to state; an end begins anew.
    void wander(std::uint64_t seed, std::size_t steps);
    // After run(): tries everything that may not be done, in every standing; how much of it there was.
    [[nodiscard]] std::size_t refuse_everything();
    std::size_t ended = 0;
    std::size_t decisions = 0;  // of wandering: what was not refused
    // What can go wrong, each once, in words.
    std::set<std::string> harms;
    std::size_t standings = 0;
    bool stop_at_harm = false;  // the first one is enough
    bool complete = true;       // nothing was left out by the bound on their number

 private:
    using Named = std::pair<std::uint16_t, std::uint16_t>;  // machine and state, action or tally
    struct Hand {
        std::vector<access::Relation> relations;
        std::vector<PostId> posts;
        std::optional<PartyId> party;
    };
    template <class Answer, class Ask>
    [[nodiscard]] Answer ask(const Standing& at, const Hand& hand, const Form& form, const OwnerTable& owners,
                             Ask ask_it) const;
    [[nodiscard]] Result<Decision, Refusal> decided(const Standing& at, const Hand& hand, const Form& form,
                                                    const Action& action);
    [[nodiscard]] std::vector<Hand> hands(const Standing& at, const PartState* part, const WhoRule& who);
    [[nodiscard]] std::vector<Form> forms(const std::vector<FieldIndex>& needs,
                                          const std::vector<FieldIndex>& accepts,
                                          const std::vector<const Condition*>& conditions,
                                          const PartState* part, Instant now,
                                          const std::vector<FieldIndex>& reaches = {}) const;
    [[nodiscard]] bool is_held_apart(const FieldRule& field) const;
    [[nodiscard]] std::vector<Form> named_in_turn(const Form& plain,
                                                  const std::vector<FieldIndex>& needs) const;
    [[nodiscard]] FieldValue enough(const FieldRule& field, const PartState* part, Instant now) const;
    [[nodiscard]] FieldValue answer(const FieldRule& field, const PartState* part, Instant now) const;
    [[nodiscard]] std::vector<FieldValue> variants(const FieldRule& field, const Condition& condition,
                                                   const PartState* part, Instant now) const;
    struct Past {
        std::vector<Tally> tallies;
        Card card = Card::none;
        bool asked = false;
        void lay(MatterState& matter, PartNo part) const;
    };
    [[nodiscard]] std::vector<Past> pasts(const PartState& part, const ActionRule& rule) const;
    [[nodiscard]] Action run_out(const PartState& part, ClockIndex clock) const;
    void begin();
    void look(std::size_t at);
    void look_at_part(std::size_t at, const PartState& part);
    void by_people(std::size_t at, const PartState& part, ActionIndex index);
    bool by_hand(std::size_t at, Standing before, const Hand& hand, const Action& action,
                 const std::vector<Form>& all);
    void acted(const PartState& part, const WhoRule& who);
    void by_clock(std::size_t at, const ClockState& clock);
    void by_others(std::size_t at);
    void left_to_clocks(std::size_t at, PartNo no);
    bool refused_for_good(const Refusal& refusal);
    [[nodiscard]] Standing after_of(const Standing& before, const Decision& decision) const;
    void tidy(MatterState& matter) const;
    [[nodiscard]] static const ClockState* next_clock(const MatterState& matter);
    [[nodiscard]] std::optional<Standing> somebody_acts(Standing before, std::mt19937_64& random);
    [[nodiscard]] std::optional<Standing> clock_runs_out(Standing before);
    [[nodiscard]] std::optional<Standing> others_act(Standing before, std::mt19937_64& random);
    [[nodiscard]] std::optional<Standing> somebody_moves(Standing before, std::mt19937_64& random);
    [[nodiscard]] std::vector<Trigger> endings_of(const Standing& at) const;
    [[nodiscard]] Result<Decision, Refusal> child_came_to(const Standing& at, const Trigger& trigger);
    [[nodiscard]] bool objected_to(const Standing& at) const;
    void note_asked(Standing& after, const Decision& decision) const;
    void check_hanging(const Standing& at);
    void check_notices(const Standing& before, const Standing& after, const Decision& decision);
    void check_walked_round(const Standing& before, const Decision& decision);
    void check_conferred(const Standing& after, const Decision& decision);
    [[nodiscard]] std::size_t refuse_empty_form(const Standing& at, const PartState& part,
                                                const Action& action, const ActionRule& rule);
    void check_standing(const Standing& now);
    void check_nothing_unsaid(const MatterState& before, const Decision& decision);
    void became(std::size_t from, Standing before, const Decision& decision);
    void check_awaited(const Hand& by, const Decision& decision);
    void check_kept_apart(const Standing& before, const PartState& part, const Action& action);
    void check_law(const Decision& decision);
    void check_law_named(const std::string& what, const std::string& law, const std::string& named);
    void check_ballot_law(const BallotRule& rule);
    void check_notice_law(const NoticeChange& change);
    void check_clock_law(const ClockState& after);
    void check_way_up(const Standing& before, const Decision& decision);
    void check_objections(const Standing& before, const Standing& after, const Decision& decision);
    void check_themselves(const Standing& before, const PartState& part, const Action& action);
    void check_own_deadline(const Standing& before, const PartState& part, const Action& action);
    void check_extensions(const Standing& before, const Decision& decision);
    void check_fixed_day(const ActionRule& rule, const PartState& part, const Form& form,
                         const Decision& decision);
    void check_handed_on(const Standing& before, const PartState& part, const Action& action,
                         const Form& form);
    void check_read(const Standing& before, const Decision& decision);
    void check_asker(const Standing& before, const PartState& part, const Hand& hand, const Action& action,
                     const std::vector<Form>& all);
    void check_asker_leads(const PartState& part, const Hand& hand, const ActionRule& rule,
                           const Decision& decision);
    void check_taken_back(const Hand& by, const Standing& before, const Decision& decision);
    void check_asked_to_rate(const Standing& before, const Decision& decision);
    void check_leads_pieces(const Standing& before, const PartState& part, const Action& action,
                            const Form& form);
    void check_one_post_twice(const Standing& before, const PartState& part, const Action& action,
                              const Form& form);
    void check_papers(const Standing& after, const Decision& decision);
    void note_vote(const Standing& before, const Decision& decision);
    void judge_votes();
    void check_granted(const Standing& before, const Decision& decision);
    void check_filled(const Standing& after, const Decision& decision);
    [[nodiscard]] bool begins_by_itself();
    void check_opened(const Decision& decision);
    void check_rates(const Standing& before, const Hand& hand, const Action& action, const Form& form);
    void note_answer(const Standing& before, const PartState& part, const Hand& hand, const Action& action,
                     const Form& form);
    void note_gone_on(const Standing& before, const PartState& part, const WhoRule& who, const Hand& hand,
                      const Action& action, const std::vector<Form>& all);
    [[nodiscard]] std::set<std::uint16_t> reached_without(std::uint16_t machine, std::uint16_t gate) const;
    void check_put_off(const Standing& before, const PartState& part, const Hand& hand, const Action& action,
                       const Form& form);
    void check_stopped(const Standing& before, const Decision& decision);
    void check_paused(const Standing& after, const Decision& decision);
    void note_short(const Standing& before, const ClockState& clock, const Decision& decision);
    void judge_short();
    [[nodiscard]] std::vector<FieldIndex> goals() const;
    [[nodiscard]] bool something_may_come_about() const;
    void note_moved(const Standing& before, const PartState& part, const Hand& hand, const Action& action,
                    const Form& form);
    void judge_goals();
    void note_trail(const Standing& before, Standing& after, const Decision& decision);
    void check_done(const Standing& before, const Standing& after, const Decision& decision);
    void judge_gone_on();
    void judge_answers();
    void judge_asker();
    void note_pieces(std::size_t from, std::size_t to, const PartState& whole, const Decision& decision);
    void judge_pieces();
    void begin_for_others(const Standing& nothing);
    void judge_transfers();
    void check_pauses(const Standing& at, const PartState& part);
    void check_held_back(const ActionRule& rule, const Refusal& refusal, const StateRule* to);
    void say(Standing& at, const Form& form, const std::string& where);
    void check_steps(const Decision& decision);
    void note_counts(std::size_t from, std::size_t to, const Decision& decision);
    void judge();
    void judge_outsiders(const std::vector<bool>& ends);
    void check_fillable(Instant now);
    [[nodiscard]] bool is_needed(const Named& action) const;
    void note_waiting(const Standing& at, const PartState& part, ActionIndex index);
    void judge_waiting();
    void judge_limits();
    void judge_conditions();
    [[nodiscard]] std::string key(const Standing& standing) const;
    void key_of_part(const Standing& standing, const PartState& part, std::string& out) const;
    [[nodiscard]] std::int64_t place_of(std::optional<PostId> post) const;
    [[nodiscard]] const Machine& machine_of(const PartState& part) const;

    Workflow flow_;
    Law law_;
    Town town_;
    County county_;
    std::vector<TableLimit> limits_;
    std::vector<FormContext::LoadedList> lists_;
    std::set<ClockIndex> in_time_;    // clocks that something must be in time for
    bool goes_back_ = false;          // something asks who owned it before
    bool apart_ = false;              // something must be in another hand
    bool asks_parts_ = false;         // something asks how parts ended
    std::set<FieldIndex> bounds_;     // figures that others are held against
    std::vector<FieldIndex> naming_;  // fields that some step stands apart from
    std::set<PostId> names_;          // … and whom they may name of those who own it where it is taken
    std::vector<Standing> all_;
    std::map<std::string, std::size_t> known_;
    std::set<std::pair<std::size_t, std::size_t>> edges_, inner_edges_;
    bool by_another_ = true;    // whoever begins it asks for somebody else
    bool by_outsider_ = false;  // whoever asks is acting, and nobody else could
    std::set<std::tuple<std::uint16_t, std::uint16_t, char, std::size_t>> applied_;
    bool held_apart_ = false;  // somebody was just refused who did the other step
    static std::optional<NoticeIndex> hanging(const Standing& at);
    // Which guard of which action waited for a notice from which state: whether the notice hung there.
    std::map<std::tuple<Named, std::uint16_t, std::uint16_t>, bool> waited_for_;
    std::set<NoticeIndex> objected_, held_back_;  // notices objected to, and those for which something waited
    std::set<Named> kept_apart_;                  // actions that somebody was refused who did the other step
    std::set<std::pair<Named, std::uint16_t>> came_before_;  // action, the step it stands apart from
    std::set<std::pair<Named, FieldIndex>> named_before_;  // … the field whose people it stands apart from
    std::set<Named> taken_, reached_, owner_acts_, waited_acts_;
    std::set<std::tuple<std::uint16_t, std::uint16_t, std::int64_t, int>> chained_;
    std::set<std::tuple<std::uint16_t, std::uint16_t, std::uint16_t, int>> asked_;
    std::set<std::tuple<std::uint16_t, std::uint16_t, std::uint16_t>> scheduled_, met_;  // where, which clock
    std::map<std::uint16_t, std::set<Named>> ways_;    // machine → from which state to which
    std::map<Named, std::set<Named>> moved_by_asker_;  // action → from which open state on to which
    std::map<std::size_t, std::string> pieces_left_;   // where pieces were left open, and by which step
    std::set<std::size_t> leads_to_answer_;            // from where one step answers it
    std::set<std::pair<Named, std::uint16_t>> short_;  // where, and which clock
    std::set<Named> outsiders_act_;
    std::vector<FieldIndex> aims_;  // what is to be reached
    bool may_come_about_ = false;
    struct Trail {  // from which state (nothing: the start) to which; what it says of the aims, and in public
        std::optional<std::uint16_t> from;
        std::uint16_t to;
        std::uint32_t says;
        std::optional<bool> publishes;
        auto operator<=>(const Trail&) const = default;
    };
    std::set<Trail> trails_;
    // Which action from where says which of them anew, and nothing hangs for it.
    std::set<std::tuple<Named, std::uint16_t, std::size_t>> moved_;
    enum class Vote { none, won, lost };
    std::set<std::tuple<std::uint16_t, std::uint16_t, Vote>> votes_;  // from which state to which, and by it
    std::set<std::string> opened_;                                    // kinds of matter, by some step
    std::set<Named> answers_;  // where whom it waits for says something, or leads on
    std::set<std::tuple<Named, std::uint16_t, std::uint16_t>> steps_;  // from which state to which
    std::set<std::tuple<Named, std::uint16_t, std::uint16_t, bool>>
        gone_on_;  // … without whom it waits for; by whoever has it
    // By whoever has it: action → from which state it was handed on to which, uncounted; and what was merely
    // taken, from state to state.
    std::map<Named, std::set<Named>> handed_on_;
    std::map<std::uint16_t, std::set<Named>> only_taken_;
    std::map<Named, std::set<std::size_t>> counted_at_;
    std::map<Named, std::set<std::pair<std::size_t, std::uint16_t>>> limits_at_;
    std::size_t from_ = 0;
};

}  // namespace lianxin::matter::testing
