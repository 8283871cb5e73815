// place/place_service.hpp — use cases of places: look at the tree, search it, read a plate's code, change the
// tree with its history kept. Reading is for everyone (households for staff); changing needs the right
// "administer" above the place.
#pragma once

#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "access/policy.hpp"
#include "county/county.hpp"
#include "place/category.hpp"
#include "place/place.hpp"
#include "place/place_search.hpp"
#include "place/place_store.hpp"
#include "place/station.hpp"

namespace lianxin::place {

// A place as it is shown.
struct PlaceView {
    Place place;
    std::vector<PathStep> path;  // root first, the place last
    bool has_children = false;
};

struct CodeView {
    PlaceView place;
    std::optional<Station> station;
};

// Search indexes of the tree and of the categories, rebuilt when their version moves. One per process and
// county; the pointers it hands out stay good while held.
class PlaceLookup {
 public:
    [[nodiscard]] std::shared_ptr<const SearchIndex> places(store::Transaction& tx, Day day);
    [[nodiscard]] std::shared_ptr<const CategoryIndex> categories(store::Transaction& tx, Day day);
    [[nodiscard]] std::shared_ptr<const Kinds> kinds(store::Transaction& tx);

 private:
    template <class T>
    struct Kept {
        std::shared_ptr<const T> value;
        std::int64_t version = -1;
        Day day;
    };
    std::mutex mutex_;
    Kept<SearchIndex> places_;
    Kept<CategoryIndex> categories_;
    Kept<Kinds> kinds_;
};

// What a change of the tree sets off on the floors above, in the same transaction; `main` binds it.
// Everything here is called once the tree stands as it will.
class TreeEffects {
 public:
    virtual ~TreeEffects() = default;
    virtual void opened(store::Transaction&, County&, PlaceId, Day) {}
    // It hangs elsewhere, with everything below it.
    virtual void moved(store::Transaction&, PlaceId, Day) {}
    // Whatever stood at `place` itself goes over to `into`.
    virtual void merged(store::Transaction&, PlaceId /*place*/, PlaceId /*into*/, Day) {}
    virtual void closed(store::Transaction&, PlaceId /*place*/, PlaceId /*above*/, Day) {}
    // Asked before a place is closed: whether somebody still serves there on that day or later.
    virtual bool has_holders(store::Transaction&, PlaceId, Day) { return false; }
};

// How a place came to be what it is: its spans in order, and the decisions that made them.
struct PlaceHistory {
    struct Step {
        Span span;
        std::string parent_name;  // as it was called on the span's first day
    };
    struct Decision {
        Change change;
        std::string source_name, target_name;
    };
    std::vector<Step> steps;
    std::vector<Decision> decisions;
};

class PlaceService {
 public:
    explicit PlaceService(PlaceLookup& lookup) : lookup_(lookup) {}
    PlaceService(PlaceLookup& lookup, TreeEffects& effects) : lookup_(lookup), effects_(&effects) {}
    PlaceService(const PlaceService&) = delete;
    PlaceService& operator=(const PlaceService&) = delete;

    // `on`: the tree as it was that day; absent: today's.
    [[nodiscard]] std::optional<PlaceView> place(County& county, const access::ActingPerson& who, PlaceId id,
                                                 std::optional<Day> on = {});
    // Without a parent: the root alone. Nothing when the parent does not exist (or may not be seen).
    [[nodiscard]] std::optional<std::vector<PlaceView>> children(County& county,
                                                                 const access::ActingPerson& who,
                                                                 std::optional<PlaceId> parent, PlaceId after,
                                                                 int limit, std::optional<Day> on = {});
    // Also of a place that has ended. Nothing when there never was one (or it may not be seen).
    [[nodiscard]] std::optional<PlaceHistory> history(County& county, const access::ActingPerson& who,
                                                      PlaceId id);
    [[nodiscard]] std::vector<PlaceView> search(County& county, const access::ActingPerson& who,
                                                std::string_view text);
    [[nodiscard]] std::optional<CodeView> by_code(County& county, const access::ActingPerson& who,
                                                  std::string_view code);
    // Best place for an address text; the root when nothing matches. For imports and intake.
    [[nodiscard]] PlaceId locate(store::Transaction& tx, std::string_view address, Day day);
    // Deeper than `place`, as far as an address text says so without a doubt: the one place below that it
    // names, and the one door there. Else the place itself. It tells nothing of who lives behind a door.
    [[nodiscard]] PlaceId narrow(store::Transaction& tx, PlaceId place, std::string_view address, Day day);

    [[nodiscard]] Result<PlaceId, PlaceRefusal> open(County& county, const access::ActingPerson& who,
                                                     const Draft& draft, std::optional<PlaceId> parent,
                                                     Day from, std::optional<Point> point = {});
    // Every change holds from a day that is not in the future (posts and matters know today's tree alone) and
    // says why; it goes on the place's own chain of the record.
    [[nodiscard]] Result<void, PlaceRefusal> rename(County& county, const access::ActingPerson& who,
                                                    PlaceId place, std::string name,
                                                    std::optional<DivisionCode> code, Day from,
                                                    std::string reason);
    // With everything below it. A place with a division code needs its new one when the new parent's differs;
    // codes below it that no longer agree are taken away until new ones are given out.
    [[nodiscard]] Result<void, PlaceRefusal> move(County& county, const access::ActingPerson& who,
                                                  PlaceId place, PlaceId new_parent,
                                                  std::optional<DivisionCode> new_code, Day from,
                                                  std::string reason);
    // Their children move to `into`, they end. A door that would be taken for another bears its old group's
    // name.
    [[nodiscard]] Result<void, PlaceRefusal> merge(County& county, const access::ActingPerson& who,
                                                   const std::vector<PlaceId>& sources, PlaceId into,
                                                   Day from, std::string reason);
    // A new sibling takes the named children.
    [[nodiscard]] Result<PlaceId, PlaceRefusal> split(County& county, const access::ActingPerson& who,
                                                      PlaceId source, const Draft& part,
                                                      const std::vector<PlaceId>& children, Day from,
                                                      std::string reason);
    [[nodiscard]] Result<void, PlaceRefusal> end(County& county, const access::ActingPerson& who,
                                                 PlaceId place, Day from, std::string reason);

    [[nodiscard]] Result<StationId, PlaceRefusal> open_station(County& county,
                                                               const access::ActingPerson& who,
                                                               Station station);
    [[nodiscard]] Result<void, PlaceRefusal> note_standard(County& county, const access::ActingPerson& who,
                                                           const StandardCheck& check);
    [[nodiscard]] std::vector<Station> stations(County& county, PlaceId place);

    [[nodiscard]] PlaceLookup& lookup() { return lookup_; }

 private:
    [[nodiscard]] TreeEffects& effects() const { return *effects_; }
    PlaceLookup& lookup_;
    TreeEffects nothing_above_;
    TreeEffects* effects_ = &nothing_above_;
};

// Whether the person may, at a place or anywhere above it; the engine may everything.
[[nodiscard]] bool may(access::PlacePermission permission, const access::ActingPerson& who,
                       const Lineage& lineage);
[[nodiscard]] Day today(const County& county);
// The whole territory; the id of nothing while the county is not open.
[[nodiscard]] PlaceId root_of(County& county);

// Five random bytes each, none of which the county uses yet.
[[nodiscard]] std::vector<std::string> fresh_short_codes(store::Transaction& tx, std::size_t count);

}  // namespace lianxin::place
