// The town that is played in: who sits where, who stands above whom, and what of a workflow is played in
// small.
#include "matter/explore_within_test.hpp"

namespace lianxin::matter::testing {
namespace {

bool seats(County county, const OwnerSelector& selector) {
    if (selector.kind == OwnerSelector::Kind::desk_of_item) return county == County::everybody;
    return selector.post_kind != "nobody" && (county == County::everybody || selector.post_kind == "desk");
}

// Limits count to two; of the ladder stand its lowest and its highest rung that are there.
Workflow made_small(Workflow flow, County county) {
    for (auto& machine : flow.machines)
        for (auto& action : machine.actions)
            if (action.limit) action.limit->max = std::min<std::int64_t>(action.limit->max, 2);
    auto& rungs = flow.ladder;
    std::erase_if(rungs, [&](const OwnerSelector& rung) { return !seats(county, rung); });
    if (rungs.size() > 2) rungs = {rungs.front(), rungs.back()};
    return flow;
}

}  // namespace

Town::Town(const Workflow& flow, County county) : flow_(flow), county_(county) {
    std::vector<OwnerSelector> kinds, anchored(1);
    anchored.front().kind = OwnerSelector::Kind::superior_of;
    const auto note = [&](const OwnerSelector& selector) {
        using Kind = OwnerSelector::Kind;
        auto* into = selector.kind == Kind::kind_at || selector.kind == Kind::desk_of_item    ? &kinds
                     : selector.kind == Kind::superior_of || selector.kind == Kind::leader_of ? &anchored
                                                                                              : nullptr;
        if (into == nullptr) return;
        if (std::none_of(into->begin(), into->end(), [&](const auto& old) { return old.same_as(selector); }))
            into->push_back(selector);
    };
    for (const auto& machine : flow.machines) {
        for (const auto& state : machine.states)
            for (const auto& selector : state.owner) note(selector);
        for (const auto& action : machine.actions) {
            if (action.owner) note(*action.owner);
            for (const auto& who : action.who)
                if (who.kind == WhoRule::Kind::post) note(who.post);
        }
        if (machine.start.owner) note(*machine.start.owner);
        for (const auto& who : machine.start.who)
            if (who.kind == WhoRule::Kind::post) note(who.post);
    }
    std::vector<PostId> posts{root, leading, asked_first, first_unit, second_unit};
    for (const auto& rung : flow.ladder) owners_.ladder.push_back(seated(rung));
    for (const auto& kind : kinds)
        if (const auto post = seated(kind)) owners_.found.push_back({kind, PostId(), *post});
    for (const auto& [text, post] : seats_) posts.push_back(post);
    for (int more = 1; more < 6; ++more) posts.emplace_back(20 + more);
    for (const auto& selector : anchored)
        for (const auto post : posts)
            if (const auto above = superior(post)) owners_.found.push_back({selector, post, *above});
}

std::optional<PostId> Town::seated(const OwnerSelector& selector) {
    if (selector.post_kind == "nobody") nowhere.insert(selector_text(selector, ""));
    if (!seats(county_, selector)) return {};
    const auto text = selector_text(selector, "");
    if (text == "desk@county") return root;
    const auto [seat, fresh] = seats_.emplace(text, PostId(100 + static_cast<std::int64_t>(seats_.size())));
    return seat->second;
}

std::size_t depth_of(std::string_view level) {
    static const std::map<std::string_view, std::size_t> levels = {
        {"county", 0}, {"township", 1}, {"village", 2}, {"sector", 3}, {"group", 4}, {"household", 5}};
    const auto found = levels.find(level);
    return found == levels.end() ? 2 : found->second;
}

std::optional<std::size_t> Town::depth(PostId post) const {
    if (post == root) return depth_of("county");
    for (const auto& [text, seat] : seats_)
        if (seat == post) return depth_of(std::string_view(text).substr(text.find('@') + 1));
    return {};
}

std::optional<PostId> Town::superior(PostId post) {
    if (post == root) return {};
    return post == leading ? root : leading;
}

// Only what a decision says it will ask.
OwnerTable Town::asked(const MatterState& matter, const Action& action, const Form& form) const {
    OwnerTable few;
    few.ladder = owners_.ladder;
    for (const auto& question : owner_questions(flow_, matter, action, form))
        if (const auto post = owners_.find(question.selector, question.from))
            few.found.push_back({question.selector, question.from, *post});
    return few;
}

Exploration::Exploration(Workflow flow, Law law, Scale scale, County county)
    : flow_(scale == Scale::small ? made_small(std::move(flow), county) : std::move(flow)),
      law_(std::move(law)),
      town_(flow_, county),
      county_(county) {
    // A table holds no longer than the law allows (src/main/check_pack.cpp).
    for (std::size_t i = 0; i < flow_.clocks.size(); ++i) {
        const auto& clock = flow_.clocks[i];
        if (clock.limit != ClockLimit::table && clock.limit != ClockLimit::item) continue;
        const auto bound = law_.bound && !clock.law.empty() ? law_.bound(clock.law) : std::nullopt;
        const calendar::Period usual{10, calendar::Unit::working_day};
        limits_.push_back(
            {ClockIndex{static_cast<std::uint16_t>(i)}, bound && bound->at_most ? *bound->at_most : usual});
    }
    for (std::size_t i = 0; i < flow_.fields.size(); ++i)
        if (flow_.fields[i].type == FieldType::checklist)
            lists_.push_back(
                {FieldIndex{static_cast<std::uint16_t>(i)}, {"a", "b"}, flow_.matter().start.service_item});
    for (const auto& field : flow_.fields)
        if (field.bound) bounds_.insert(field.bound->field);
    naming_ = fields_apart(flow_);
    aims_ = goals();
    may_come_about_ = something_may_come_about();
    for (const auto& machine : flow_.machines)
        for (std::size_t at = 0; at < machine.states.size(); ++at)
            for (const auto& selector : machine.states[at].owner)
                if (selector.kind == OwnerSelector::Kind::kind_at &&
                    !kept_from_owning(machine, StateIndex{static_cast<std::uint16_t>(at)}).empty())
                    if (const auto post = town_.seated(selector)) names_.insert(*post);
    const auto previous = [](const OwnerSelector& selector) {
        return selector.kind == OwnerSelector::Kind::previous;
    };
    for (const auto& machine : flow_.machines) {
        for (const auto& state : machine.states)
            goes_back_ = goes_back_ || std::any_of(state.owner.begin(), state.owner.end(), previous);
        for (const auto& action : machine.actions) {
            goes_back_ = goes_back_ || (action.owner && previous(*action.owner));
            apart_ = apart_ || !action.apart_from.empty() || !action.apart_from_named.empty();
            if (action.extends) in_time_.insert(*action.extends);
            for (const auto& guard : action.guards)
                if (guard.kind == GuardRule::Kind::before) in_time_.insert(guard.clock);
            for (const auto& branch : action.to_when)
                asks_parts_ = asks_parts_ || branch.when.subject == ConditionSubject::part_ended_as;
            for (const auto& follow : action.then)
                asks_parts_ = asks_parts_ || follow.when.subject == ConditionSubject::part_ended_as;
        }
    }
}

const Machine& Exploration::machine_of(const PartState& part) const {
    return flow_.machine(part.machine);
}

}  // namespace lianxin::matter::testing
