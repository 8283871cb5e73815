// What is held against another field finds it said: on every way to where it is filled in, and by whoever
// fills it in, the other was asked for before or is asked for with it.
#include <cstdint>
#include <deque>

#include "matter/prover_report.hpp"

namespace lianxin::matter {
namespace {

using Fields = std::set<FieldIndex>;

// Clocks, the engine and what becomes of other matters fill in nothing.
bool by_people_alone(const std::vector<WhoRule>& who) {
    return std::all_of(who.begin(), who.end(), [](const WhoRule& rule) {
        return rule.kind == WhoRule::Kind::relation || rule.kind == WhoRule::Kind::post;
    });
}

// What was asked for on every way to a state; nothing: no way leads there.
class SaidBefore {
 public:
    SaidBefore(const Machine& machine, const Fields& begun_with)
        : machine_(machine), said_(machine_.states.size()) {
        arrive(machine_.start.to, begun_with);
        for (; !open_.empty(); open_.pop_front()) leave(open_.front());
    }
    [[nodiscard]] const std::optional<Fields>& at(StateIndex state) const { return said_[state.value]; }

 private:
    void leave(StateIndex from) {
        for (const auto& action : machine_.actions) {
            if (!among(action.from, from)) continue;
            auto then = *said_[from.value];
            if (by_people_alone(action.who)) then.insert(action.needs.begin(), action.needs.end());
            for (const auto to : leads_to(action, from)) arrive(to, then);
        }
    }
    void arrive(StateIndex to, const Fields& said) {
        auto& known = said_[to.value];
        if (known && std::includes(said.begin(), said.end(), known->begin(), known->end())) return;
        if (known)
            std::erase_if(*known, [&](FieldIndex field) { return !said.contains(field); });
        else
            known = said;
        open_.push_back(to);
    }

    const Machine& machine_;
    std::vector<std::optional<Fields>> said_;
    std::deque<StateIndex> open_;
};

// What the matter is begun with; a part also goes on from what was said wherever it is opened.
Fields begun_with(const ProofOf& proof) {
    const auto& whole = proof.workflow.matter();
    Fields start(whole.start.needs.begin(), whole.start.needs.end());
    if (proof.is_matter() || whole.states.empty()) return start;
    const SaidBefore said(whole, start);
    std::optional<Fields> always;
    for (const auto& action : whole.actions) {
        if (!action.opens || action.opens->machine != proof.index) continue;
        for (const auto from : action.from) {
            if (!said.at(from)) continue;
            Fields here = *said.at(from);
            here.insert(action.needs.begin(), action.needs.end());
            if (always) std::erase_if(here, [&](FieldIndex field) { return !always->contains(field); });
            always = here;
        }
    }
    return always.value_or(start);
}

bool takes(const std::vector<FieldIndex>& needs, const std::vector<FieldIndex>& accepts, FieldIndex field) {
    return among(needs, field) || among(accepts, field);
}

void unsaid(const ProofOf& proof, const FieldRule& rule, const std::string& where) {
    const auto& other = rule_at(proof.workflow.fields, rule.bound->field).name;
    proof.error(rule.bound->at, "bound_not_yet_filled",
                "\"" + rule.name + "\" is held against \"" + other + "\", which " + where +
                    " does not ask for and which may not have been asked for before",
                "put \"" + other + "\" into the needs there, or of every way there");
}

// What must be reached can still be filled in there: what is missing is brought with the step itself.
void can_be_reached(const ProofOf& proof, const ActionRule& action) {
    for (const auto field : action.reaches)
        if (!takes(action.needs, action.accepts, field))
            proof.error(action.at, "reached_unasked",
                        "\"" + action.name + "\" must have reached \"" +
                            rule_at(proof.workflow.fields, field).name + "\" and does not ask for it",
                        "put the field into its needs or accepts");
}

}  // namespace

void prove_figures(const ProofOf& proof) {
    for (const auto& action : proof.machine.actions) can_be_reached(proof, action);
    const SaidBefore said(proof.machine, begun_with(proof));
    for (std::size_t at = 0; at < proof.workflow.fields.size(); ++at) {
        const auto& rule = proof.workflow.fields[at];
        if (!rule.bound) continue;
        const FieldIndex field{static_cast<std::uint16_t>(at)};
        const auto& start = proof.machine.start;
        if (proof.is_matter() && takes(start.needs, start.accepts, field) &&
            !among(start.needs, rule.bound->field))
            unsaid(proof, rule, "the start");
        for (const auto& action : proof.machine.actions) {
            if (!takes(action.needs, action.accepts, field) || among(action.needs, rule.bound->field))
                continue;
            if (std::any_of(action.from.begin(), action.from.end(), [&](StateIndex from) {
                    return said.at(from) && !said.at(from)->contains(rule.bound->field);
                }))
                unsaid(proof, rule, "\"" + action.name + "\"");
        }
    }
}

}  // namespace lianxin::matter
