#include "party/selector.hpp"

#include <algorithm>

namespace lianxin::party {
namespace {

constexpr std::string_view station_word = "station";

bool lists(const LiaisonSide& side, LiaisonSide::Of of, std::string_view kind) {
    return side.of == of && std::find(side.kinds.begin(), side.kinds.end(), kind) != side.kinds.end();
}

// The rule that ties posts of a kind to places of a kind, whichever way round it is written.
const LiaisonRule* tying_rule(const Offices& offices, std::string_view post, std::string_view place) {
    using Of = LiaisonSide::Of;
    for (const auto& rule : offices.rules) {
        if (rule.by_seat) continue;
        if (lists(rule.from, Of::post, post) && lists(rule.to, Of::place, place)) return &rule;
        if (lists(rule.to, Of::post, post) && lists(rule.from, Of::place, place)) return &rule;
    }
    return nullptr;
}

Result<Selector, SelectorFault> at_place(std::string post, const place::Kind& seat, const Offices& offices) {
    Selector selector{Selector::Shape::post_at_place, std::move(post), seat.name, {}, seat.level};
    const PostKind* kind = offices.posts.find(selector.post);
    if (kind == nullptr) {
        if (selector.post == station_word && !offices.places.stations().empty()) {
            selector.shape = Selector::Shape::station_at_place;
            return selector;
        }
        if (selector.post.ends_with('s')) {
            const auto singular = selector.post.substr(0, selector.post.size() - 1);
            if (offices.posts.find(singular) != nullptr) {
                selector.post = singular;
                selector.shape = Selector::Shape::all_posts_under;
                return selector;
            }
        }
        return fail(SelectorFault::post_unknown);
    }
    if (kind->sits_at({Seat::Of::place, seat.name})) return selector;
    if (const LiaisonRule* rule = tying_rule(offices, selector.post, seat.name)) {
        selector.shape = Selector::Shape::post_by_liaison;
        selector.rule = rule->name;
        return selector;
    }
    return fail(SelectorFault::post_never_sits_there);
}

}  // namespace

std::string Selector::text() const {
    switch (shape) {
        case Shape::leader_of:
            return "leader@" + seat;
        case Shape::superior_of:
            return "superior@" + seat;
        case Shape::all_posts_under:
            return post + "s@" + seat;
        default:
            return post + "@" + seat;
    }
}

std::string_view code_of(SelectorFault fault) {
    switch (fault) {
        case SelectorFault::malformed:
            return "selector_malformed";
        case SelectorFault::post_unknown:
            return "post_unknown";
        case SelectorFault::seat_unknown:
            return "seat_unknown";
        case SelectorFault::post_never_sits_there:
            return "post_never_sits_there";
    }
    throw Bug("a selector fault without a code");
}

Result<Selector, SelectorFault> parse_selector(std::string_view text, const Offices& offices) {
    const auto at = text.find('@');
    if (at == std::string_view::npos || at == 0 || at + 1 == text.size() ||
        text.find('@', at + 1) != std::string_view::npos) {
        return fail(SelectorFault::malformed);
    }
    std::string post(text.substr(0, at));
    std::string seat(text.substr(at + 1));
    if (post == "superior") {
        if (seat != "owner" && seat != "host") return fail(SelectorFault::seat_unknown);
        return Selector{Selector::Shape::superior_of, {}, std::move(seat), {}, 0};
    }
    const place::Kind* place = offices.places.find(seat);
    if (post == "leader") {
        // A kind of post may bear the same name; at its own seats it is simply that post.
        const bool anchored = seat == "rung" || seat == "owner" || seat == "host";
        if (place == nullptr && !anchored) return fail(SelectorFault::seat_unknown);
        const PostKind* kind = offices.posts.find(post);
        if (anchored || kind == nullptr || !kind->sits_at({Seat::Of::place, seat})) {
            return Selector{Selector::Shape::leader_of, {}, std::move(seat), {}, anchored ? 0 : place->level};
        }
    }
    if (place != nullptr) return at_place(std::move(post), *place, offices);
    const bool unit = offices.posts.unit(seat) != nullptr;
    if (!unit && offices.places.station(seat) == nullptr) return fail(SelectorFault::seat_unknown);
    const PostKind* kind = offices.posts.find(post);
    if (kind == nullptr) return fail(SelectorFault::post_unknown);
    if (!kind->sits_at({unit ? Seat::Of::unit : Seat::Of::station, seat}))
        return fail(SelectorFault::post_never_sits_there);
    const auto shape = unit ? Selector::Shape::post_at_unit : Selector::Shape::post_at_station;
    return Selector{shape, std::move(post), std::move(seat), {}, 0};
}

std::vector<std::string> known_selectors(const Offices& offices) {
    std::vector<std::string> known = {"superior@owner", "superior@host", "leader@rung", "leader@owner",
                                      "leader@host"};
    for (const auto& kind : offices.posts.all()) {
        for (const auto& seat : kind.at) known.push_back(kind.name + "@" + seat.kind);
        for (const auto& place : offices.places.all()) {
            if (!kind.sits_at({Seat::Of::place, place.name}) &&
                tying_rule(offices, kind.name, place.name) != nullptr) {
                known.push_back(kind.name + "@" + place.name);
            }
        }
    }
    for (const auto& place : offices.places.all()) {
        known.push_back("leader@" + place.name);
        if (!offices.places.stations().empty()) known.push_back(std::string(station_word) + "@" + place.name);
    }
    std::sort(known.begin(), known.end());
    known.erase(std::unique(known.begin(), known.end()), known.end());
    return known;
}

}  // namespace lianxin::party
