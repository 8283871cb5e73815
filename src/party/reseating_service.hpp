// party/reseating_service.hpp — what becomes of offices when the tree changes: a new place gets its desk and
// its posts, all vacant; posts of a place that moves answer to the office above it from then on; a merger
// ends nobody's term, posts, units and people go over to the place that stays; a place is closed only when
// nobody serves there any more, and its desk, which owns what is under way there, goes to the place above.
#pragma once

#include "place/place_service.hpp"

namespace lianxin::party {

class Reseating final : public place::TreeEffects {
 public:
    void opened(store::Transaction& tx, County& county, PlaceId place, Day day) override;
    void moved(store::Transaction& tx, PlaceId place, Day day) override;
    void merged(store::Transaction& tx, PlaceId place, PlaceId into, Day day) override;
    void closed(store::Transaction& tx, PlaceId place, PlaceId above, Day day) override;
    [[nodiscard]] bool has_holders(store::Transaction& tx, PlaceId place, Day day) override;
};

}  // namespace lianxin::party
