// main/demo_cast.hpp — who is who in a demo: the places a matter can be about, the people who hold its posts,
// as acting persons with exactly the rights their posts give them, and made-up residents. Nobody here may
// more than in real life.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <random>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "access/access.hpp"
#include "county/county.hpp"
#include "main/demo_story.hpp"
#include "party/owner_resolver_store.hpp"
#include "party/post.hpp"
#include "place/place_service.hpp"

namespace lianxin::demo {

// The same numbers on every machine: the standard's engine, and our own way from a number to a choice.
class Chance {
 public:
    explicit Chance(std::uint64_t seed) : engine_(seed) {}
    [[nodiscard]] std::uint64_t below(std::uint64_t end) { return engine_() % end; }
    [[nodiscard]] std::int64_t between(std::int64_t least, std::int64_t most) {
        return least + static_cast<std::int64_t>(below(static_cast<std::uint64_t>(most - least + 1)));
    }
    [[nodiscard]] bool percent(std::int64_t share) { return between(0, 99) < share; }
    template <class T>
    [[nodiscard]] const T& one_of(const std::vector<T>& list) {
        return list[below(list.size())];
    }
    // By `share`.
    template <class T>
    [[nodiscard]] const T& by_share(const std::vector<T>& list) {
        std::int64_t sum = 0;
        for (const T& each : list) sum += each.share;
        std::int64_t at = between(0, sum - 1);
        for (const T& each : list)
            if ((at -= each.share) < 0) return each;
        return list.back();
    }

 private:
    std::mt19937_64 engine_;
};

class Cast {
 public:
    Cast(County& county, party::OwnerCache& owners, const Story& story);

    struct Spot {
        place::Lineage lineage;
        std::vector<std::string> names;  // by level, [0] unused
    };
    // A door somewhere in the county, or below a place.
    [[nodiscard]] Spot spot(Chance& chance);
    [[nodiscard]] Spot spot_below(PlaceId place, Chance& chance);
    [[nodiscard]] std::optional<PlaceId> above(const Spot& spot, std::string_view kind) const;
    [[nodiscard]] std::string name_above(const Spot& spot, std::string_view kind) const;

    [[nodiscard]] std::optional<PostId> post(std::string_view selector, PlaceId place);
    [[nodiscard]] std::optional<PostId> superior(PostId post);
    // Who holds the post (or covers it) today, with all their posts; nothing when nobody does.
    [[nodiscard]] std::optional<access::ActingPerson> holder(PostId post);
    // The kind of a post, for office hours.
    [[nodiscard]] std::string kind_of(PostId post);
    // The desk posts of the units that deal with a category, the lead first.
    [[nodiscard]] std::vector<PostId> unit_desks(std::string_view category, std::size_t count);
    [[nodiscard]] std::optional<PostId> unit_desk(const std::string& key);
    // The post of the kind that somebody left last, else one that was always empty; each time another, with
    // where it sits.
    [[nodiscard]] std::optional<std::pair<PostId, PlaceId>> vacancy(const std::string& post_kind);
    // Some who live behind the doors beside it.
    [[nodiscard]] std::vector<PartyId> neighbours(const Spot& spot, std::size_t count);
    // Puts somebody of their own into every vacant post of the kind.
    void staff(const Login& post, Chance& chance);
    [[nodiscard]] std::string person_name(Chance& chance) const;
    // Posts of a kind with a holder, at places, units or stations of a kind (empty: any).
    struct Seat {
        PostId post;
        PartyId party;
        std::string name, place, unit;
        bool covered = false;  // nobody's own: whoever leads the place stands in
        PlaceId at;
    };
    [[nodiscard]] const place::Kinds& place_kinds() const { return kinds_; }
    // The kind of place that matters are about.
    [[nodiscard]] std::string_view lowest() const {
        const auto* household = kinds_.household();
        return household == nullptr ? std::string_view() : std::string_view(household->name);
    }
    [[nodiscard]] std::vector<Seat> seats(const std::string& post_kind, std::string_view seat_kind);
    // Everybody a ballot among KIND@LEVEL would ask at a place.
    [[nodiscard]] std::vector<Seat> electorate(std::string_view selector, PlaceId place);

 private:
    [[nodiscard]] std::optional<Seat> seat_of(store::Transaction& tx, const party::PostView& view) const;

    County& county_;
    party::OwnerCache& owners_;
    const Story& story_;
    place::Kinds kinds_;
    place::Place root_;
    std::vector<PlaceId> groups_;                                    // the places that doors hang from
    std::map<PostId, std::optional<access::ActingPerson>> holders_;  // as of `staffing_`
    std::int64_t staffing_ = 0;
    std::map<PostId, std::string> kinds_of_posts_;
    std::map<std::string, PostId, std::less<>> unit_desks_;
    std::set<PostId> stood_for_;
};

}  // namespace lianxin::demo
