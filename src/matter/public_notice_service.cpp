#include "matter/public_notice_service.hpp"

#include <algorithm>

#include "matter/matter_store.hpp"
#include "matter/planner_service.hpp"
#include "matter/state_rows.hpp"
#include "matter/timeline_service.hpp"
#include "party/contact_service.hpp"
#include "place/place_store.hpp"

namespace lianxin::matter {

namespace {

struct Behind {  // the matter a notice is about
    const LoadedMatter& matter;
    const Workflow& workflow;
};

void add_lines(PublicNotice& view, store::Transaction& tx, County& county, const Behind& behind,
               const NoticeRule& rule, Day today) {
    look_up(view.said, tx, county, behind.matter.row, behind.workflow, rule.shows);
    add_kept(view.said, behind.workflow, rule.shows, view.notice.shows, parse_lines(view.notice.corrected));
    name_posts(view.said, tx, today);
}

// Who would hear an objection: never a hand in what is published. Then the public card of the place.
void add_contact(PublicNotice& view, store::Transaction& tx, County& county, const Surroundings& around,
                 const NoticeRule& rule, Instant now) {
    const Day today = county.zone.day_of(now);
    Planner planner(tx, county, around, now);
    const auto hears = view.takes_objections ? planner.hearer(view.notice, rule.objection) : std::nullopt;
    if (const auto post = hears ? party::load_post_view(tx, *hears, today) : std::nullopt) {
        view.hears = post->post.kind + "@" + (post->unit_name.empty() ? post->place_name : post->unit_name);
        for (const auto& holder : post->holders) view.holders.push_back(holder.name);
    }
    for (const place::Station& station : place::load_stations(tx, view.notice.place, today)) {
        if (station.contact.empty()) continue;
        view.phone = station.contact;
        break;
    }
}

PublicNotice view_of(store::Transaction& tx, County& county, const Surroundings& around,
                     notice::NoticeView published, Instant now) {
    const Day today = county.zone.day_of(now);
    PublicNotice view;
    view.notice = std::move(published.notice);
    view.place_name = std::move(published.place_name);
    // The period ends with 24:00 of its last day.
    view.last_day = county.zone.day_of(view.notice.until - std::chrono::microseconds(1));
    view.takes_objections = view.notice.takes_objections(now);
    if (view.notice.restarted > 0) view.corrected_at = view.notice.from;
    if (view.takes_objections) view.days_left = view.last_day - today;
    if (view.notice.about.kind != "matter") return view;
    const auto matter = load_matter(tx, MatterId(view.notice.about.id));
    view.rules = matter ? around.workflows.by_hash(matter->row.workflow_hash) : nullptr;
    if (!view.rules) return view;
    const Behind behind{*matter, *view.rules};
    view.subkind = matter->row.subkind;
    const auto index = view.rules->find_notice(view.notice.name);
    if (!index) return view;
    const NoticeRule& rule = rule_at(view.rules->notices, *index);
    add_contact(view, tx, county, around, rule, now);
    if (!view.notice.withdrawn_at) add_lines(view, tx, county, behind, rule, today);
    return view;
}

}  // namespace

std::optional<PublicNotice> public_notice(County& county, const Surroundings& around, NoticeId id) {
    const Instant now = county.clock.now();
    auto published = notice::published(county, id);
    if (!published) return {};
    return county.database.read(
        [&](store::Transaction& tx) { return view_of(tx, county, around, std::move(*published), now); });
}

std::vector<PublicNotice> public_notices(County& county, const Surroundings& around,
                                         std::optional<PlaceId> place, int limit,
                                         std::optional<NoticeId> before) {
    const Instant now = county.clock.now();
    auto published = notice::published_at(county, place, limit, before);
    return county.database.read([&](store::Transaction& tx) {
        std::vector<PublicNotice> views;
        for (notice::NoticeView& one : published)
            views.push_back(view_of(tx, county, around, std::move(one), now));
        return views;
    });
}

}  // namespace lianxin::matter
