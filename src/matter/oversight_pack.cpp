#include "matter/oversight_pack.hpp"

#include <algorithm>

namespace lianxin::matter {
namespace {

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
            findings.error(party::position_of_post(pack, where.kind), "nobody_oversees",
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
