// The tree changes by closing spans and opening new ones; what was true on a day stays readable for that day.
#include <algorithm>
#include <unordered_map>

#include "base/text.hpp"
#include "place/place_service.hpp"

namespace lianxin::place {
namespace {

using access::ActingPerson;
using access::PlacePermission;
using store::Transaction;

// A place as it is changed from `from` on: it must stand then and not be ended, and the person must be
// allowed there.
Result<Place, PlaceRefusal> changeable(Transaction& tx, const ActingPerson& who, PlaceId id, Day from) {
    auto place = load_place(tx, id, from);
    if (!place) {
        const auto spans = load_spans(tx, id);
        if (spans.empty()) return fail(PlaceRefusal::place_not_found);
        return fail(from < spans.front().from ? PlaceRefusal::day_before_span
                                              : PlaceRefusal::place_already_ended);
    }
    if (!may(PlacePermission::administer, who, place->lineage)) return fail(PlaceRefusal::not_allowed);
    if (place->until != open_end()) return fail(PlaceRefusal::day_before_span);
    return std::move(*place);
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

void record(Transaction& tx, County& county, std::string kind, PlaceId source, std::optional<PlaceId> target,
            Day day, const std::string& reason) {
    insert_change(tx,
                  {county.new_id<struct ChangeNoun>().value(), std::move(kind), source, target, day, reason},
                  county.clock.now());
    bump_tree_version(tx);
}

Result<PlaceId, PlaceRefusal> open_in(Transaction& tx, County& county, const Draft& draft,
                                      const Place* parent, Day from, std::optional<Point> point) {
    const Kinds kinds = load_kinds(tx);
    if (const auto refusal = refuse(draft, parent, kinds)) return fail(*refusal);
    if (draft.code && place_by_division_code(tx, *draft.code, from))
        return fail(PlaceRefusal::division_code_taken);
    const std::string name(trim(draft.name));
    if (parent != nullptr && child_named(tx, parent->id, name, from)) {
        return fail(PlaceRefusal::name_taken_among_siblings);
    }
    const Kind& kind = *kinds.find(draft.kind);
    const auto id = county.new_id<PlaceNoun>();
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
    record(tx, county, "opened", id, span.parent, from, {});
    return id;
}

}  // namespace

Result<PlaceId, PlaceRefusal> PlaceService::open(County& county, const ActingPerson& who, const Draft& draft,
                                                 std::optional<PlaceId> parent, Day from,
                                                 std::optional<Point> point) {
    return county.database.write([&](Transaction& tx) -> Result<PlaceId, PlaceRefusal> {
        if (!parent) {
            if (who.kind != ActingPerson::Kind::engine) return fail(PlaceRefusal::not_allowed);
            if (load_root(tx, from)) return fail(PlaceRefusal::root_exists);
            return open_in(tx, county, draft, nullptr, from, point);
        }
        const auto above = load_place(tx, *parent, from);
        if (!above) return fail(PlaceRefusal::parent_not_found);
        if (!may(PlacePermission::administer, who, above->lineage)) return fail(PlaceRefusal::not_allowed);
        return open_in(tx, county, draft, &*above, from, point);
    });
}

Result<void, PlaceRefusal> PlaceService::rename(County& county, const ActingPerson& who, PlaceId id,
                                                std::string name, std::optional<DivisionCode> code, Day from,
                                                std::string reason) {
    return county.database.write([&](Transaction& tx) -> Result<void, PlaceRefusal> {
        const auto place = changeable(tx, who, id, from);
        if (!place) return fail(place.error());
        std::optional<Place> parent;
        if (place->parent) parent = load_place(tx, *place->parent, from);
        if (const auto refusal =
                refuse({place->kind, name, code}, parent ? &*parent : nullptr, load_kinds(tx))) {
            return fail(*refusal);
        }
        if (parent) {
            const auto namesake = child_named(tx, parent->id, trim(name), from);
            if (namesake && *namesake != id) return fail(PlaceRefusal::name_taken_among_siblings);
        }
        if (code) {
            const auto holder = place_by_division_code(tx, *code, from);
            if (holder && *holder != id) return fail(PlaceRefusal::division_code_taken);
        }
        auto subtree = load_open_subtree(tx, id, place->level);
        // Only a new code reaches further down than the place itself.
        if (code == place->code) subtree.resize(1);
        subtree.front().name = std::string(trim(name));
        subtree.front().code = code;
        replace_open_spans(tx, rehung(std::move(subtree), parent ? &*parent : nullptr), from);
        record(tx, county, code == place->code ? "renamed" : "recoded", id, {}, from, reason);
        return {};
    });
}

Result<void, PlaceRefusal> PlaceService::move(County& county, const ActingPerson& who, PlaceId id,
                                              PlaceId new_parent, std::optional<DivisionCode> new_code,
                                              Day from, std::string reason) {
    return county.database.write([&](Transaction& tx) -> Result<void, PlaceRefusal> {
        const auto place = changeable(tx, who, id, from);
        if (!place) return fail(place.error());
        const auto parent = load_place(tx, new_parent, from);
        if (!parent) return fail(PlaceRefusal::parent_not_found);
        if (!may(PlacePermission::administer, who, parent->lineage)) return fail(PlaceRefusal::not_allowed);
        if (parent->lineage.within(id)) return fail(PlaceRefusal::place_below_itself);
        const auto code = new_code ? new_code : place->code;
        if (const auto refusal = refuse({place->kind, place->name, code}, &*parent, load_kinds(tx)))
            return fail(*refusal);
        if (const auto namesake = child_named(tx, new_parent, place->name, from);
            namesake && *namesake != id) {
            return fail(PlaceRefusal::name_taken_among_siblings);
        }
        auto subtree = load_open_subtree(tx, id, place->level);
        subtree.front().code = code;
        replace_open_spans(tx, rehung(std::move(subtree), &*parent), from);
        record(tx, county, "moved", id, new_parent, from, reason);
        return {};
    });
}

Result<void, PlaceRefusal> PlaceService::merge(County& county, const ActingPerson& who,
                                               const std::vector<PlaceId>& sources, PlaceId into, Day from,
                                               std::string reason) {
    return county.database.write([&](Transaction& tx) -> Result<void, PlaceRefusal> {
        if (sources.empty()) return fail(PlaceRefusal::nothing_to_merge);
        const auto target = changeable(tx, who, into, from);
        if (!target) return fail(target.error());
        for (const auto id : sources) {
            const auto source = changeable(tx, who, id, from);
            if (!source) return fail(source.error());
            if (id == into || source->kind != target->kind) return fail(PlaceRefusal::not_siblings_in_kind);
            std::vector<PlaceId> children;
            for (const auto& child : load_children(tx, {id, from, true, {}, 1'000'000}))
                children.push_back(child.id);
            for (const auto child : children) {
                const auto span = load_place(tx, child, from);
                replace_open_spans(tx, rehung(load_open_subtree(tx, child, span->level), &*target), from);
            }
            end_spans(tx, {id}, from);
            record(tx, county, "merged", id, into, from, reason);
        }
        return {};
    });
}

Result<PlaceId, PlaceRefusal> PlaceService::split(County& county, const ActingPerson& who, PlaceId id,
                                                  const Draft& part, const std::vector<PlaceId>& children,
                                                  Day from, std::string reason) {
    return county.database.write([&](Transaction& tx) -> Result<PlaceId, PlaceRefusal> {
        const auto source = changeable(tx, who, id, from);
        if (!source) return fail(source.error());
        if (part.kind != source->kind || !source->parent) return fail(PlaceRefusal::not_siblings_in_kind);
        const auto parent = load_place(tx, *source->parent, from);
        if (!parent) return fail(PlaceRefusal::parent_not_found);
        const auto opened = open_in(tx, county, part, &*parent, from, {});
        if (!opened) return fail(opened.error());
        const auto sibling = load_place(tx, *opened, from);
        for (const auto child_id : children) {
            const auto child = load_place(tx, child_id, from);
            if (!child || child->parent != id) return fail(PlaceRefusal::place_not_found);
            replace_open_spans(tx, rehung(load_open_subtree(tx, child_id, child->level), &*sibling), from);
        }
        record(tx, county, "split", id, *opened, from, reason);
        return *opened;
    });
}

Result<void, PlaceRefusal> PlaceService::end(County& county, const ActingPerson& who, PlaceId id, Day from,
                                             std::string reason) {
    return county.database.write([&](Transaction& tx) -> Result<void, PlaceRefusal> {
        const auto place = changeable(tx, who, id, from);
        if (!place) return fail(place.error());
        if (!place->parent) return fail(PlaceRefusal::parent_missing);
        if (has_children(tx, id, from, true)) return fail(PlaceRefusal::place_has_children);
        end_spans(tx, {id}, from);
        record(tx, county, "ended", id, {}, from, reason);
        return {};
    });
}

}  // namespace lianxin::place
