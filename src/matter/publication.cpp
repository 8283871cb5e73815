#include "matter/publication.hpp"

#include <algorithm>

namespace lianxin::matter {
namespace {

bool explains(const Machine& machine, std::optional<StateIndex> state) {
    return state && machine.state(*state).counts_as == CountsAs::open_explained;
}

bool publishes_more(const Machine& machine, const ActionRule& action) {
    if (publishes(action.effects) && !explains(machine, action.to)) return true;
    return std::any_of(action.to_when.begin(), action.to_when.end(), [&](const Branch& branch) {
        return publishes(branch.effects) && !explains(machine, branch.to);
    });
}

// A step at which the matter itself becomes public.
bool is_held_back(const Machine& machine) {
    return publishes(machine.start.effects) ||
           std::any_of(machine.states.begin(), machine.states.end(),
                       [](const StateRule& state) {
                           return state.published && state.counts_as != CountsAs::open_explained;
                       }) ||
           std::any_of(machine.actions.begin(), machine.actions.end(),
                       [&](const ActionRule& action) { return publishes_more(machine, action); });
}

}  // namespace

std::optional<std::string_view> ballot_shown(std::string_view what) {
    constexpr std::string_view before = "ballots.", after = ".result";
    if (!what.starts_with(before) || !what.ends_with(after) || what.size() <= before.size() + after.size())
        return {};
    return what.substr(before.size(), what.size() - before.size() - after.size());
}

std::optional<std::string_view> sum_shown(std::string_view what) {
    constexpr std::string_view before = "sum.";
    if (!what.starts_with(before) || what.size() == before.size()) return {};
    return what.substr(before.size());
}

bool publishes(const std::vector<EffectRule>& effects) {
    return std::any_of(effects.begin(), effects.end(),
                       [](const EffectRule& effect) { return effect.kind == EffectRule::Kind::publish; });
}

Listing listing_of(const Workflow& workflow, std::string_view subkind) {
    const bool unlisted =
        std::find(workflow.unlisted.begin(), workflow.unlisted.end(), subkind) != workflow.unlisted.end();
    if (unlisted || workflow.confidential || !workflow.counted_from.empty() || !workflow.about.empty())
        return Listing::never;
    return is_held_back(workflow.matter()) ? Listing::once_published : Listing::always;
}

bool has_page(const Workflow& workflow, std::string_view subkind) {
    return !workflow.shows.empty() && listing_of(workflow, subkind) != Listing::never;
}

}  // namespace lianxin::matter
