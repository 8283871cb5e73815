#include "matter/workflow.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace lianxin::matter {
namespace {

using access::Relation;

constexpr std::array<std::pair<const char*, Relation>, 17> relations = {{
    {"reporter", Relation::reporter},
    {"applicant", Relation::applicant},
    {"party", Relation::party_to},
    {"host", Relation::host},
    {"owner", Relation::owner},
    {"lead", Relation::lead},
    {"co_handler", Relation::co_handler},
    {"superior@owner", Relation::superior_of_owner},
    {"leader", Relation::leader},
    {"dispatcher", Relation::dispatcher},
    {"oversight", Relation::oversight},
    {"auditor", Relation::auditor},
    {"complained_of", Relation::complained_of},
    {"below_complained_of", Relation::below_complained_of},
    {"engine", Relation::engine},
    {"reader", Relation::reader_of_place},
    {"anyone", Relation::anyone},
}};

}  // namespace

std::optional<StateIndex> Machine::find_state(std::string_view state_name) const {
    return find_by_name<StateTag>(states, state_name);
}

std::optional<ActionIndex> Machine::find_action(std::string_view action_name) const {
    return find_by_name<ActionTag>(actions, action_name);
}

std::optional<MachineIndex> Workflow::find_machine(std::string_view part_kind) const {
    return find_by_name<MachineTag>(machines, part_kind);
}

std::optional<ClockIndex> Workflow::find_clock(std::string_view clock) const {
    return find_by_name<ClockTag>(clocks, clock);
}

std::optional<FieldIndex> Workflow::find_field(std::string_view field) const {
    return find_by_name<FieldTag>(fields, field);
}

std::optional<TallyIndex> Workflow::find_tally(std::string_view tally) const {
    for (std::size_t index = 0; index < tallies.size(); ++index)
        if (tallies[index] == tally) return TallyIndex{static_cast<std::uint16_t>(index)};
    return {};
}

std::optional<NoticeIndex> Workflow::find_notice(std::string_view notice) const {
    return find_by_name<NoticeTag>(notices, notice);
}

std::optional<BallotIndex> Workflow::find_ballot(std::string_view ballot) const {
    return find_by_name<BallotTag>(ballots, ballot);
}

std::optional<Relation> parse_relation(std::string_view word) {
    if (word == "superior") return Relation::superior_of_owner;
    for (const auto& [name, relation] : relations)
        if (word == name) return relation;
    return {};
}

const char* name_of(Relation relation) {
    for (const auto& [name, value] : relations)
        if (value == relation) return name;
    return "";
}

const char* name_of(EndsAs end) {
    switch (end) {
        case EndsAs::closed:
            return "closed";
        case EndsAs::settled:
            return "settled";
        case EndsAs::refused:
            return "refused";
        case EndsAs::withdrawn:
            return "withdrawn";
        case EndsAs::not_done:
            return "not_done";
    }
    return "";
}

const char* name_of(CountsAs phase) {
    switch (phase) {
        case CountsAs::open:
            return "open";
        case CountsAs::open_explained:
            return "open_explained";
        case CountsAs::closed:
            return "closed";
        case CountsAs::ended:
            return "ended";
    }
    return "";
}

const char* name_of(Card card) {
    switch (card) {
        case Card::none:
            return "none";
        case Card::yellow:
            return "yellow";
        case Card::red:
            return "red";
    }
    return "";
}

std::vector<Mark> Workflow::confers() const {
    std::vector<Mark> found;
    const auto look_at = [&](const std::vector<EffectRule>& effects) {
        for (const auto& effect : effects)
            if (effect.kind == EffectRule::Kind::certificate) found.push_back(effect.at);
    };
    for (const auto& machine : machines) {
        look_at(machine.start.effects);
        for (const auto& action : machine.actions) {
            look_at(action.effects);
            for (const auto& branch : action.to_when) look_at(branch.effects);
        }
    }
    return found;
}

bool Workflow::is_told(ClockIndex index) const {
    const ClockRule& clock = rule_at(clocks, index);
    if (clock.machine != MachineIndex{}) return false;
    if (clock.start != ClockStart::state || !clock.law.empty() || clock.limit == ClockLimit::notice)
        return true;
    const auto& states = matter().states;
    return std::any_of(states.begin(), states.end(), [&](const StateRule& state) {
        const bool runs = std::find(state.clocks.begin(), state.clocks.end(), index) != state.clocks.end();
        return runs && (state.waits_for == answer_to || state.counts_as == CountsAs::closed);
    });
}

}  // namespace lianxin::matter
