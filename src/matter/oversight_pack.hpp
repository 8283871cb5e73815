// matter/oversight_pack.hpp — a complaint about a post is owned outside that post's line: proved for every
// post at every place of a pack's territory. Where everybody who oversees stands in the line, the pack must
// say that an authority outside hears it (complaints.toml, `outside`), and may say so nowhere else.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "matter/territory_pack.hpp"
#include "matter/workflow_pack.hpp"
#include "pack/complaint_rules.hpp"
#include "pack/pack.hpp"
#include "pack/words.hpp"

namespace lianxin::matter {

// A post as it stands on the way to a place.
struct SeatedPost {
    std::size_t stop = 0;  // of the way
    std::string kind;
    party::Seat seat;
    [[nodiscard]] std::string text() const { return kind + "@" + seat.kind; }
    bool operator==(const SeatedPost&) const = default;
};

// Lines of posts on the way to one place, as a county opened from the pack draws them.
class Lines {
 public:
    Lines(const Territory::Way& way, const party::Offices& offices) : way_(way), offices_(offices) {}
    [[nodiscard]] std::vector<SeatedPost> posts_of(std::size_t stop) const;
    [[nodiscard]] std::vector<SeatedPost> above(const SeatedPost& post) const;  // nearest first
    // The nearest who oversees it from outside its line.
    [[nodiscard]] std::optional<SeatedPost> overseer(const SeatedPost& post) const;

 private:
    [[nodiscard]] std::optional<SeatedPost> find(const party::Selector& selector, std::size_t last) const;
    [[nodiscard]] std::optional<SeatedPost> superior(const SeatedPost& post) const;
    [[nodiscard]] std::optional<SeatedPost> desk_above(const SeatedPost& post) const;
    const Territory::Way& way_;
    const party::Offices& offices_;
};

void prove_oversight(const pack::Pack& pack, const pack::ComplaintRules& rules,
                     const place::PlacesPlan& places, const party::PostsPlan& posts,
                     pack::Findings& findings);

// Everything complaints.toml says: kinds of matter (WORKFLOW/SUBKIND) that are there, posts that are there,
// and the proof above.
void check_complaints(const pack::Pack& pack, const place::PlacesPlan& places, const party::PostsPlan& posts,
                      const DeclaredKinds& kinds, const pack::Words& words, pack::Findings& findings);

}  // namespace lianxin::matter
