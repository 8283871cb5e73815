#include "notice/notice_service.hpp"

#include "notice/notice_store.hpp"
#include "place/place_store.hpp"

namespace lianxin::notice {
namespace {

NoticeView view_of(store::Transaction& tx, Notice notice, Day today) {
    const auto place = place::load_place(tx, notice.place, today);
    return {std::move(notice), place ? place->name : std::string()};
}

}  // namespace

std::vector<NoticeView> published_at(County& county, std::optional<PlaceId> place, int limit,
                                     std::optional<NoticeId> before) {
    const Day today = county.zone.day_of(county.clock.now());
    return county.database.read([&](store::Transaction& tx) {
        std::vector<NoticeView> views;
        std::optional<PlaceId> at = place;
        if (!at) {
            if (const auto root = place::load_root(tx, today)) at = root->id;
        }
        if (!at) return views;
        for (Notice& notice : notices_at(tx, *at, limit, before))
            views.push_back(view_of(tx, std::move(notice), today));
        return views;
    });
}

std::optional<NoticeView> published(County& county, NoticeId id) {
    const Day today = county.zone.day_of(county.clock.now());
    return county.database.read([&](store::Transaction& tx) -> std::optional<NoticeView> {
        auto notice = find_notice(tx, id);
        if (!notice || notice->audience != "public") return {};
        return view_of(tx, std::move(*notice), today);
    });
}

}  // namespace lianxin::notice
