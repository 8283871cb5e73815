#include "matter/prover_hanging.hpp"

namespace lianxin::matter {
namespace {

bool hangs(const Standing& now, NoticeIndex notice) {
    return (now.notices & bit_of(notice)) != 0;
}

bool is_over(const Standing& now, NoticeIndex notice) {
    return (now.notices & now.over & bit_of(notice)) != 0;
}

NoticeIndex notice_at(std::size_t at) {
    return NoticeIndex{static_cast<std::uint16_t>(at)};
}

}  // namespace

Hanging::Hanging(const ProofOf& proof) : proof_(proof) {
    if (!proof.is_matter()) return;
    for (const auto& action : proof.machine.actions)
        for (const auto from : action.from)
            for (const auto to : leads_to(action, from))
                if (proof.machine.state(to).end && is_good(proof.machine.state(to)))
                    decided_[to] |= waited_for(proof, action);
}

bool Hanging::is_new(const char* fault, const Mark& at) {
    return said_.emplace(fault, at.line, at.column).second;
}

void Hanging::begun(const Standing& first) {
    if (proof_.is_matter()) must_hang(first, {}, proof_.machine.start.at, "the start");
}

void Hanging::tried(const Standing& now, const ActionRule& action) {
    for (const auto& guard : action.guards)
        if (guard.kind == GuardRule::Kind::notice_over && proof_.is_matter())
            waits_[{&guard, &action, now.state}] |= hangs(now, guard.notice);
}

void Hanging::report_vain() const {
    for (const auto& [waiting, hung] : waits_) {
        const auto& [guard, action, from] = waiting;
        if (hung) continue;
        const auto& notice = rule_at(proof_.workflow.notices, guard->notice).name;
        const auto& state = proof_.machine.state(from).name;
        proof_.error(action->at, "waits_for_no_notice",
                     "\"" + action->name + "\" is never possible from state \"" + state +
                         "\": it waits for notice \"" + notice + "\", which never hangs there",
                     "take \"" + state + "\" out of its from, or put the notice up on the way there");
    }
}

void Hanging::came(const Standing& now, const ActionRule& action) {
    if (!proof_.is_matter()) return;
    const bool by_child = done_by(action, WhoRule::Kind::child);
    if (by_child || proof_.machine.state(now.state).end) hangs_on(now, action);
    if (proof_.machine.state(now.state).end) {
        walks_round(now, action);
        over_objections(now, action);
    } else {
        auto begun = action.starts;
        begun.insert(begun.end(), action.restarts.begin(), action.restarts.end());
        must_hang(now, begun, action.at, "\"" + action.name + "\"");
    }
}

// A state's notice, and the one until whose end a clock runs that starts here.
void Hanging::must_hang(const Standing& now, const std::vector<ClockIndex>& clocks, const Mark& at,
                        const std::string& how) {
    const auto& state = proof_.machine.state(now.state);
    std::set<NoticeIndex> wanted;
    if (state.notice) wanted.insert(*state.notice);
    for (const auto* started : {&state.clocks, &clocks})
        for (const auto clock : *started)
            if (proof_.clock(clock).limit == ClockLimit::notice) wanted.insert(proof_.clock(clock).notice);
    for (const auto notice : wanted)
        if (!hangs(now, notice) && is_new("notice_not_up", at))
            proof_.error(at, "notice_not_up",
                         how + " leads to state \"" + state.name + "\" without its notice \"" +
                             rule_at(proof_.workflow.notices, notice).name + "\"",
                         "let it open the notice (opens_notice), and take it down only on the way out");
}

// What somebody objected to rightly, and what is over, hangs no longer.
void Hanging::hangs_on(const Standing& now, const ActionRule& action) {
    for (std::size_t at = 0; at < proof_.workflow.notices.size(); ++at) {
        const auto notice = notice_at(at);
        if (!hangs(now, notice) || is_over(now, notice)) continue;
        if (proof_.machine.state(now.state).notice == notice || !is_new("notice_hangs_on", action.at))
            continue;
        proof_.error(action.at, "notice_hangs_on",
                     "after \"" + action.name + "\" notice \"" + proof_.workflow.notices[at].name +
                         "\" may still hang",
                     "give it the effect \"withdraw_notice\", or let it wait for the notice's end");
    }
}

// A good end to which something waits for a notice is come to by nothing that does not.
void Hanging::walks_round(const Standing& now, const ActionRule& action) {
    const auto decided = decided_.find(now.state);
    if (decided == decided_.end()) return;
    for (std::size_t at = 0; at < proof_.workflow.notices.size(); ++at) {
        const auto notice = notice_at(at);
        const auto waits = bit_of(notice) & decided->second & ~waited_for(proof_, action);
        if (waits == 0 || is_over(now, notice) || !is_new("notice_walked_round", action.at)) continue;
        proof_.error(action.at, "notice_walked_round",
                     "\"" + action.name + "\" comes to \"" + proof_.machine.state(now.state).name +
                         "\" without the end of notice \"" + proof_.workflow.notices[at].name +
                         "\", for which others wait",
                     "name it in the blocks of the notice, or let it lead elsewhere");
    }
}

void Hanging::taken(const Standing& now, const ActionRule& action) {
    if (!proof_.is_matter()) return;
    const auto look_at = [&](const std::vector<EffectRule>& effects) {
        const auto conferral = std::find_if(effects.begin(), effects.end(), confers);
        if (conferral != effects.end()) confers_early(now, action, *conferral);
    };
    look_at(action.effects);
    for (const auto& branch : action.to_when) look_at(branch.effects);
}

// Nobody comes into a post, out of it or by a certificate before whoever objects was heard: what can be
// objected to has hung to its end by then, and nothing of it is open.
void Hanging::confers_early(const Standing& now, const ActionRule& action, const EffectRule& conferral) {
    const NoticeRule* unheard = nullptr;
    bool heard = false, open = false;
    for (std::size_t at = 0; at < proof_.workflow.notices.size(); ++at) {
        const auto& notice = proof_.workflow.notices[at];
        if (notice.objection.empty()) continue;
        const bool is_heard = is_over(now, notice_at(at)) && !now.held;
        heard = heard || is_heard;
        open = open || (!is_heard && hangs(now, notice_at(at)));
        if (!is_heard && (unheard == nullptr || hangs(now, notice_at(at)))) unheard = &notice;
    }
    if (unheard == nullptr || (heard && !open) || !is_new("conferred_before_its_notice", conferral.at))
        return;
    proof_.error(conferral.at, "conferred_before_its_notice",
                 "\"" + action.name + "\" confers or takes away before whoever objects to notice \"" +
                     unheard->name + "\" was heard",
                 "give the effect to the step that waits for the notice: guards = [\"notice_over:" +
                     unheard->name + "\", \"no_hold:" + unheard->objection + "\"]");
}

// What was published is not carried out over the head of whoever objects to it.
void Hanging::over_objections(const Standing& now, const ActionRule& action) {
    if (!is_good(proof_.machine.state(now.state)) || !now.held ||
        !objectionable(proof_.workflow, now.notices) || !is_new("ends_under_objection", action.at))
        return;
    proof_.error(
        action.at, "ends_under_objection",
        "\"" + action.name + "\" carries out what was published while an objection to it may be open",
        "name it, or a step on the way to it, in the blocks of the notice");
}

bool Hanging::answers(const Standing& now, const WhoRule& who) const {
    for (std::size_t at = 0; at < proof_.workflow.notices.size(); ++at)
        if (who.kind == WhoRule::Kind::child && hangs(now, notice_at(at)) &&
            proof_.workflow.notices[at].objection == who.child_kind)
            return true;
    return false;
}

void Hanging::unanswered(const Standing& now) {
    for (std::size_t at = 0; at < proof_.workflow.notices.size(); ++at) {
        const auto& notice = proof_.workflow.notices[at];
        if (!hangs(now, notice_at(at)) || notice.objection.empty()) continue;
        if (!is_new("objection_leads_nowhere", notice.at)) continue;
        proof_.error(
            notice.at, "objection_leads_nowhere",
            "whatever becomes of an objection to notice \"" + notice.name +
                "\", nothing happens in state \"" + proof_.machine.state(now.state).name + "\"",
            "let an action from there wait for it: who = [\"child:" + notice.objection + ".OUTCOME\"]");
    }
}

}  // namespace lianxin::matter
