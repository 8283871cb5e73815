// matter/workflow_pack_reading.hpp — one workflow while it is read: first every name that is declared, then
// every rule, with names turned into places. A misspelt name is a finding that offers the nearest; reading
// goes on with a harmless value.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "matter/workflow.hpp"
#include "pack/reader.hpp"

namespace lianxin::matter {

[[nodiscard]] Mark mark_of(const pack::Position& position);

class WorkflowReading {
 public:
    WorkflowReading(const pack::Table& document, std::string_view name, pack::Findings& findings);
    [[nodiscard]] Workflow read();

 private:
    using Placed = pack::Reader::PlacedText;

    // workflow_pack_reading.cpp: the whole, and names
    void collect_names();
    void collect_machine(const pack::Table& table, std::string_view part_kind);
    void read_machine(pack::Reader& reader, MachineIndex machine);
    void read_ladder(pack::Reader& root);
    void read_about(pack::Reader& root);
    void read_on_behalf(pack::Reader& root);
    void read_public(pack::Reader& root);
    void read_certificate(pack::Reader& root);
    void read_apart(pack::Reader& root);
    void read_lists(pack::Reader& root);
    void tie_clocks(MachineIndex machine);
    void bound_hand_overs();
    void read_within(pack::Reader& clock, ClockRule& rule);

    // workflow_pack_rules.cpp: fields, clocks
    void read_field(pack::Reader field, FieldRule& rule);
    void read_posts(pack::Reader& field, FieldRule& rule);
    void read_in_time(pack::Reader& field, FieldRule& rule);
    void read_parties(pack::Reader& field, FieldRule& rule);
    void read_checklist(pack::Reader& field, FieldRule& rule);
    void read_criteria(pack::Reader& field, FieldRule& rule);
    void read_units(pack::Reader& field, FieldRule& rule);
    void read_columns(pack::Reader& field, FieldRule& rule);
    void read_field_by_type(pack::Reader& field, FieldRule& rule);
    void read_clock(pack::Reader clock, ClockRule& rule);
    void read_clock_limit(pack::Reader& clock, ClockRule& rule);
    void read_schedule(pack::Reader& clock, ClockRule& rule);
    void read_until(pack::Reader& clock, calendar::Recurrence& every);
    [[nodiscard]] calendar::Period period(pack::Reader& reader, std::string_view key);
    [[nodiscard]] std::optional<calendar::Period> period_if(pack::Reader& reader, std::string_view key);
    [[nodiscard]] static std::string law_named(pack::Reader& reader, std::string_view key);

    // workflow_pack_bounds.cpp: what a field is held against
    void read_bound(pack::Reader& field, FieldRule& rule);
    void read_shares(pack::Reader& field, FieldRule& rule);
    void read_share(const Placed& word, const std::string& subkind, FieldRule& rule);
    void bounds_fit();
    void read_reaches(pack::Reader& action, ActionRule& rule);

    // workflow_pack_states.cpp: ballots, notices, states
    void read_ballot(pack::Reader ballot, BallotRule& rule);
    void read_ballot_shows(pack::Reader& ballot, BallotRule& rule);
    void read_notice(pack::Reader notice, NoticeRule& rule);
    void read_state(pack::Reader state, MachineIndex machine, StateRule& rule);
    void read_counts_as(pack::Reader& state, StateRule& rule);

    // workflow_pack_actions.cpp
    void read_start(pack::Reader start, MachineIndex machine);
    void read_action(pack::Reader action, MachineIndex machine, ActionRule& rule);
    void read_where_to(pack::Reader& action, MachineIndex machine, ActionRule& rule);
    void read_consequences(pack::Reader& action, MachineIndex machine, ActionRule& rule);
    void read_follow_ups(pack::Reader& action, MachineIndex machine, ActionRule& rule);
    void read_apart(pack::Reader& action, MachineIndex machine, ActionRule& rule);
    [[nodiscard]] std::vector<WhoRule> who(pack::Reader& reader, std::string_view key);
    [[nodiscard]] std::optional<WhoRule> who_rule(const Placed& word);
    [[nodiscard]] std::optional<OwnerSelector> concern(const Placed& word);
    [[nodiscard]] std::vector<GuardRule> guards(pack::Reader& reader);
    [[nodiscard]] std::optional<GuardRule> guard_rule(const Placed& word);
    [[nodiscard]] std::vector<EffectRule> effects(pack::Reader& reader);
    [[nodiscard]] std::optional<EffectRule> effect_rule(const Placed& word);
    [[nodiscard]] std::optional<EffectRule> involve_rule(const Placed& word, EffectRule rule);

    // workflow_pack_names.cpp: words to places
    [[nodiscard]] std::optional<FieldIndex> field(const Placed& word);
    [[nodiscard]] std::optional<ClockIndex> clock(const Placed& word);
    [[nodiscard]] std::optional<StateIndex> state(const Placed& word, MachineIndex machine);
    [[nodiscard]] std::optional<ActionIndex> action(const Placed& word, MachineIndex machine);
    [[nodiscard]] std::optional<NoticeIndex> notice(const Placed& word);
    [[nodiscard]] std::optional<BallotIndex> ballot(const Placed& word);
    [[nodiscard]] std::optional<MachineIndex> part(const Placed& word);
    [[nodiscard]] std::optional<access::Relation> relation(const Placed& word);
    [[nodiscard]] std::optional<Condition> condition(const Placed& word);
    [[nodiscard]] std::optional<OwnerSelector> selector(const Placed& word);
    [[nodiscard]] std::vector<OwnerSelector> selectors(pack::Reader& reader, std::string_view key);
    [[nodiscard]] std::vector<FieldIndex> fields(pack::Reader& reader, std::string_view key);
    [[nodiscard]] std::vector<ClockIndex> clocks(pack::Reader& reader, std::string_view key);
    [[nodiscard]] static Placed placed(pack::Reader& reader, std::string_view key);
    void unknown(const Placed& word, std::string_view what, const std::vector<std::string>& known);
    void wrong(const pack::Position& at, std::string_view code, std::string message, std::string remedy);

    const pack::Table& document_;
    pack::Findings& findings_;
    Workflow flow_;
    std::vector<std::string> reach_is_said_;  // fields that say of which posts they are
};

}  // namespace lianxin::matter
