#include "matter/changeover_service.hpp"

#include <algorithm>
#include <map>

#include "access/policy.hpp"
#include "matter/intake_service.hpp"
#include "matter/planner_service.hpp"
#include "place/place_service.hpp"
#include "place/place_store.hpp"

namespace lianxin::matter {

namespace {

MatterRefusal invalid(const char* field, const char* code) {
    return {MatterRule::invalid, {}, {{field, code, 0, {}}}, {}};
}

bool named(const std::vector<StateChoice>& states, const std::string& state) {
    return std::any_of(states.begin(), states.end(), [&](const StateChoice& choice) {
        return choice.machine.empty() && choice.from == state;
    });
}

// A choice that no state of either version answers to is a slip of the pen, not a matter that cannot move.
std::optional<MatterRefusal> slip(const Workflow& from, const Workflow& next,
                                  const std::vector<StateChoice>& states) {
    if (std::none_of(states.begin(), states.end(), [](const auto& choice) { return choice.machine.empty(); }))
        return invalid("states", "required");
    const auto moves = state_moves(from, next);
    for (const StateChoice& choice : states) {
        const auto way = std::find_if(moves.begin(), moves.end(), [&](const StateMove& move) {
            return move.machine == choice.machine && move.state == choice.from;
        });
        if (way == moves.end()) return invalid("states", "state_unknown");
        if (const auto misfit = misfit_of(from, next, choice)) return invalid("states", name_of(*misfit));
    }
    return {};
}

Form reason_of(const std::string& why) {
    Form form;
    form.set(general_field("why"), TextValue{why});
    return form;
}

}  // namespace

std::optional<Below> Changeovers::highest_with(access::PlacePermission permission,
                                               const access::ActingPerson& who,
                                               std::optional<PlaceId> place) {
    return county_.database.read([&](store::Transaction& tx) -> std::optional<Below> {
        const Day today = county_.zone.day_of(county_.clock.now());
        std::optional<Below> highest;
        auto places = access::places_for(permission, who);
        if (place) places = {*place};
        for (const PlaceId id : places) {
            const auto lineage = place::load_lineage(tx, id, today);
            if (!lineage || !place::may(permission, who, *lineage)) continue;
            Below below{id, 1};
            while (!lineage->has(below.level) || lineage->at(below.level) != id) ++below.level;
            if (!highest || below.level < highest->level) highest = below;
        }
        return highest;
    });
}

Result<Changeovers::Found, MatterRefusal> Changeovers::find(const access::ActingPerson& who,
                                                            const VersionAsked& asked) {
    auto below = highest_with(access::PlacePermission::administer, who, asked.place);
    if (!below) {
        below = highest_with(access::PlacePermission::dispatch, who, asked.place);
        if (!below) return fail(MatterRefusal{MatterRule::not_allowed, {}, {}, {}});
        below->with_sealed = false;
    }
    const MatterRefusal unknown{MatterRule::workflow_unknown, {}, {}, {}};
    const auto bytes = parse_hex(asked.version);
    Digest hash{};
    if (!bytes || bytes->size() != hash.size()) return fail(unknown);
    std::copy(bytes->begin(), bytes->end(), hash.begin());
    auto from = around_.workflows.by_hash(hash);
    if (from == nullptr || from->name != asked.workflow) return fail(unknown);
    if (from->confidential && !below->with_sealed)
        return fail(MatterRefusal{MatterRule::not_allowed, {}, {}, {}});
    return Found{std::move(from), *below};
}

Result<VersionStanding, MatterRefusal> Changeovers::standing(const access::ActingPerson& who,
                                                             const VersionAsked& asked) {
    const auto version = find(who, asked);
    if (!version) return fail(version.error());
    VersionStanding found{version->from, around_.workflows.current(asked.workflow), {}};
    const auto counted = county_.database.read(
        [&](store::Transaction& tx) { return pieces_standing(tx, version->from->hash, version->below); });
    // Of a kind that left the pack nothing can move; its states are still told.
    for (StateMove& move : state_moves(*found.from, found.next == nullptr ? *found.from : *found.next)) {
        const auto count = counted.find({move.machine, move.state});
        if (found.next == nullptr) move.misfit = Misfit::state_is_gone;
        if (found.next == nullptr) move.choices.clear();
        found.states.push_back({std::move(move), count == counted.end() ? 0 : count->second});
    }
    return found;
}

Result<MovesDone, MatterRefusal> Changeovers::move(const access::ActingPerson& who, const MovesAsked& asked) {
    const auto version = find(who, asked.version);
    if (!version) return fail(version.error());
    const Workflow& from = *version->from;
    const Instant now = county_.clock.now();
    const auto next = around_.workflows.current(from.name);
    if (next == nullptr || next->hash == from.hash)
        return fail(MatterRefusal{MatterRule::refused, ActRefusal::version_is_current, {}, {}});
    Refusal incomplete{ActRefusal::form_incomplete,
                       general_faults(General::move, reason_of(asked.why), county_.zone.day_of(now)),
                       {}};
    if (!incomplete.faults.empty()) return fail(refusal_of(general_fields(), incomplete));
    if (auto wrong = slip(from, *next, asked.states)) return fail(*std::move(wrong));

    const auto page = county_.database.read([&](store::Transaction& tx) {
        return under_way(tx, from.hash, version->below, asked.after, most_at_once);
    });
    MovesDone done;
    for (const MatterId id : page) {
        const auto moved = move_one(id, who, asked, version->below.with_sealed, now);
        if (!moved)
            done.stayed.push_back(moved.error());
        else
            done.moved += *moved ? 1 : 0;
    }
    if (page.size() == static_cast<std::size_t>(most_at_once)) done.next = page.back();
    return done;
}

// False: it stands in none of the states named, or went on meanwhile.
Result<bool, Stayed> Changeovers::move_one(MatterId id, const access::ActingPerson& who,
                                           const MovesAsked& asked, bool administers, Instant now) {
    for (int attempt = 0; attempt < 5; ++attempt) {
        const auto planned = county_.database.read([&](store::Transaction& tx) -> Result<Plan, Stayed> {
            Planner planner(tx, county_, around_, now);
            Standing* matter = planner.standing(id);
            if (matter == nullptr || hex(matter->workflow->hash) != asked.version.version) return Plan{};
            const Machine& machine = matter->workflow->matter();
            const std::string& stands = machine.state(matter->state.parts.at(0).state).name;
            if (!named(asked.states, stands)) return Plan{};
            // Whoever administers a county is nothing to its matters: the entry says who it was.
            Actor actor = planner.actor(who, *matter);
            const bool sealed = is_sealed(matter->row);
            if (!administers && !access::allows(access::MatterPermission::rearrange, actor.set, sealed))
                return fail(Stayed{id, matter->row.number, {Misfit::owned_above, "", stands}});
            actor.set.add(access::Relation::anyone);
            const auto next = around_.workflows.current(asked.version.workflow);
            const std::string number = sealed ? "" : matter->row.number;
            const auto fits = translate(*matter->workflow, matter->state, *next, asked.states, now);
            if (!fits) return fail(Stayed{id, number, fits.error()});
            if (!planner.change_over(*matter, actor, reason_of(asked.why), asked.states))
                return fail(Stayed{id, number, {Misfit::no_deadline, "", stands}});
            return std::move(planner.plan());
        });
        if (!planned) return fail(planned.error());
        if (planned->entries.empty()) return false;
        if (commit(county_, *planned)) return true;
    }
    return false;
}

}  // namespace lianxin::matter
