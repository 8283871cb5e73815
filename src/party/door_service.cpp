#include "party/door_service.hpp"

#include "place/place_store.hpp"

namespace lianxin::party {

std::optional<place::Place> door_meant(County& county, place::PlaceService& places, PlaceId place,
                                       const std::string& house) {
    const Day today = place::today(county);
    return county.database.read([&](store::Transaction& tx) -> std::optional<place::Place> {
        if (!place::load_place(tx, place, today)) return {};
        return place::load_place(tx, places.narrow(tx, place, house, today), today);
    });
}

}  // namespace lianxin::party
