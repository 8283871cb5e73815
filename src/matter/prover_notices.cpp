// What a notice or a ballot shows must be there by then; something waits for a notice, and a vote is counted
// after what is read before it; what is guarded by an objection can be objected to.
#include <deque>
#include <functional>

#include "matter/apart.hpp"
#include "matter/prover_report.hpp"
#include "matter/prover_ways.hpp"
#include "matter/publication.hpp"

namespace lianxin::matter {
namespace {

bool opens(const ActionRule& action, NoticeIndex notice) {
    return action.opens_notice == notice || action.restarts_notice == notice;
}

using Opening = std::function<bool(const ActionRule&)>;

// Whether, once in `from`, it may still be opened.
bool may_be_opened(const Machine& machine, const std::vector<StateIndex>& from, const Opening& opening) {
    const auto seen = reached_from(machine, from, leads_to);
    return std::any_of(machine.actions.begin(), machine.actions.end(), [&](const ActionRule& action) {
        return opening(action) && std::any_of(action.from.begin(), action.from.end(),
                                              [&](StateIndex at) { return seen.contains(at); });
    });
}

// On some way to the opening the field was asked for.
bool filled_by_then(const Machine& machine, FieldIndex field, const Opening& opening) {
    const auto asks = [&](const auto& rule) {
        return among(rule.needs, field) || among(rule.accepts, field);
    };
    if (asks(machine.start) && may_be_opened(machine, {machine.start.to}, opening)) return true;
    for (const auto& action : machine.actions) {
        if (!asks(action)) continue;
        if (opening(action)) return true;
        for (const auto from : action.from)
            if (may_be_opened(machine, leads_to(action, from), opening)) return true;
    }
    return false;
}

// On every way to the opening the field was asked for, if only as what may be left out.
bool asked_for_by_then(const ProofOf& proof, FieldIndex field, const Opening& opening) {
    const auto ways = ways_so_far(proof.workflow, proof.index);
    return std::all_of(proof.machine.actions.begin(), proof.machine.actions.end(),
                       [&](const ActionRule& action) {
                           if (!opening(action) || among(action.needs, field) || among(action.accepts, field))
                               return true;
                           return std::all_of(action.from.begin(), action.from.end(), [&](StateIndex from) {
                               return !ways[from.value].comes || ways[from.value].asked.contains(field);
                           });
                       });
}

// A notice says all that it names; a ballot leaves out what nobody has said.
enum class Empty { error, warning };

void shows_field(const ProofOf& proof, const Mark& at, const std::string& whose, const std::string& what,
                 const Opening& opening, Empty empty) {
    const auto shown = whose + " shows \"" + what + "\"";
    const auto field = proof.workflow.find_field(what);
    if (!field)
        return proof.error(
            at, "shows_unknown_field", shown + ", which is no field",
            "name a field, person.name, place.name, post.name, sum.FIELD or ballots.NAME.result");
    const bool asked = empty == Empty::error ? asked_for_by_then(proof, *field, opening)
                                             : filled_by_then(proof.machine, *field, opening);
    if (asked) return;
    proof.faults.push_back({at, empty == Empty::error, "shows_empty_field",
                            shown + ", which nobody was asked for by then on some way",
                            "ask for the field on every way there, or in the action that opens it"});
}

// Whoever votes reads what they vote on, as declared and no further.
void ballot_shows(const ProofOf& proof, const BallotRule& ballot, BallotIndex index) {
    if (ballot.shows.empty())
        proof.error(ballot.at, "ballot_shows_nothing",
                    "nothing is said of what whoever votes in \"" + ballot.name + "\" reads of the matter",
                    "name it: shows = [\"FIELD\", \"person.name\", \"place.name\"]");
    const auto opening = [index](const ActionRule& action) { return action.opens_ballot == index; };
    for (const auto& what : ballot.shows)
        if (what == post_shown)
            prove_post_shown(proof, ballot.at);
        else if (what != applicant_shown && what != place_shown)
            shows_field(proof, ballot.at, "ballot \"" + ballot.name + "\"", what, opening, Empty::warning);
}

void shows(const ProofOf& proof, const NoticeRule& notice, NoticeIndex index) {
    for (const auto& what : notice.shows) {
        if (what == applicant_shown || what == place_shown) continue;
        if (what == post_shown) {
            prove_post_shown(proof, notice.at);
            continue;
        }
        if (const auto summed = sum_shown(what)) {
            prove_sum_shown(proof, notice.at, *summed);
            continue;
        }
        const auto ballot = ballot_shown(what);
        if (!ballot)
            shows_field(
                proof, notice.at, "notice \"" + notice.name + "\"", what,
                [index](const ActionRule& action) { return opens(action, index); }, Empty::error);
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

// A step that may be taken while the notice hangs.
bool goes_on_under(const ProofOf& proof, const ActionRule& action, NoticeIndex notice) {
    const auto& blocks = rule_at(proof.workflow.notices, notice).blocks;
    const bool blocked = std::any_of(blocks.begin(), blocks.end(), [&](ActionIndex blocked_one) {
        return &proof.machine.action(blocked_one) == &action;
    });
    const bool by_its_end = std::all_of(action.who.begin(), action.who.end(), [&](const WhoRule& who) {
        return who.kind == WhoRule::Kind::clock && proof.clock(who.clock).limit == ClockLimit::notice &&
               proof.clock(who.clock).notice == notice;
    });
    const bool taken_down = std::any_of(
        action.effects.begin(), action.effects.end(),
        [](const EffectRule& effect) { return effect.kind == EffectRule::Kind::withdraw_notice; });
    return !blocked && !by_its_end && !taken_down && !waits_for(action, notice);
}

// What is put up to be read before a vote has been read by the time the vote is counted.
void is_read_before_the_count(const ProofOf& proof, NoticeIndex index) {
    std::set<StateIndex> seen;
    std::deque<StateIndex> open;
    const auto go_on = [&](const ActionRule& action, StateIndex from) {
        for (const auto to : leads_to(action, from))
            if (seen.insert(to).second) open.push_back(to);
    };
    for (const auto& action : proof.machine.actions)
        if (opens(action, index))
            for (const auto from : action.from) go_on(action, from);
    std::set<const ActionRule*> counted;
    for (; !open.empty(); open.pop_front())
        for (const auto& action : proof.machine.actions) {
            if (!among(action.from, open.front()) || !goes_on_under(proof, action, index)) continue;
            if (action.closes_ballot && counted.insert(&action).second)
                proof.error(action.at, "counted_while_it_hangs",
                            "\"" + action.name + "\" may count the vote while notice \"" +
                                rule_at(proof.workflow.notices, index).name + "\" still hangs",
                            "name it in the notice's blocks, or guard it: guards = [\"notice_over:" +
                                rule_at(proof.workflow.notices, index).name + "\"]");
            go_on(action, open.front());
        }
}

// Everybody reads it and is told how to object: then somebody must hear the objection.
void can_be_objected_to(const ProofOf& proof, const NoticeRule& notice) {
    if (!notice.in_house && notice.objection.empty())
        proof.error(notice.at, "notice_without_objections",
                    "everybody reads notice \"" + notice.name + "\", and nobody hears an objection to it",
                    "say which kind of matter an objection is (objections), or audience = \"staff\"");
}

// Where one notice hangs no clock runs until the end of another.
void counts_its_own(const ProofOf& proof) {
    for (const auto& state : proof.machine.states) {
        if (!state.notice) continue;
        for (const auto index : state.clocks) {
            const auto& clock = proof.clock(index);
            if (clock.limit != ClockLimit::notice || clock.notice == *state.notice) continue;
            proof.error(
                state.at, "clock_of_another_notice",
                "in state \"" + state.name + "\" clock \"" + clock.name +
                    "\" runs until the end of another notice than hangs there",
                "let its limit be \"notice:" + rule_at(proof.workflow.notices, *state.notice).name + "\"");
        }
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

void objected_to_by_a_kind(const ProofOf& proof, const NoticeRule& notice) {
    if (!notice.objection.empty() && proof.no_such_kind(notice.objection))
        proof.error(notice.at, "unknown_workflow",
                    "there is no kind of matter \"" + notice.objection + "\" to object with",
                    "name a workflow of the pack");
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
        is_read_before_the_count(proof, index);
        objected_to_by_a_kind(proof, proof.workflow.notices[at]);
        can_be_objected_to(proof, proof.workflow.notices[at]);
        stands_somewhere(proof, proof.workflow.notices[at].place, proof.workflow.notices[at].at,
                         "notice \"" + proof.workflow.notices[at].name + "\" hangs at");
    }
    for (std::size_t at = 0; at < proof.workflow.ballots.size(); ++at)
        ballot_shows(proof, proof.workflow.ballots[at], BallotIndex{static_cast<std::uint16_t>(at)});
    counts_its_own(proof);
    holds_can_be(proof);
}

}  // namespace lianxin::matter
