#include "party/guide_service.hpp"

#include <algorithm>
#include <sstream>

#include "base/text.hpp"
#include "party/guide_store.hpp"
#include "party/party_store.hpp"

namespace lianxin::party {
namespace {

bool has_all_words(const std::string& text, const std::string& asked) {
    const std::string folded = fold(text);
    std::istringstream words(fold(asked));
    for (std::string word; words >> word;)
        if (folded.find(word) == std::string::npos) return false;
    return true;
}

// Where nobody says from which place they ask, the unit's own.
std::optional<PostId> desk_of(store::Transaction& tx, OwnerResolver& owners, const std::string& unit,
                              std::optional<PlaceId> place, Day day) {
    if (!place) place = place_of_unit(tx, unit);
    if (!place) return {};
    const auto found = owners.desk_of_unit(unit, {*place, day, {}, {}, {}});
    return found ? std::optional(found->post) : std::nullopt;
}

std::optional<OfferedService> offered(store::Transaction& tx, OwnerResolver& owners,
                                      const pack::ServiceItem& item, std::optional<PlaceId> place, Day day) {
    const auto desk = desk_of(tx, owners, item.unit, place, day);
    if (!desk && place) return {};
    return OfferedService{&item, desk ? load_post_view(tx, *desk, day) : std::nullopt};
}

}  // namespace

GuidePage GuideService::page(County& county, const GuideQuery& query, const Text& text) const {
    const Day today = county.zone.day_of(county.clock.now());
    auto from = services_.begin();
    if (!query.after.empty()) {
        from =
            std::find_if(from, services_.end(), [&](const auto& item) { return item.name == query.after; });
        if (from != services_.end()) ++from;
    }
    return county.database.read([&](store::Transaction& tx) {
        OwnerResolver owners(tx, owners_);
        GuidePage page;
        for (auto item = from; item != services_.end(); ++item) {
            if (!has_all_words(text(*item), query.q)) continue;
            auto found = offered(tx, owners, *item, query.place, today);
            if (!found) continue;
            if (static_cast<int>(page.items.size()) == query.limit) {
                page.next = page.items.back().item->name;
                break;
            }
            page.items.push_back(std::move(*found));
        }
        return page;
    });
}

std::optional<OfferedService> GuideService::find(County& county, std::string_view name,
                                                 std::optional<PlaceId> place) const {
    const auto item =
        std::find_if(services_.begin(), services_.end(), [&](const auto& each) { return each.name == name; });
    if (item == services_.end()) return {};
    const Day today = county.zone.day_of(county.clock.now());
    return county.database.read([&](store::Transaction& tx) {
        OwnerResolver owners(tx, owners_);
        return offered(tx, owners, *item, place, today);
    });
}

}  // namespace lianxin::party
