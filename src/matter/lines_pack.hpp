// matter/lines_pack.hpp — who stands above whom on the way to one place of a pack's territory, as a county
// opened from the pack draws it: superiors, whoever oversees a post from outside its line, and to whom
// somebody there may hand on.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "matter/reach.hpp"
#include "matter/territory_pack.hpp"

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
    // The way by which a post's superiors lead back to it, from it on; empty: they do not.
    [[nodiscard]] std::vector<SeatedPost> circle(const SeatedPost& post) const;
    // Whom one of the superiors that its kind names is above it.
    [[nodiscard]] std::optional<SeatedPost> named_as(const std::string& superior,
                                                     const SeatedPost& post) const;
    // The nearest who oversees it from outside its line.
    [[nodiscard]] std::optional<SeatedPost> overseer(const SeatedPost& post) const;
    // Above whom nobody stands: whoever leads the root, else its desk.
    [[nodiscard]] std::optional<SeatedPost> top() const;
    // Whether a giver ("KIND@SEAT", or any post of that kind) has somebody of a kind to hand on to (empty:
    // of any) among those on the way; nothing where there is no such giver.
    [[nodiscard]] std::optional<bool> hands_on(std::string_view giver, std::string_view post_kind) const;

 private:
    [[nodiscard]] std::optional<SeatedPost> find(const party::Selector& selector, std::size_t last) const;
    [[nodiscard]] std::optional<SeatedPost> named_superior(const SeatedPost& post) const;
    [[nodiscard]] std::optional<SeatedPost> superior(const SeatedPost& post) const;
    [[nodiscard]] std::optional<SeatedPost> desk_above(const SeatedPost& post) const;
    [[nodiscard]] std::optional<SeatedPost> leader_at(std::size_t stop) const;
    [[nodiscard]] std::vector<Sitting> sittings(std::vector<SeatedPost>& posts) const;
    const Territory::Way& way_;
    const party::Offices& offices_;
};

}  // namespace lianxin::matter
