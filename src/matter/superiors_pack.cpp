#include "matter/superiors_pack.hpp"

#include <algorithm>
#include <map>
#include <set>

#include "matter/lines_pack.hpp"

namespace lianxin::matter {
namespace {

using Circle = std::vector<SeatedPost>;

// The same circle whichever post of it one begins with.
std::set<std::string> posts_in(const Circle& circle) {
    std::set<std::string> posts;
    for (const auto& post : circle) posts.insert(post.text());
    return posts;
}

std::string drawn(const Circle& circle) {
    std::string text;
    for (const auto& post : circle) text += post.text() + " → ";
    return text + circle.front().text();
}

bool is_own(const pack::Pack& pack, const pack::Position& at) {
    return at.file_name().starts_with(pack.manifest().name + "/");
}

// Nobody is led in a circle by the order of desks alone: somebody names their superior. What the pack says
// itself comes before what it inherits.
pack::Position named_at(const pack::Pack& pack, const Circle& circle) {
    std::vector<pack::Position> named;
    for (const auto& post : circle)
        if (const auto at = party::position_of_post(pack, post.kind, "superior"); at.line > 0)
            named.push_back(at);
    const auto own =
        std::find_if(named.begin(), named.end(), [&](const pack::Position& at) { return is_own(pack, at); });
    if (own != named.end()) return *own;
    return named.empty() ? party::position_of_post(pack, circle.front().kind) : named.front();
}

// Whom a kind of post names as its superiors, and which of them stand above it somewhere.
struct Named {
    std::map<std::string, std::set<std::string>> found;  // by kind of post that sits somewhere
    void note(const Lines& lines, const SeatedPost& post, const party::PostKind& kind) {
        if (kind.superior.empty()) return;
        auto& above = found[kind.name];
        for (const auto& superior : kind.superior)
            if (lines.named_as(superior, post)) above.insert(superior);
    }
};

// What a pack inherits may name posts that are only elsewhere, as long as somebody is left.
void report_named(const pack::Pack& pack, const Named& named, const party::PostKinds& kinds,
                  pack::Findings& findings) {
    for (const auto& [kind, found] : named.found) {
        const auto at = party::position_of_post(pack, kind, "superior");
        for (const auto& superior : kinds.find(kind)->superior) {
            if (found.contains(superior) || (!found.empty() && !is_own(pack, at))) continue;
            findings.error(
                at, "superior_never_found",
                "\"" + superior + "\" stands above \"" + kind + "\" nowhere" +
                    (found.empty() ? ", nor does whoever else it names" : ""),
                "name a post at its own place or above it, or leave superior out: then it is the desk");
            if (found.empty()) break;
        }
    }
}

}  // namespace

void prove_superiors(const pack::Pack& pack, const place::PlacesPlan& places, const party::PostsPlan& posts,
                     pack::Findings& findings) {
    const Territory territory(places, posts);
    std::set<std::set<std::string>> said;
    Named named;
    for (std::size_t group = 0; group < territory.groups(); ++group) {
        const auto& way = territory.way(group);
        const Lines lines(way, territory.offices());
        for (const auto& post : lines.posts_of(way.size() - 1)) {
            named.note(lines, post, *territory.offices().posts.find(post.kind));
            const auto circle = lines.circle(post);
            if (circle.empty() || !said.insert(posts_in(circle)).second) continue;
            findings.error(named_at(pack, circle), "superiors_in_a_circle",
                           "superiors lead in a circle: " + drawn(circle) + ", for example at " +
                               territory.names_of(group).front(),
                           "name as superior of one of them a post that stands outside the circle");
        }
    }
    report_named(pack, named, posts.kinds, findings);
}

}  // namespace lianxin::matter
