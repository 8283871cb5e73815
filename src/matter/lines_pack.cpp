#include "matter/lines_pack.hpp"

#include <algorithm>

#include "access/policy.hpp"
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

}  // namespace

std::vector<SeatedPost> Lines::posts_of(std::size_t stop) const {
    std::vector<SeatedPost> posts;
    const auto& here = way_.at(stop);
    const auto add = [&](const std::vector<std::string>& kinds, const Seat& seat) {
        for (const auto& kind : kinds)
            if (const SeatedPost post{stop, kind, seat}; !among(posts, post)) posts.push_back(post);
    };
    add(here.posts, {Seat::Of::place, here.kind});
    for (const auto& [unit, kinds] : here.units) add(kinds, {Seat::Of::unit, unit});
    for (const auto& [station, kinds] : here.stations) add(kinds, {Seat::Of::station, station});
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

std::optional<SeatedPost> Lines::leader_at(std::size_t stop) const {
    const auto& here = way_.at(stop);
    for (const auto& kind : here.posts)
        if (offices_.posts.find(kind)->leader) return SeatedPost{stop, kind, {Seat::Of::place, here.kind}};
    return {};
}

// A desk answers to whoever leads its place, and so whoever leads it never to the desk.
std::optional<SeatedPost> Lines::named_as(const std::string& superior, const SeatedPost& post) const {
    const auto& kind = *offices_.posts.find(post.kind);
    const bool leads_place = post.seat.of == Seat::Of::place && kind.leader;
    const auto selector = party::parse_selector(superior, offices_);
    auto found = selector ? find(*selector, post.stop) : std::nullopt;
    if (!found || *found == post) return {};
    const bool own_desk = leads_place && found->seat == post.seat && offices_.posts.find(found->kind)->desk;
    return own_desk ? std::nullopt : found;
}

std::optional<SeatedPost> Lines::named_superior(const SeatedPost& post) const {
    for (const auto& text : offices_.posts.find(post.kind)->superior)
        if (auto found = named_as(text, post)) return found;
    return {};
}

std::optional<SeatedPost> Lines::superior(const SeatedPost& post) const {
    if (auto named = named_superior(post)) return named;
    const auto& kind = *offices_.posts.find(post.kind);
    const bool of_place = post.seat.of == Seat::Of::place;
    if (of_place && kind.desk && !kind.leader)
        if (auto leader = leader_at(post.stop)) return leader;
    auto above = post;
    if (of_place && kind.leader) {
        if (post.stop == 0) return {};
        above = SeatedPost{post.stop - 1, {}, {}};
    }
    return desk_above(above);
}

std::vector<SeatedPost> Lines::above(const SeatedPost& post) const {
    std::vector<SeatedPost> line;
    for (auto next = superior(post); next && *next != post && !among(line, *next); next = superior(*next))
        line.push_back(*next);
    return line;
}

std::vector<SeatedPost> Lines::circle(const SeatedPost& post) const {
    std::vector<SeatedPost> line{post};
    auto next = superior(post);
    for (; next && !among(line, *next); next = superior(*next)) line.push_back(*next);
    return next && *next == post ? line : std::vector<SeatedPost>{};
}

std::optional<SeatedPost> Lines::overseer(const SeatedPost& post) const {
    const auto above_it = above(post);
    for (const auto& selector : party::overseers(offices_)) {
        auto found = find(selector, post.stop);
        if (found && *found != post && !among(above_it, *found) && !among(above(*found), post)) return found;
    }
    return {};
}

std::optional<SeatedPost> Lines::top() const {
    if (auto leader = leader_at(0)) return leader;
    for (const auto& post : posts_of(0))
        if (post.seat.of == Seat::Of::place && offices_.posts.find(post.kind)->desk) return post;
    return {};
}

// All of them by number; where a seat has several of a kind, or there are several such seats, the kind twice.
std::vector<Sitting> Lines::sittings(std::vector<SeatedPost>& posts) const {
    for (std::size_t stop = 0; stop < way_.size(); ++stop)
        for (auto& post : posts_of(stop)) posts.push_back(std::move(post));
    const auto number = [&](const SeatedPost& post) {
        return PostId(std::find(posts.begin(), posts.end(), post) - posts.begin() + 1);
    };
    std::vector<Sitting> sittings;
    for (const auto& post : posts) {
        const auto& kind = *offices_.posts.find(post.kind);
        Sitting one;
        one.post = number(post);
        for (std::size_t stop = post.stop + 1; stop-- > 0;)
            one.way.emplace_back(static_cast<std::int64_t>(stop) + 1);
        for (const auto& higher : above(post)) one.above.push_back(number(higher));
        one.gives_work = kind.has_right(access::right::lead) || kind.has_right(access::right::dispatch);
        one.in_charge =
            post.seat.of != Seat::Of::unit && (one.gives_work || kind.has_right(access::right::oversee));
        sittings.push_back(std::move(one));
    }
    for (std::size_t at = 0, once = posts.size(); at < once; ++at) {
        const auto& here = way_.at(posts[at].stop);
        const auto* of_unit = seated(here.units, posts[at].seat.kind);
        const auto& kinds = posts[at].seat.of == Seat::Of::unit && of_unit != nullptr ? *of_unit : here.posts;
        if (std::count(kinds.begin(), kinds.end(), posts[at].kind) < 2) continue;
        auto other = sittings[at];
        other.post = PostId(static_cast<std::int64_t>(posts.size()) + 1);
        posts.push_back(posts[at]);
        sittings.push_back(std::move(other));
    }
    return sittings;
}

std::optional<bool> Lines::hands_on(std::string_view giver, std::string_view post_kind) const {
    std::vector<SeatedPost> posts;
    const auto all = sittings(posts);
    const std::string_view kind = giver.substr(0, giver.find('@'));
    const bool at_seat =
        std::any_of(posts.begin(), posts.end(), [&](const SeatedPost& post) { return post.text() == giver; });
    std::optional<bool> answer;
    for (std::size_t from = 0; from < all.size(); ++from) {
        if (at_seat ? posts[from].text() != giver : posts[from].kind != kind) continue;
        answer = answer.value_or(false);
        for (std::size_t to = 0; to < all.size(); ++to)
            if ((post_kind.empty() || posts[to].kind == post_kind) &&
                may_receive(Reach::beside, all[from], all[to]))
                return true;
    }
    return answer;
}

}  // namespace lianxin::matter
