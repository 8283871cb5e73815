// The law is kept: what law.toml binds says so, and lasts as long as the law asks and no longer than it
// allows.
#include "matter/prover_report.hpp"
#include "matter/share_order.hpp"
#include "notice/notice_period.hpp"

namespace lianxin::matter {
namespace {

using Of = LawBinding::Of;

// A clock, its extension or a notice, as far as the law has to do with it.
struct Subject {
    const Mark& at;
    std::string what;  // in messages
    std::optional<calendar::Period> lasts;
    const std::string& law;  // which it names
    const char* key;         // by which it names it
};

void within_law(const ProofOf& proof, const Subject& subject, const std::string& law) {
    if (law.empty() || !proof.basis.law) return;
    const auto bound = proof.basis.law(law);
    if (!bound)
        return proof.error(subject.at, "unknown_law", "law.toml has no entry \"" + law + "\"",
                           "name an entry of law.toml");
    if (!subject.lasts) return;
    const auto& period = *subject.lasts;
    if (bound->at_least && !notice::surely_at_least(period, *bound->at_least))
        proof.error(subject.at, "shorter_than_law",
                    subject.what + " lasts " + period.text() + ", the law asks for " +
                        bound->at_least->text() + " at least",
                    "make it " + bound->at_least->text() + " or longer");
    if (bound->at_most && !notice::surely_at_most(period, *bound->at_most))
        proof.error(subject.at, "longer_than_law",
                    subject.what + " lasts " + period.text() + ", the law allows " + bound->at_most->text() +
                        " at most",
                    "make it " + bound->at_most->text() + " or shorter");
}

Subject notice_subject(const NoticeRule& notice) {
    return {notice.at, "notice \"" + notice.name + "\"", notice.period, notice.floor, "floor"};
}

// The table's rows are held against the law where the table is read (src/main/check_pack.cpp).
Subject clock_subject(const ClockRule& clock) {
    std::optional<calendar::Period> lasts;
    if (clock.limit == ClockLimit::fixed) lasts = clock.period;
    return {clock.at, "clock \"" + clock.name + "\"", lasts, clock.law, "law"};
}

// All of its extensions together.
Subject extension_subject(const ClockRule& clock) {
    auto lasts = clock.extend_by;
    if (lasts) lasts->amount *= static_cast<std::int32_t>(clock.extensions);
    return {clock.at, "the extension of \"" + clock.name + "\"", lasts, clock.extend_law, "extend_law"};
}

std::optional<Subject> subject_of(const Workflow& workflow, const LawBinding& binding) {
    if (binding.of == Of::notice) {
        for (const auto& notice : workflow.notices)
            if (notice.name == binding.name) return notice_subject(notice);
        return {};
    }
    for (const auto& clock : workflow.clocks)
        if (clock.name == binding.name)
            return binding.of == Of::clock ? clock_subject(clock) : extension_subject(clock);
    return {};
}

// Whoever says that something is done is not the one who accepts it: two steps that the law keeps apart, or a
// step and those whom a field names.
void prove_kept_apart(const ProofOf& proof, const LawBinding& binding) {
    constexpr std::string_view prefix = "field:";
    const auto dot = binding.name.find('.');
    const auto act = binding.name.substr(0, dot), from = binding.name.substr(dot + 1);
    const bool named = from.starts_with(prefix);
    const auto action = proof.machine.find_action(act);
    const auto first = named ? std::nullopt : proof.machine.find_action(from);
    const auto field = named ? proof.workflow.find_field(from.substr(prefix.size())) : std::nullopt;
    if (!action || (!first && !field)) {
        if (binding.kind != "*")
            proof.error(proof.workflow.at, "law_binds_what_is_not_there",
                        "law." + binding.law + " keeps \"" + act + "\" of \"" + proof.workflow.name +
                            "\" apart from \"" + from + "\", and it has no two such",
                        "declare both, or correct what law.toml says it binds");
        return;
    }
    const auto& rule = proof.machine.action(*action);
    if (first ? !among(rule.apart_from, *first) : !among(rule.apart_from_named, *field))
        proof.error(rule.at, "not_kept_apart",
                    "whoever did \"" + from + "\" or is named there may do \"" + act + "\", which law." +
                        binding.law + " wants in other hands",
                    "add \"" + from + "\" to its apart_from");
}

void not_there(const ProofOf& proof, const LawBinding& binding, const std::string& sort) {
    if (binding.kind != "*")
        proof.error(proof.workflow.at, "law_binds_what_is_not_there",
                    "law." + binding.law + " binds " + sort + " \"" + binding.name + "\" of \"" +
                        proof.workflow.name + "\", which has none",
                    "declare it with law." + binding.law + ", or correct what law.toml says it binds");
}

// So many come to a vote, and so many agree, as the law asks of such a meeting.
void prove_vote(const ProofOf& proof, const LawBinding& binding) {
    const auto index = proof.workflow.find_ballot(binding.name);
    if (!index) return not_there(proof, binding, "ballot");
    const auto bound = proof.basis.law ? proof.basis.law(binding.law) : std::nullopt;
    if (!bound) return;
    const auto& ballot = rule_at(proof.workflow.ballots, *index);
    const auto hold = [&](const char* what, const Share& share, const std::optional<Share>& asked) {
        if (asked && is_lower(share, *asked))
            proof.error(ballot.at, "lower_than_law",
                        std::string("the ") + what + " of ballot \"" + ballot.name + "\" is " +
                            share_text(share) + ", law." + binding.law + " asks for " + share_text(*asked),
                        std::string("write ") + what + " = \"" + share_text(*asked) + "\" or more");
    };
    hold("quorum", ballot.quorum, bound->quorum);
    hold("majority", ballot.majority, bound->majority);
}

void prove_bound(const ProofOf& proof, const LawBinding& binding) {
    if (binding.of == Of::apart) return prove_kept_apart(proof, binding);
    if (binding.of == Of::ballot) return prove_vote(proof, binding);
    const auto subject = subject_of(proof.workflow, binding);
    if (!subject) not_there(proof, binding, binding.of == Of::notice ? "notice" : "clock");
    // What is not extended at all is within every bound.
    if (!subject || (binding.of == Of::extension && !subject->lasts) || subject->law == binding.law) return;
    proof.error(subject->at, "law_not_named",
                subject->what + " is bound by law." + binding.law + " and does not say so",
                std::string("write ") + subject->key + " = \"law." + binding.law + "\"");
    within_law(proof, *subject, binding.law);
}

// A limit that somebody fills in, or that a service promises, is not known before.
void limit_is_known(const ProofOf& proof, const ClockRule& clock) {
    if (clock.law.empty() || clock.limit == ClockLimit::fixed || clock.limit == ClockLimit::table) return;
    proof.error(clock.at, "law_cannot_be_held",
                "nothing holds the limit of clock \"" + clock.name + "\" within law." + clock.law,
                "give it a limit of its own or that of the table, or take law away");
}

// What everybody may object to hangs as long as some rule asks, not as long as a workflow happens to say.
void has_a_floor(const ProofOf& proof, const NoticeRule& notice) {
    const auto binds = [&](const LawBinding& binding) {
        return binding.of == Of::notice && binding.name == notice.name &&
               (binding.kind == "*" || binding.kind == proof.workflow.name);
    };
    const auto& bindings = proof.basis.bindings;
    if (!proof.basis.law || notice.in_house || notice.objection.empty() || !notice.floor.empty() ||
        std::any_of(bindings.begin(), bindings.end(), binds))
        return;
    proof.error(
        notice.at, "notice_without_floor",
        "everybody may object to notice \"" + notice.name + "\", and no rule says how long it hangs at least",
        "bind it in law.toml (\"" + proof.workflow.name + ".notice." + notice.name +
            "\") and name the rule: floor = \"law.NAME\"");
}

// Nor is a vote one that nobody need come to.
void has_a_bound(const ProofOf& proof, const BallotRule& ballot) {
    const auto& bindings = proof.basis.bindings;
    if (!proof.basis.law || std::any_of(bindings.begin(), bindings.end(), [&](const LawBinding& binding) {
            return binding.of == Of::ballot && binding.name == ballot.name &&
                   (binding.kind == "*" || binding.kind == proof.workflow.name);
        }))
        return;
    proof.error(ballot.at, "ballot_without_bound",
                "no rule says how many come to ballot \"" + ballot.name + "\" at least and how many agree",
                "bind it in law.toml (\"" + proof.workflow.name + ".ballot." + ballot.name +
                    "\") to an entry with quorum and majority");
}

}  // namespace

void prove_law(const ProofOf& proof) {
    for (const auto& notice : proof.workflow.notices) {
        within_law(proof, notice_subject(notice), notice.floor);
        has_a_floor(proof, notice);
    }
    for (const auto& ballot : proof.workflow.ballots) has_a_bound(proof, ballot);
    for (const auto& clock : proof.workflow.clocks) {
        within_law(proof, clock_subject(clock), clock.law);
        limit_is_known(proof, clock);
        if (clock.extend_by) within_law(proof, extension_subject(clock), clock.extend_law);
    }
    for (const auto& binding : proof.basis.bindings)
        if (binding.kind == proof.workflow.name || binding.kind == "*") prove_bound(proof, binding);
}

}  // namespace lianxin::matter
