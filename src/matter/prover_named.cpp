#include "matter/prover_named.hpp"

#include <utility>

#include "matter/apart.hpp"

namespace lianxin::matter {

PeopleNamed::PeopleNamed(const ProofOf& proof, std::vector<Hand> beside, Hand nobody,
                         const std::function<Hand(const OwnerSelector&)>& seat)
    : proof_(proof), nobody_(nobody), beside_(std::move(beside)) {
    const auto& machine = proof.machine;
    for (std::size_t at = 0; at < machine.states.size(); ++at) {
        kept_from_.push_back(kept_from_owning(machine, StateIndex{static_cast<std::uint16_t>(at)}));
        for (const auto& selector : machine.states[at].owner)
            if (!kept_from_.back().empty() && selector.kind == OwnerSelector::Kind::kind_at)
                hands_.insert(seat(selector));
    }
    for (const auto& action : machine.actions) {
        for (const auto field : action.apart_from_named)
            if (!among(fields_, field) && fields_.size() < named_at_most) fields_.push_back(field);
        for (const auto& who : action.who)
            if (!action.apart_from_named.empty() && who.kind == WhoRule::Kind::post)
                hands_.insert(seat(who.post));
    }
    hands_.erase(nobody);
    for (const auto field : fields_)
        counts_.push_back(counts_from(
            machine, [&](const ActionRule& action) { return among(action.apart_from_named, field); },
            [&](const ActionRule& action) { return among(action.needs, field); }));
}

std::vector<bool> counts_from(const Machine& machine, const IsStep& asks, const IsStep& anew) {
    std::vector<bool> counts(machine.states.size());
    for (bool grown = true; grown;) {
        grown = false;
        for (const auto& action : machine.actions)
            for (const auto from : action.from) {
                if (counts[from.value]) continue;
                const auto to = leads_to(action, from);
                const bool leads = !anew(action) && std::any_of(to.begin(), to.end(), [&](StateIndex state) {
                    return counts[state.value];
                });
                if (asks(action) || leads) counts[from.value] = grown = true;
            }
    }
    return counts;
}

std::vector<bool> hand_counts_from(const Machine& machine, ActionIndex step) {
    return counts_from(
        machine, [&](const ActionRule& action) { return among(action.apart_from, step); },
        [&](const ActionRule& action) { return &action == &machine.action(step); });
}

void PeopleNamed::forget(NamedAs& at, StateIndex state) const {
    for (std::size_t name = 0; name < fields_.size(); ++name)
        if (!counts_[name][state.value]) at[name] = nobody_;
}

bool PeopleNamed::are(const NamedAs& at, const std::vector<FieldIndex>& fields, Hand hand) const {
    for (std::size_t name = 0; name < fields_.size(); ++name)
        if (at[name] == hand && among(fields, fields_[name])) return true;
    return false;
}

bool PeopleNamed::are_kept_from_owning(const NamedAs& at, StateIndex state, Hand hand) const {
    return are(at, kept_from_[state.value], hand);
}

bool PeopleNamed::are_kept_from(const NamedAs& at, const ActionRule& action, Hand hand) const {
    return are(at, action.apart_from_named, hand);
}

std::optional<Hand> PeopleNamed::in(const NamedAs& at, FieldIndex field) const {
    for (std::size_t name = 0; name < fields_.size(); ++name)
        if (fields_[name] == field) return at[name];
    return {};
}

std::vector<NamedAs> PeopleNamed::after(const NamedAs& at, const ActionRule& action, Hand owner) const {
    auto outside = at;
    std::vector<std::pair<NamedAs, Hand>> named{{at, Hand{0}}};
    bool names = false;
    for (std::size_t name = 0; name < fields_.size(); ++name) {
        if (!among(action.needs, fields_[name]) && !among(action.accepts, fields_[name])) continue;
        names = true;
        outside[name] = beside_.front() == owner ? beside_.back() : beside_.front();
        for (const auto& [way, least] : std::exchange(named, {}))
            for (const auto hand : hands_) {
                const bool gives = action.owner && action.owner->kind == OwnerSelector::Kind::field &&
                                   action.owner->field == fields_[name];
                if (hand < least || (gives && hand == owner)) continue;
                named.emplace_back(way, static_cast<Hand>(hand + 1));
                named.back().first[name] = hand;
            }
    }
    std::vector<NamedAs> ways{outside};
    for (const auto& [way, least] : named)
        if (names) ways.push_back(way);
    return ways;
}

std::vector<const OwnerSelector*> seats_asked_for(const ProofOf& proof) {
    std::vector<const OwnerSelector*> all;
    const auto note = [&](const OwnerSelector& selector) {
        if (selector.kind == OwnerSelector::Kind::kind_at) all.push_back(&selector);
    };
    for (const auto& rung : proof.workflow.ladder) note(rung);
    for (const auto& state : proof.machine.states)
        for (const auto& selector : state.owner) note(selector);
    for (const auto& action : proof.machine.actions) {
        if (action.owner) note(*action.owner);
        for (const auto& who : action.who)
            if (who.kind == WhoRule::Kind::post) note(who.post);
    }
    if (proof.machine.start.owner) note(*proof.machine.start.owner);
    return all;
}

}  // namespace lianxin::matter
