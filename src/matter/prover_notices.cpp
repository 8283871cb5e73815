// What a notice shows must be there by then; something waits for it; what is guarded by an
// objection can be objected to.
#include <deque>

#include "matter/apart.hpp"
#include "matter/prover_report.hpp"
#include "matter/publication.hpp"

namespace lianxin::matter {
namespace {

bool opens(const ActionRule& action, NoticeIndex notice) {
    return action.opens_notice == notice || action.restarts_notice == notice;
}

// Whether, once in `from`, the notice may still be put up.
bool leads_to_notice(const Machine& machine, const std::vector<StateIndex>& from, NoticeIndex notice) {
    std::set<StateIndex> seen(from.begin(), from.end());
    std::deque<StateIndex> open(from.begin(), from.end());
    for (; !open.empty(); open.pop_front())
        for (const auto& action : machine.actions) {
            if (!among(action.from, open.front())) continue;
            if (opens(action, notice)) return true;
            for (const auto to : leads_to(action, open.front()))
                if (seen.insert(to).second) open.push_back(to);
        }
    return false;
}

// On some way to the notice the field was asked for.
bool filled_by_then(const Machine& machine, FieldIndex field, NoticeIndex notice) {
    const auto asks = [&](const auto& rule) {
        return among(rule.needs, field) || among(rule.accepts, field);
    };
    if (asks(machine.start) && leads_to_notice(machine, {machine.start.to}, notice)) return true;
    for (const auto& action : machine.actions) {
        if (!asks(action)) continue;
        if (opens(action, notice)) return true;
        for (const auto from : action.from)
            if (leads_to_notice(machine, leads_to(action, from), notice)) return true;
    }
    return false;
}

void shows_field(const ProofOf& proof, const NoticeRule& notice, NoticeIndex index, const std::string& what) {
    const auto shown = "notice \"" + notice.name + "\" shows \"" + what + "\"";
    const auto field = proof.workflow.find_field(what);
    if (!field)
        return proof.error(notice.at, "shows_unknown_field", shown + ", which is no field",
                           "name a field, person.name, place.name or ballots.NAME.result");
    if (!filled_by_then(proof.machine, *field, index))
        proof.error(notice.at, "shows_empty_field", shown + ", which nobody has filled in by then",
                    "ask for the field on the way to the notice, or in the action that puts it up");
}

void shows(const ProofOf& proof, const NoticeRule& notice, NoticeIndex index) {
    for (const auto& what : notice.shows) {
        if (what == applicant_shown || what == place_shown) continue;
        const auto ballot = ballot_shown(what);
        if (!ballot)
            shows_field(proof, notice, index, what);
        else if (!proof.workflow.find_ballot(*ballot))
            proof.error(notice.at, "shows_no_ballot",
                        "notice \"" + notice.name + "\" shows \"" + what + "\", and there is no such ballot",
                        "write ballots.NAME.result of a ballot that is declared");
    }
}

bool waits_for(const ActionRule& action, NoticeIndex notice) {
    return std::any_of(action.guards.begin(), action.guards.end(), [&](const GuardRule& guard) {
        return guard.kind == GuardRule::Kind::notice_over && guard.notice == notice;
    });
}

void something_waits(const ProofOf& proof, const NoticeRule& notice, NoticeIndex index) {
    const auto& actions = proof.machine.actions;
    if (std::none_of(actions.begin(), actions.end(),
                     [&](const ActionRule& action) { return opens(action, index); }))
        proof.error(notice.at, "notice_never_opened", "nothing puts up notice \"" + notice.name + "\"",
                    "let an action open it (opens_notice), or remove it");
    if (notice.blocks.empty() && std::none_of(actions.begin(), actions.end(), [&](const ActionRule& action) {
            return waits_for(action, index);
        }))
        proof.error(notice.at, "notice_blocks_nothing",
                    "nothing waits for the end of notice \"" + notice.name + "\" or for objections to it",
                    "name in its blocks the actions that decide what is published");
}

// What is blocked decides what was published. Saying no and taking back wait for nobody.
void decides_something(const ProofOf& proof, const NoticeRule& notice) {
    for (const auto blocked : notice.blocks) {
        const auto& action = proof.machine.action(blocked);
        const bool lets_drop =
            action.to && proof.machine.state(*action.to).end && !is_good(proof.machine.state(*action.to));
        if (lets_drop)
            proof.error(notice.at, "blocks_no_decision",
                        "notice \"" + notice.name + "\" holds back \"" + action.name +
                            "\", which carries nothing out that was published",
                        "name in its blocks the actions that decide what is published");
    }
}

// A hold is of the kind of matter that objects to a notice which is put up.
void holds_can_be(const ProofOf& proof) {
    const auto objects = [&](const std::string& kind) {
        for (const auto& notice : proof.workflow.notices)
            if (notice.objection == kind) return true;
        return false;
    };
    const auto look_at = [&](const std::vector<GuardRule>& guards) {
        for (const auto& guard : guards) {
            if (guard.kind == GuardRule::Kind::no_hold && !objects(guard.name))
                proof.error(guard.at, "hold_never_there",
                            "no notice can be objected to by \"" + guard.name + "\", so it holds nothing",
                            "name the kind that a notice says under objections");
            if (guard.kind == GuardRule::Kind::no_child && proof.no_such_kind(guard.name))
                proof.error(guard.at, "unknown_workflow",
                            "there is no kind of matter \"" + guard.name + "\" to wait for",
                            "name a workflow of the pack");
        }
    };
    look_at(proof.machine.start.guards);
    for (const auto& action : proof.machine.actions) look_at(action.guards);
}

// What stands in public stands on the page of a place.
void stands_somewhere(const ProofOf& proof, const std::string& level, const Mark& at,
                      const std::string& what) {
    if (proof.basis.owners != nullptr && !level.empty() && !proof.basis.owners->has_board(level))
        proof.error(at, "level_without_board", what + " \"" + level + "\", and no such place has a page",
                    "name a kind of place of places.toml above the household");
}

}  // namespace

void prove_notices(const ProofOf& proof) {
    stands_somewhere(proof, proof.workflow.counted_from, proof.workflow.counted_from_at,
                     "it is counted from");
    for (std::size_t at = 0; at < proof.workflow.notices.size(); ++at) {
        const NoticeIndex index{static_cast<std::uint16_t>(at)};
        shows(proof, proof.workflow.notices[at], index);
        something_waits(proof, proof.workflow.notices[at], index);
        decides_something(proof, proof.workflow.notices[at]);
        stands_somewhere(proof, proof.workflow.notices[at].place, proof.workflow.notices[at].at,
                         "notice \"" + proof.workflow.notices[at].name + "\" hangs at");
    }
    holds_can_be(proof);
}

}  // namespace lianxin::matter
