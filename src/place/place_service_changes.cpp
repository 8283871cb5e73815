// The tree changes by closing spans and opening new ones; what was true on a day stays readable for that day.
#include <algorithm>
#include <unordered_map>

#include "base/text.hpp"
#include "journal/journal.hpp"
#include "place/place_service.hpp"
#include "place/tree_levels_store.hpp"

namespace lianxin::place {
namespace {

using access::ActingPerson;
using access::PlacePermission;
using store::Transaction;

constexpr int all_children = 1'000'000;

// What every change of the tree is made with.
struct Decided {
    County& county;
    const ActingPerson& who;
    Day from;
    std::string reason;
};

// A place as it is changed from that day on: it must stand then and not be ended, and the person must be
// allowed there.
Result<Place, PlaceRefusal> changeable(Transaction& tx, const Decided& decided, PlaceId id) {
    auto place = load_place(tx, id, decided.from);
    if (!place) {
        const auto spans = load_spans(tx, id);
        if (spans.empty()) return fail(PlaceRefusal::place_not_found);
        return fail(decided.from < spans.front().from ? PlaceRefusal::day_before_span
                                                      : PlaceRefusal::place_already_ended);
    }
    if (!may(PlacePermission::administer, decided.who, place->lineage))
        return fail(PlaceRefusal::not_allowed);
    if (place->until != open_end()) return fail(PlaceRefusal::day_before_span);
    return std::move(*place);
}

// The last thing asked: a change that the tree allows is still not one that nobody explains.
std::optional<PlaceRefusal> refuse_day_and_reason(const Decided& decided) {
    if (decided.from > today(decided.county)) return PlaceRefusal::day_in_the_future;
    if (trim(decided.reason).empty()) return PlaceRefusal::reason_missing;
    if (code_points(decided.reason) > max_reason_characters || has_control_characters(decided.reason))
        return PlaceRefusal::reason_too_long;
    return {};
}

std::optional<PlaceRefusal> refuse_code(Transaction& tx, const std::optional<DivisionCode>& code, PlaceId id,
                                        Day day) {
    if (!code) return {};
    const auto holder = place_by_division_code(tx, *code, day);
    if (holder && *holder != id) return PlaceRefusal::division_code_taken;
    return {};
}

std::optional<PlaceRefusal> refuse_name(Transaction& tx, PlaceId parent, std::string_view name, PlaceId id,
                                        Day day) {
    const auto namesake = child_named(tx, parent, name, day);
    if (namesake && *namesake != id) return PlaceRefusal::name_taken_among_siblings;
    return {};
}

// Closes what was open at `day` and opens the changed spans; one that begins later keeps its own beginning.
void replace_open_spans(Transaction& tx, std::vector<Span> spans, Day day) {
    std::vector<PlaceId> places;
    for (auto& span : spans) {
        places.push_back(span.place);
        span.from = std::max(span.from, day);
    }
    end_spans(tx, places, day);
    insert_spans(tx, spans);
}

// Hangs the top of a subtree (its first span, already renamed or recoded) below `parent` and everything else
// below it.
std::vector<Span> rehung(std::vector<Span> subtree, const Place* parent) {
    std::unordered_map<PlaceId, const Span*> above;
    for (std::size_t i = 0; i < subtree.size(); ++i) {
        Span& span = subtree[i];
        if (i == 0) {
            if (parent != nullptr) span.parent = parent->id;
            span.lineage =
                lineage_below(parent == nullptr ? nullptr : &parent->lineage, span.place, span.level);
        } else {
            const Span* up = above.at(*span.parent);
            span.lineage = lineage_below(&up->lineage, span.place, span.level);
            if (span.code && up->code && !span.code->agrees_with_parent(*up->code)) span.code.reset();
        }
        above.emplace(span.place, &span);
    }
    return subtree;
}

// Into the list of decisions and, for whoever wants to check it, onto the place's own chain.
void record(Transaction& tx, const Decided& decided, const std::string& kind, PlaceId source,
            std::optional<PlaceId> target) {
    County& county = decided.county;
    const Instant now = county.clock.now();
    insert_change(tx, {county.new_id<struct ChangeNoun>().value(), kind, source, target, decided.from,
                       decided.reason, decided.who.party, now});
    journal::NewEntry entry;
    entry.id = county.new_id<EntryNoun>();
    entry.chain = {"place", source.value()};
    entry.kind = "place." + kind;
    entry.happened_at = now;
    entry.fields = {{"from", decided.from.text(), {}}, {"reason", decided.reason, {}}};
    if (const auto place = load_place(tx, source, decided.from)) {
        entry.fields.push_back({"name", place->name, {}});
        if (place->code) entry.fields.push_back({"division_code", place->code->text(), {}});
    }
    if (target) entry.fields.push_back({"target", target->text(), {}});
    if (decided.who.party) entry.fields.push_back({"by", decided.who.party->text(), {}});
    (void)journal::append(tx, journal::prepare(entry, county.keys), now);
    bump_tree_version(tx);
}

// A door hangs from the lowest place there is: who keeps in touch with it is found from there. Where groups
// divide a village, the village itself takes no doors.
std::optional<PlaceRefusal> refuse_door(Transaction& tx, const Kind& kind, const Place* parent, Day day) {
    if (!kind.household || parent == nullptr) return {};
    const bool divided = !load_children(tx, {parent->id, day, false, {}, 1}).empty();
    return divided ? std::optional(PlaceRefusal::kind_not_below_parent) : std::nullopt;
}

// The levels above a place are where its matters are seen to: what moves does not get past the state's own
// (which bear division codes). A county that has noted no codes keeps to what has been usual in its tree.
std::optional<PlaceRefusal> refuse_height(Transaction& tx, const Place& place, const Place& parent, Day day) {
    if (place.household) return {};  // refuse_door
    const auto numbered = numbered_levels(tx, day);
    const auto past = numbered.upper_bound(parent.level);
    const bool fits = numbered.empty() ? has_hung_below(tx, place.level, parent.level)
                                       : past == numbered.end() || *past >= place.level;
    return fits ? std::nullopt : std::optional(PlaceRefusal::kind_not_below_parent);
}

Result<PlaceId, PlaceRefusal> open_in(Transaction& tx, const Decided& decided, const Draft& draft,
                                      const Place* parent, std::optional<Point> point) {
    const Kinds kinds = load_kinds(tx);
    const Day from = decided.from;
    if (const auto refusal = refuse(draft, parent, kinds)) return fail(*refusal);
    if (const auto refusal = refuse_door(tx, *kinds.find(draft.kind), parent, from)) return fail(*refusal);
    if (const auto refusal = refuse_code(tx, draft.code, {}, from)) return fail(*refusal);
    const std::string name(trim(draft.name));
    if (parent != nullptr) {
        if (const auto refusal = refuse_name(tx, parent->id, name, {}, from)) return fail(*refusal);
    }
    const Kind& kind = *kinds.find(draft.kind);
    const auto id = decided.county.new_id<PlaceNoun>();
    Span span{id,
              kind.level,
              kind.household,
              name,
              {},
              draft.code,
              lineage_below(parent == nullptr ? nullptr : &parent->lineage, id, kind.level),
              from,
              open_end()};
    if (parent != nullptr) span.parent = parent->id;
    insert_places(tx, {{span, kind.name, fresh_short_codes(tx, 1).front(), point}});
    record(tx, decided, "opened", id, span.parent);
    return id;
}

// Everything directly below one place hangs below another; doors that would be taken for doors already there
// are told apart by where they come from.
Result<std::vector<PlaceId>, PlaceRefusal> rehang_children(Transaction& tx, const Place& source,
                                                           const Place& target, Day day) {
    std::vector<PlaceId> moved;
    for (const auto& child : load_children(tx, {source.id, day, true, {}, all_children})) {
        auto subtree = load_open_subtree(tx, child.id, child.level);
        if (const auto refusal = refuse_name(tx, target.id, child.name, child.id, day)) {
            if (!child.household) return fail(*refusal);
            subtree.front().name = source.name + child.name;
        }
        replace_open_spans(tx, rehung(std::move(subtree), &target), day);
        moved.push_back(child.id);
    }
    return moved;
}

}  // namespace

Result<PlaceId, PlaceRefusal> PlaceService::open(County& county, const ActingPerson& who, const Draft& draft,
                                                 std::optional<PlaceId> parent, Day from,
                                                 std::optional<Point> point) {
    const Decided decided{county, who, from, {}};
    return county.database.write([&](Transaction& tx) -> Result<PlaceId, PlaceRefusal> {
        if (!parent) {
            if (who.kind != ActingPerson::Kind::engine) return fail(PlaceRefusal::not_allowed);
            if (load_root(tx, from)) return fail(PlaceRefusal::root_exists);
            return open_in(tx, decided, draft, nullptr, point);
        }
        const auto above = load_place(tx, *parent, from);
        if (!above) return fail(PlaceRefusal::parent_not_found);
        if (!may(PlacePermission::administer, who, above->lineage)) return fail(PlaceRefusal::not_allowed);
        return open_in(tx, decided, draft, &*above, point);
    });
}

Result<void, PlaceRefusal> PlaceService::rename(County& county, const ActingPerson& who, PlaceId id,
                                                std::string name, std::optional<DivisionCode> code, Day from,
                                                std::string reason) {
    const Decided decided{county, who, from, std::move(reason)};
    name = std::string(trim(name));
    return county.database.write([&](Transaction& tx) -> Result<void, PlaceRefusal> {
        const auto place = changeable(tx, decided, id);
        if (!place) return fail(place.error());
        std::optional<Place> parent;
        if (place->parent) parent = load_place(tx, *place->parent, from);
        const Place* above = parent ? &*parent : nullptr;
        if (const auto refusal = refuse({place->kind, name, code}, above, load_kinds(tx)))
            return fail(*refusal);
        if (parent) {
            if (const auto refusal = refuse_name(tx, parent->id, name, id, from)) return fail(*refusal);
        }
        if (const auto refusal = refuse_code(tx, code, id, from)) return fail(*refusal);
        const bool recoded = code != place->code;
        if (!recoded && name == place->name) return fail(PlaceRefusal::nothing_changes);
        if (const auto refusal = refuse_day_and_reason(decided)) return fail(*refusal);
        auto subtree = load_open_subtree(tx, id, place->level);
        // Only a new code reaches further down than the place itself.
        if (!recoded) subtree.resize(1);
        subtree.front().name = name;
        subtree.front().code = code;
        replace_open_spans(tx, rehung(std::move(subtree), above), from);
        record(tx, decided, recoded ? "recoded" : "renamed", id, {});
        return {};
    });
}

Result<void, PlaceRefusal> PlaceService::move(County& county, const ActingPerson& who, PlaceId id,
                                              PlaceId new_parent, std::optional<DivisionCode> new_code,
                                              Day from, std::string reason) {
    const Decided decided{county, who, from, std::move(reason)};
    return county.database.write([&](Transaction& tx) -> Result<void, PlaceRefusal> {
        const auto place = changeable(tx, decided, id);
        if (!place) return fail(place.error());
        const auto parent = load_place(tx, new_parent, from);
        if (!parent) return fail(PlaceRefusal::parent_not_found);
        if (!may(PlacePermission::administer, who, parent->lineage)) return fail(PlaceRefusal::not_allowed);
        if (parent->lineage.within(id)) return fail(PlaceRefusal::place_below_itself);
        const auto code = new_code ? new_code : place->code;
        const Kinds kinds = load_kinds(tx);
        if (const auto refusal = refuse({place->kind, place->name, code}, &*parent, kinds))
            return fail(*refusal);
        if (const auto refusal = refuse_door(tx, *kinds.find(place->kind), &*parent, from))
            return fail(*refusal);
        if (const auto refusal = refuse_height(tx, *place, *parent, from)) return fail(*refusal);
        if (const auto refusal = refuse_name(tx, new_parent, place->name, id, from)) return fail(*refusal);
        if (const auto refusal = refuse_code(tx, code, id, from)) return fail(*refusal);
        if (place->parent == new_parent) return fail(PlaceRefusal::nothing_changes);
        if (const auto refusal = refuse_day_and_reason(decided)) return fail(*refusal);
        auto subtree = load_open_subtree(tx, id, place->level);
        subtree.front().code = code;
        replace_open_spans(tx, rehung(std::move(subtree), &*parent), from);
        record(tx, decided, "moved", id, new_parent);
        effects().moved(tx, id, from);
        return {};
    });
}

Result<void, PlaceRefusal> PlaceService::merge(County& county, const ActingPerson& who,
                                               const std::vector<PlaceId>& sources, PlaceId into, Day from,
                                               std::string reason) {
    const Decided decided{county, who, from, std::move(reason)};
    return county.database.write([&](Transaction& tx) -> Result<void, PlaceRefusal> {
        if (sources.empty()) return fail(PlaceRefusal::nothing_to_merge);
        const auto target = changeable(tx, decided, into);
        if (!target) return fail(target.error());
        for (const auto id : sources) {
            const auto source = changeable(tx, decided, id);
            if (!source) return fail(source.error());
            if (id == into || source->kind != target->kind) return fail(PlaceRefusal::not_siblings_in_kind);
            if (const auto refusal = refuse_day_and_reason(decided)) return fail(*refusal);
            const auto moved = rehang_children(tx, *source, *target, from);
            if (!moved) return fail(moved.error());
            record(tx, decided, "merged", id, into);
            end_spans(tx, {id}, from);
            move_stations(tx, id, into);
            effects().merged(tx, id, into, from);
            for (const PlaceId child : *moved) effects().moved(tx, child, from);
        }
        return {};
    });
}

Result<PlaceId, PlaceRefusal> PlaceService::split(County& county, const ActingPerson& who, PlaceId id,
                                                  const Draft& part, const std::vector<PlaceId>& children,
                                                  Day from, std::string reason) {
    const Decided decided{county, who, from, std::move(reason)};
    return county.database.write([&](Transaction& tx) -> Result<PlaceId, PlaceRefusal> {
        const auto source = changeable(tx, decided, id);
        if (!source) return fail(source.error());
        if (part.kind != source->kind || !source->parent) return fail(PlaceRefusal::not_siblings_in_kind);
        const auto parent = load_place(tx, *source->parent, from);
        if (!parent) return fail(PlaceRefusal::parent_not_found);
        if (const auto refusal = refuse_day_and_reason(decided)) return fail(*refusal);
        const auto opened = open_in(tx, decided, part, &*parent, {});
        if (!opened) return fail(opened.error());
        const auto sibling = load_place(tx, *opened, from);
        effects().opened(tx, county, *opened, from);
        for (const auto child_id : children) {
            const auto child = load_place(tx, child_id, from);
            if (!child || child->parent != id) return fail(PlaceRefusal::place_not_found);
            replace_open_spans(tx, rehung(load_open_subtree(tx, child_id, child->level), &*sibling), from);
            effects().moved(tx, child_id, from);
        }
        record(tx, decided, "split", id, *opened);
        return *opened;
    });
}

Result<void, PlaceRefusal> PlaceService::end(County& county, const ActingPerson& who, PlaceId id, Day from,
                                             std::string reason) {
    const Decided decided{county, who, from, std::move(reason)};
    return county.database.write([&](Transaction& tx) -> Result<void, PlaceRefusal> {
        const auto place = changeable(tx, decided, id);
        if (!place) return fail(place.error());
        if (!place->parent) return fail(PlaceRefusal::parent_missing);
        if (has_children(tx, id, from, true)) return fail(PlaceRefusal::place_has_children);
        if (effects().has_holders(tx, id, from)) return fail(PlaceRefusal::place_has_holders);
        if (const auto refusal = refuse_day_and_reason(decided)) return fail(*refusal);
        record(tx, decided, "ended", id, {});
        end_spans(tx, {id}, from);
        move_stations(tx, id, *place->parent);
        effects().closed(tx, id, *place->parent, from);
        return {};
    });
}

std::optional<PlaceHistory> PlaceService::history(County& county, const ActingPerson& who, PlaceId id) {
    return county.database.read([&](Transaction& tx) -> std::optional<PlaceHistory> {
        PlaceHistory history;
        const auto name_on = [&](PlaceId place, Day day) {
            // A place that ended on that day is called what it was called last.
            const auto found = load_place(tx, place, day);
            const auto before = found ? found : load_place(tx, place, day + -1);
            return before ? before->name : std::string();
        };
        for (Span& span : load_spans(tx, id)) {
            std::string parent = span.parent ? name_on(*span.parent, span.from) : std::string();
            history.steps.push_back({std::move(span), std::move(parent)});
        }
        if (history.steps.empty()) return {};
        const Span& last = history.steps.back().span;
        if (last.household && !may(PlacePermission::read_households, who, last.lineage)) return {};
        for (Change& change : load_changes(tx, id)) {
            // What was opened below it is no change of the place itself.
            if (change.kind == "opened" && change.source != id) continue;
            std::string source = name_on(change.source, change.day);
            std::string target = change.target ? name_on(*change.target, change.day) : std::string();
            history.decisions.push_back({std::move(change), std::move(source), std::move(target)});
        }
        return history;
    });
}

}  // namespace lianxin::place
