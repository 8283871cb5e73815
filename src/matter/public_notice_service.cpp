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

using access::Relation;

struct Behind {  // the matter a notice is about
    const LoadedMatter& matter;
    const Workflow& workflow;
};

std::string applicant_of(store::Transaction& tx, County& county, const Behind& behind) {
    if (behind.workflow.answer_to != Relation::applicant || behind.matter.row.anonymous) return {};
    std::optional<PartyId> applicant;
    for (const InvolvedRow& involved : load_involved(tx, behind.matter.row.id))
        if (involved.party && involved.role == access::name_of(Relation::applicant))
            applicant = involved.party;
    const auto person = applicant ? party::load_party(tx, *applicant) : std::nullopt;
    if (person && !person->name.empty()) return person->name;
    Heading heading;
    for (const auto& sealed : journal::load_chain(tx, {"matter", behind.matter.row.id.value()}, 0, 1))
        heading.read(journal::unseal(sealed, county.keys));
    auto said = heading.value("reporter.name");
    return said.empty() && applicant ? party::opened_name(tx, county.keys, *applicant) : said;
}

// Where it lies; of a household the place it hangs from, so that no door can be told.
std::string place_of(store::Transaction& tx, const Behind& behind, Day today) {
    const auto place = place::load_place(tx, behind.matter.row.place, today);
    if (!place || !place->household || !place->parent) return place ? place->name : std::string();
    const auto above = place::load_place(tx, *place->parent, today);
    return above ? above->name : std::string();
}

void add_lines(PublicNotice& view, store::Transaction& tx, County& county, const Behind& behind,
               const NoticeRule& rule, Day today) {
    const auto look_up = [&](std::string_view what, const std::string& found) {
        if (std::find(rule.shows.begin(), rule.shows.end(), what) != rule.shows.end() && !found.empty())
            view.said.lines.push_back({std::string(what), boost::json::string(found), nullptr, false});
    };
    look_up(applicant_shown, applicant_of(tx, county, behind));
    look_up(place_shown, place_of(tx, behind, today));
    view.said.add(behind.workflow, rule.shows, view.notice.shows, parse_lines(view.notice.corrected));
    view.said.name_posts(tx, today);
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
