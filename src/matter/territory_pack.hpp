// matter/territory_pack.hpp — the places of a pack as far as the prover asks: who KIND@LEVEL is there, by the
// kinds of posts that a county opened from the pack has on the way from the place up to the root. Places with
// the same posts are one group, so thousands of places are a handful. A kind of post that no seat has from
// the first day is a vacancy and finds nobody.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "matter/prover.hpp"
#include "party/party_pack.hpp"
#include "place/place_pack.hpp"

namespace lianxin::matter {

class Territory final : public OwnerResolver {
 public:
    Territory(const place::PlacesPlan& places, const party::PostsPlan& posts);
    [[nodiscard]] std::size_t groups() const override { return groups_.size(); }
    [[nodiscard]] std::vector<std::string> names_of(std::size_t group) const override;
    [[nodiscard]] std::size_t places_in(std::size_t group) const override;
    [[nodiscard]] bool known(const OwnerSelector& selector) const override;
    [[nodiscard]] bool has_board(std::string_view level) const override;
    [[nodiscard]] bool has_level(std::string_view level) const override;
    [[nodiscard]] bool is_held(std::string_view post_kind) const override;
    [[nodiscard]] std::optional<std::size_t> depth(const OwnerSelector& selector,
                                                   std::size_t group) const override;
    [[nodiscard]] std::string hand(const OwnerSelector& selector, std::size_t group) const override;
    [[nodiscard]] bool led(const std::string& post_kind, std::size_t group) const override;
    [[nodiscard]] bool has_right(const std::string& right, std::size_t group) const override;
    [[nodiscard]] std::string top(std::size_t group) const override;
    [[nodiscard]] std::optional<bool> hands_on(const std::string& giver, const std::string& post_kind,
                                               std::size_t group) const override;
    [[nodiscard]] std::size_t places() const;  // all of them

    // What stands at one place of the way: its kind, and the posts there by where they sit.
    struct Stop {
        std::string kind;
        std::vector<std::string> posts;  // of the place itself; a kind that is there more than once, twice
        std::map<std::string, std::vector<std::string>> units;     // kind of unit → its posts
        std::map<std::string, std::vector<std::string>> stations;  // kind of station → its posts
        auto operator<=>(const Stop&) const = default;
        bool operator==(const Stop&) const = default;
    };
    using Way = std::vector<Stop>;  // from the root down to the place
    [[nodiscard]] const Way& way(std::size_t group) const { return groups_.at(group).way; }
    [[nodiscard]] const party::Offices& offices() const { return offices_; }

 private:
    struct Group {
        Way way;
        std::vector<std::string> names;  // the first few
        std::size_t places = 0;
    };
    [[nodiscard]] Stop stop_at(const std::string& key, const std::string& kind,
                               const std::vector<std::string>& stations,
                               const std::vector<const place::PlannedPlace*>& line) const;
    [[nodiscard]] static int made(const party::PostKind& kind, const party::Seat& seat,
                                  const std::vector<const place::PlannedPlace*>& line);
    [[nodiscard]] std::vector<std::string> posts_at(
        const party::Seat& seat, const std::vector<const place::PlannedPlace*>& line) const;
    [[nodiscard]] const party::PostKind* leader_among(const std::vector<std::string>& posts) const;
    [[nodiscard]] bool sits_below(const Way& way, Way::const_iterator place, const std::string& post) const;
    void add(Way way, const std::string& name, std::size_t count);
    void add_filled(const place::PlannedPlace& below, const Way& way,
                    const std::vector<const place::PlannedPlace*>& line);

    place::PlacesPlan places_;
    party::PostsPlan posts_;
    party::Offices offices_;
    std::vector<Group> groups_;
    std::map<Way, std::size_t> known_;
};

}  // namespace lianxin::matter
