// What is published shows something, and what a page is to show can stand there.
#include "matter/figure.hpp"
#include "matter/prover_report.hpp"
#include "matter/publication.hpp"

namespace lianxin::matter {
namespace {

// People are not named on a page; who applied for something stands on its notice.
bool says_something(FieldType type) {
    return type != FieldType::attachments && type != FieldType::party && type != FieldType::parties &&
           type != FieldType::rating;
}

bool is_asked_for(const Workflow& workflow, FieldIndex field) {
    const auto asks = [&](const auto& rule) {
        return among(rule.needs, field) || among(rule.accepts, field);
    };
    for (const auto& machine : workflow.machines)
        if (asks(machine.start) || std::any_of(machine.actions.begin(), machine.actions.end(), asks))
            return true;
    return false;
}

void can_be_shown(const ProofOf& proof, const std::string& what) {
    if (const auto ballot = ballot_shown(what); ballot && proof.workflow.find_ballot(*ballot)) return;
    const auto at = proof.workflow.shows_at;
    if (const auto summed = sum_shown(what)) return prove_sum_shown(proof, at, *summed);
    const auto field = proof.workflow.find_field(what);
    if (!field)
        return proof.error(at, "shows_unknown_field", "its page shows \"" + what + "\", which is no field",
                           "name a field, sum.FIELD or ballots.NAME.result");
    if (!says_something(rule_at(proof.workflow.fields, *field).type))
        proof.error(at, "shows_no_words", "its page shows \"" + what + "\", which nobody can read there",
                    "name a field of words, figures, days, choices or posts");
    if (!is_asked_for(proof.workflow, *field))
        proof.warning(at, "shows_empty_field", "its page shows \"" + what + "\", which nobody fills in",
                      "let an action ask for it, or leave it out");
}

// A notice that hangs for everybody speaks for a matter that is published while it hangs.
bool has_telling_notice(const Workflow& workflow) {
    return std::any_of(workflow.notices.begin(), workflow.notices.end(),
                       [](const NoticeRule& notice) { return !notice.in_house && !notice.shows.empty(); });
}

constexpr const char* declare_what_it_shows = "say shows = [\"FIELD\", …] at the top of the workflow";

void shows_something(const ProofOf& proof) {
    if (!proof.workflow.shows.empty() || has_telling_notice(proof.workflow)) return;
    for (const auto& state : proof.machine.states)
        if (state.published)
            proof.error(state.at, "publishes_nothing",
                        "\"" + state.name + "\" is published, and nothing of it is shown",
                        declare_what_it_shows);
    const auto look_at = [&](const std::vector<EffectRule>& effects) {
        for (const auto& effect : effects)
            if (effect.kind == EffectRule::Kind::publish)
                proof.error(effect.at, "publishes_nothing", "it publishes, and nothing is shown",
                            declare_what_it_shows);
    };
    look_at(proof.machine.start.effects);
    for (const auto& action : proof.machine.actions) {
        look_at(action.effects);
        for (const auto& branch : action.to_when) look_at(branch.effects);
    }
}

// A page that nobody ever comes to.
void comes_to_be_shown(const ProofOf& proof) {
    const auto& workflow = proof.workflow;
    if (workflow.shows.empty()) return;
    const auto publishes_at = [&](const ActionRule& action) {
        return publishes(action.effects) ||
               std::any_of(action.to_when.begin(), action.to_when.end(),
                           [](const Branch& branch) { return publishes(branch.effects); });
    };
    const auto& states = proof.machine.states;
    const auto& actions = proof.machine.actions;
    const bool published =
        publishes(proof.machine.start.effects) ||
        std::any_of(states.begin(), states.end(), [](const StateRule& state) { return state.published; }) ||
        std::any_of(actions.begin(), actions.end(), publishes_at);
    if (!published)
        proof.error(workflow.shows_at, "shows_to_nobody",
                    "it says what its page shows, and it is never public",
                    "publish it at some step, or take shows away");
    else if (listing_of(workflow, {}) == Listing::never)
        proof.error(workflow.shows_at, "shows_to_nobody",
                    "it says what its page shows, and it is public as a figure at most",
                    workflow.counted_from.empty() ? "take shows away, or what keeps it from being listed"
                                                  : "take shows away, or counted_from");
}

}  // namespace

void prove_post_shown(const ProofOf& proof, const Mark& at) {
    if (proof.workflow.about != "post")
        proof.error(at, "shows_no_post", "it shows post.name and is about no post",
                    "say about = \"post\", or leave it out");
}

void prove_sum_shown(const ProofOf& proof, const Mark& at, std::string_view summed) {
    const auto field = proof.workflow.find_field(summed);
    const auto sort = field ? figure_sort(rule_at(proof.workflow.fields, *field)) : std::nullopt;
    if (!sort || sort == FigureSort::day)
        proof.error(at, "sums_no_figure", "\"" + std::string(summed) + "\" is nothing that could be summed",
                    "name a field of numbers or money, or a table with one such column: sum.FIELD");
}

void prove_publication(const ProofOf& proof) {
    if (!proof.is_matter()) return;
    for (const auto& what : proof.workflow.shows) can_be_shown(proof, what);
    shows_something(proof);
    comes_to_be_shown(proof);
}

}  // namespace lianxin::matter
