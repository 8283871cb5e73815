#include "matter/oversight_pack.hpp"

#include <algorithm>

#include "party/oversight.hpp"

namespace lianxin::matter {
namespace {

using party::Seat;
using party::Selector;

bool among(const std::vector<SeatedPost>& posts, const SeatedPost& post) {
    return std::find(posts.begin(), posts.end(), post) != posts.end();
}

const std::vector<std::string>* seated(const std::map<std::string, std::vector<std::string>>& seats,
                                       const std::string& kind) {
    const auto found = seats.find(kind);
    return found == seats.end() ? nullptr : &found->second;
}

pack::Position place_of(const pack::Pack& pack, const std::string& post_kind) {
    const auto* document = pack.document("posts.toml");
    const auto* posts = document == nullptr ? nullptr : document->find("posts");
    const auto* table = posts == nullptr ? nullptr : std::get_if<pack::Table>(&posts->value.data);
    const auto* kind = table == nullptr ? nullptr : table->find(post_kind);
    return kind == nullptr ? pack::Position{} : kind->at;
}

std::string meant_by(const std::string& wrong, const std::vector<std::string>& known, const char* otherwise) {
    const auto near = pack::nearest(wrong, known);
    return near.empty() ? otherwise : "did you mean `" + near + "`?";
}

// Where nobody oversees posts of one seat.
struct Unseen {
    std::string kind;
    std::string first_place;
    std::size_t places = 0;
};

std::map<std::string, Unseen> unseen_posts(const Territory& territory) {
    std::map<std::string, Unseen> unseen;
    for (std::size_t group = 0; group < territory.groups(); ++group) {
        const auto& way = territory.way(group);
        const Lines lines(way, territory.offices());
        for (const auto& post : lines.posts_of(way.size() - 1)) {
            if (lines.overseer(post)) continue;
            auto& where = unseen[post.text()];
            where.kind = post.kind;
            if (where.places == 0) where.first_place = territory.names_of(group).front();
            where.places += territory.places_in(group);
        }
    }
    return unseen;
}

}  // namespace

std::vector<SeatedPost> Lines::posts_of(std::size_t stop) const {
    std::vector<SeatedPost> posts;
    const auto& here = way_.at(stop);
    for (const auto& kind : here.posts) posts.push_back({stop, kind, {Seat::Of::place, here.kind}});
    for (const auto& [unit, kinds] : here.units)
        for (const auto& kind : kinds) posts.push_back({stop, kind, {Seat::Of::unit, unit}});
    for (const auto& [station, kinds] : here.stations)
        for (const auto& kind : kinds) posts.push_back({stop, kind, {Seat::Of::station, station}});
    return posts;
}

// Sorts of selectors that name no single post on the way find nothing, as on a county's first day.
std::optional<SeatedPost> Lines::find(const Selector& selector, std::size_t last) const {
    using Shape = Selector::Shape;
    const bool unit = selector.shape == Shape::post_at_unit;
    const bool station = selector.shape == Shape::post_at_station;
    for (std::size_t stop = last + 1; stop-- > 0;) {
        const auto& here = way_.at(stop);
        if (unit || station) {
            const auto* posts = seated(unit ? here.units : here.stations, selector.seat);
            const auto of = unit ? Seat::Of::unit : Seat::Of::station;
            if (posts != nullptr && std::count(posts->begin(), posts->end(), selector.post) > 0)
                return SeatedPost{stop, selector.post, {of, selector.seat}};
            continue;
        }
        if (here.kind != selector.seat) continue;
        for (const auto& kind : here.posts)
            if (selector.shape == Shape::leader_of
                    ? offices_.posts.find(kind)->leader
                    : selector.shape == Shape::post_at_place && kind == selector.post)
                return SeatedPost{stop, kind, {Seat::Of::place, here.kind}};
    }
    return {};
}

std::optional<SeatedPost> Lines::desk_above(const SeatedPost& post) const {
    const auto desk_of = [&](const Seat& seat) { return offices_.posts.desk_at(seat); };
    if (post.seat.of == Seat::Of::unit)
        if (const auto* desk = desk_of(post.seat); desk != nullptr && desk->name != post.kind)
            return SeatedPost{post.stop, desk->name, post.seat};
    for (std::size_t stop = post.stop + 1; stop-- > 0;) {
        const Seat seat{Seat::Of::place, way_.at(stop).kind};
        const auto* desk = desk_of(seat);
        const SeatedPost found{stop, desk == nullptr ? "" : desk->name, seat};
        if (desk != nullptr && found != post) return found;
    }
    return {};
}

std::optional<SeatedPost> Lines::superior(const SeatedPost& post) const {
    for (const auto& text : offices_.posts.find(post.kind)->superior) {
        const auto selector = party::parse_selector(text, offices_);
        auto found = selector ? find(*selector, post.stop) : std::nullopt;
        if (found && *found != post) return found;
    }
    return desk_above(post);
}

std::vector<SeatedPost> Lines::above(const SeatedPost& post) const {
    std::vector<SeatedPost> line;
    for (auto next = superior(post); next && *next != post && !among(line, *next); next = superior(*next))
        line.push_back(*next);
    return line;
}

std::optional<SeatedPost> Lines::overseer(const SeatedPost& post) const {
    const auto above_it = above(post);
    for (const auto& selector : party::overseers(offices_)) {
        auto found = find(selector, post.stop);
        if (found && *found != post && !among(above_it, *found) && !among(above(*found), post)) return found;
    }
    return {};
}

void prove_oversight(const pack::Pack& pack, const pack::ComplaintRules& rules,
                     const place::PlacesPlan& places, const party::PostsPlan& posts,
                     pack::Findings& findings) {
    const Territory territory(places, posts);
    const auto unseen = unseen_posts(territory);
    for (const auto& post : rules.outside) {
        if (!unseen.contains(post.text))
            findings.error(post.at, "overseen_here",
                           "complaints about \"" + post.text + "\" have somebody here outside their line",
                           "take it out of `outside`");
    }
    for (const auto& [text, where] : unseen)
        if (!rules.heard_outside(text))
            findings.error(place_of(pack, where.kind), "nobody_oversees",
                           "a complaint about \"" + text + "\" has no owner outside its line at " +
                               where.first_place +
                               (where.places > 1 ? " and " + std::to_string(where.places - 1) + " more" : ""),
                           "seat a post with the right \"oversee\" outside that line, or name \"" + text +
                               "\" in `outside` of complaints.toml");
}

void check_complaints(const pack::Pack& pack, const place::PlacesPlan& places, const party::PostsPlan& posts,
                      const DeclaredKinds& kinds, const pack::Words& words, pack::Findings& findings) {
    auto rules = pack::ComplaintRules::read(pack, findings);
    for (const auto& kind : rules.kinds)
        if (kind.text.find('/') == std::string::npos || kinds.lack(kind.text))
            findings.error(kind.at, "kind_unknown", "`" + kind.text + "` is no kind of matter",
                           meant_by(kind.text, {kinds.proved.begin(), kinds.proved.end()},
                                    "name one as WORKFLOW/SUBKIND"));
    const auto offices = posts.offices(places);
    std::erase_if(rules.outside, [&](const auto& post) {
        const auto selector = party::parse_selector(post.text, offices);
        if (!selector)
            findings.error(
                post.at, party::code_of(selector.error()), "\"" + post.text + "\" names no post that exists",
                meant_by(post.text, party::known_selectors(offices), "name one as POST@PLACE_KIND"));
        return !selector;
    });
    if (!rules.outside.empty()) words.expect("problem.heard_outside", rules.outside.front().at, findings);
    prove_oversight(pack, rules, places, posts, findings);
}

}  // namespace lianxin::matter
