// matter/explore_test.hpp — everything that can happen to a matter, found out with the real decide(): from
// its beginning every action of everybody, every clock, every outcome of what it waits for, until nothing new
// comes. What goes wrong on the way is a harm. It knows none of the prover's rules, so it may judge them.
//
// Bounds: limits count to two, one part at a time, one objection at a time, one set of answers per outcome a
// form can have; two standings that differ only in owner or time are the same. A clock may run out before or
// after any other, since deadlines are data and people act when they act.
#pragma once

#include <deque>
#include <map>
#include <random>
#include <set>
#include <string>
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
};

class Town {
 public:
    explicit Town(const Workflow& flow) : flow_(flow) {}
    [[nodiscard]] std::optional<PostId> seated(const OwnerSelector& selector);
    [[nodiscard]] static std::optional<PostId> superior(PostId post);
    [[nodiscard]] OwnerTable table(const MatterState& matter, const Action& action, const Form& form);

 private:
    const Workflow& flow_;
    std::map<std::string, PostId> seats_;
};

class Exploration {
 public:
    Exploration(Workflow flow, std::function<std::optional<LawBound>(std::string_view)> law);
    void run();
    // At random, so many steps: actions of anybody in any order, clocks when they are due; an end begins
    // anew.
    void wander(std::uint64_t seed, std::size_t steps);
    std::size_t ended = 0;
    // What can go wrong, each once, in words.
    std::set<std::string> harms;
    std::size_t standings = 0;
    bool complete = true;  // nothing was left out by the bound on their number

 private:
    struct Hand {
        std::vector<access::Relation> relations;
        std::vector<PostId> posts;
        std::optional<PartyId> party;
    };
    template <class Decide>
    [[nodiscard]] Result<Decision, Refusal> ask(const Standing& at, const Hand& hand, const Form& form,
                                                const Action& action, Decide decide_it);
    [[nodiscard]] std::vector<Hand> hands(const Standing& at, const PartState* part, const WhoRule& who);
    [[nodiscard]] std::vector<Form> forms(const std::vector<FieldIndex>& needs,
                                          const std::vector<FieldIndex>& accepts,
                                          const std::vector<const Condition*>& conditions,
                                          const PartState* part, Instant now) const;
    [[nodiscard]] FieldValue answer(const FieldRule& field, const PartState* part, Instant now) const;
    [[nodiscard]] std::vector<FieldValue> variants(const FieldRule& field, const Condition& condition,
                                                   const PartState* part, Instant now) const;
    void begin();
    void look(std::size_t at);
    void look_at_part(std::size_t at, const PartState& part);
    void by_people(std::size_t at, const PartState& part, ActionIndex index);
    void by_clock(std::size_t at, const ClockState& clock);
    void by_others(std::size_t at);
    void left_to_clocks(std::size_t at, PartNo no);
    bool refused_for_good(const Refusal& refusal);
    [[nodiscard]] Standing after_of(const Standing& before, const Decision& decision) const;
    [[nodiscard]] std::optional<Standing> anything(const Standing& at, std::mt19937_64& random);
    void check_nothing_unsaid(const MatterState& before, const Decision& decision);
    void became(std::size_t from, Standing before, const Decision& decision);
    void check_law(const Standing& before, const Decision& decision);
    void check_steps(const Standing& before, const Decision& decision);
    void judge();
    [[nodiscard]] std::string key(const Standing& standing) const;
    [[nodiscard]] const Machine& machine_of(const PartState& part) const;

    Workflow flow_;
    std::function<std::optional<LawBound>(std::string_view)> law_;
    Town town_;
    std::vector<Standing> all_;
    std::map<std::string, std::size_t> known_;
    std::set<std::pair<std::size_t, std::size_t>> edges_;
    std::set<std::pair<std::uint16_t, std::uint16_t>> taken_;    // machine, action
    std::set<std::pair<std::uint16_t, std::uint16_t>> reached_;  // machine, state
    std::set<std::pair<std::uint16_t, std::uint16_t>> owner_acts_, waited_acts_, chained_;
    std::map<std::uint16_t, std::set<std::pair<std::uint16_t, std::uint16_t>>> part_ways_;
    std::size_t from_ = 0;
};

}  // namespace lianxin::matter::testing
