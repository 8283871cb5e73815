#include "matter/public_notice_service.hpp"

#include <algorithm>
#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/parse.hpp>

#include "matter/matter_store.hpp"
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

// Posts are named in public, with whoever holds them; residents never are.
void add_names(PublicNotice& view, store::Transaction& tx, const PublicNotice::Line& line, Day today) {
    const auto* value = line.value.if_object();
    const auto* posts = value == nullptr ? nullptr : value->if_contains("posts");
    if (line.rule == nullptr || posts == nullptr || !posts->is_array()) return;
    for (const auto& each : posts->get_array()) {
        const auto id = each.is_string() ? PostId::parse(std::string_view(each.get_string())) : std::nullopt;
        if (!id) continue;
        if (auto named = named_post(tx, *id, today)) view.names[id->text()] = std::move(*named);
    }
}

void add_lines(PublicNotice& view, store::Transaction& tx, County& county, const Behind& behind,
               const NoticeRule& rule) {
    boost::system::error_code error;
    const auto kept = boost::json::parse(view.notice.shows, error);
    const auto* shows = error ? nullptr : kept.if_object();
    const auto corrected = parse_lines(view.notice.corrected);
    for (const std::string& what : rule.shows) {
        if (what == applicant_shown) {
            const std::string name = applicant_of(tx, county, behind);
            if (!name.empty()) view.lines.push_back({what, boost::json::string(name), nullptr, false});
            continue;
        }
        const auto* value = shows == nullptr ? nullptr : shows->if_contains(what);
        if (value == nullptr) continue;
        const auto field = behind.workflow.find_field(what);
        const FieldRule* of = field ? &rule_at(behind.workflow.fields, *field) : nullptr;
        if (of != nullptr ? !of->personal : what.starts_with(ballot_shown))
            view.lines.push_back(
                {what, *value, of, std::find(corrected.begin(), corrected.end(), what) != corrected.end()});
    }
}

// Whoever decides on it is who an objection is told to first.
void add_contact(PublicNotice& view, store::Transaction& tx, const Behind& behind, Day today) {
    const auto parts = load_parts(tx, behind.matter.row.id);
    if (!parts.empty()) {
        if (const auto post = party::load_post_view(tx, parts.front().owner, today)) {
            view.decides =
                post->post.kind + "@" + (post->unit_name.empty() ? post->place_name : post->unit_name);
            for (const auto& holder : post->holders) view.holders.push_back(holder.name);
        }
    }
    for (const place::Station& station : place::load_stations(tx, view.notice.place, today)) {
        if (station.contact.empty()) continue;
        view.phone = station.contact;
        break;
    }
}

PublicNotice view_of(store::Transaction& tx, County& county, const Workflows& workflows,
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
    view.rules = matter ? workflows.by_hash(matter->row.workflow_hash) : nullptr;
    if (!view.rules) return view;
    const Behind behind{*matter, *view.rules};
    view.subkind = matter->row.subkind;
    add_contact(view, tx, behind, today);
    const auto rule = view.rules->find_notice(view.notice.name);
    if (rule && !view.notice.withdrawn_at)
        add_lines(view, tx, county, behind, rule_at(view.rules->notices, *rule));
    for (const PublicNotice::Line& line : view.lines) add_names(view, tx, line, today);
    return view;
}

}  // namespace

std::optional<PublicNotice> public_notice(County& county, const Workflows& workflows, NoticeId id) {
    const Instant now = county.clock.now();
    auto published = notice::published(county, id);
    if (!published) return {};
    return county.database.read(
        [&](store::Transaction& tx) { return view_of(tx, county, workflows, std::move(*published), now); });
}

std::vector<PublicNotice> public_notices(County& county, const Workflows& workflows,
                                         std::optional<PlaceId> place, int limit,
                                         std::optional<NoticeId> before) {
    const Instant now = county.clock.now();
    auto published = notice::published_at(county, place, limit, before);
    return county.database.read([&](store::Transaction& tx) {
        std::vector<PublicNotice> views;
        for (notice::NoticeView& one : published)
            views.push_back(view_of(tx, county, workflows, std::move(one), now));
        return views;
    });
}

}  // namespace lianxin::matter
