#include "party/opening_service.hpp"

#include "party/contact_service.hpp"
#include "party/liaison_store.hpp"
#include "party/opening_service_plan.hpp"
#include "party/party_store.hpp"
#include "place/category_store.hpp"
#include "place/place_service.hpp"
#include "store/bulk_load.hpp"

namespace lianxin::party {
namespace {

using store::Transaction;

std::vector<place::Category> categories_of(const Opening& opening) {
    std::vector<place::Category> categories;
    std::unordered_map<std::string, std::size_t> by_code;
    for (const auto& planned : opening.plan.categories) {
        place::Category category;
        category.id = opening.id<CategoryNoun>();
        if (const auto parent = by_code.find(planned.parent); parent != by_code.end()) {
            category.parent = categories[parent->second].id;
            category.level = categories[parent->second].level + 1;
        }
        category.code = planned.code;
        category.name = planned.name;
        category.also = planned.also;
        category.no_photo = planned.no_photo;
        category.urgency = planned.urgency;
        category.from = opening.from;
        category.until = place::open_end();
        by_code.emplace(planned.code, categories.size());
        categories.push_back(std::move(category));
    }
    return categories;
}

std::vector<SealedContact> sealed_contacts(County& county, const std::vector<FirstDay::Contact>& contacts) {
    std::vector<SealedContact> sealed;
    sealed.reserve(contacts.size() * 2);
    for (const auto& contact : contacts) {
        const auto key = county.keys.create();
        if (!contact.name.empty()) {
            sealed.push_back(
                sealed_contact(county.keys, key, contact.party, ContactField::name, contact.name));
        }
        sealed.push_back(sealed_contact(county.keys, key, contact.party, ContactField::phone, contact.phone));
    }
    return sealed;
}

// In the order of their references.
void store_day(Transaction& tx, const CountyPlan& plan, const FirstDay& day,
               const std::vector<SealedContact>& contacts) {
    auto codes = place::fresh_short_codes(tx, day.places.size() + day.stations.size());
    auto places = day.places;
    for (auto& place : places) {
        place.short_code = std::move(codes.back());
        codes.pop_back();
    }
    store::BulkLoad load(tx, {"place", "place_span", "party", "contact", "post", "holding", "liaison"});
    place::save_kinds(tx, plan.places.kinds);
    save_offices(tx, plan.posts.kinds, plan.posts.rules);
    place::insert_places(tx, places);
    for (const auto& station : day.stations) {
        place::insert_station(tx, station, codes.back());
        codes.pop_back();
    }
    place::insert_categories(tx, day.categories);
    insert_parties(tx, day.parties);
    save_contacts(tx, contacts, Filing::in_place);
    insert_posts(tx, day.posts);
    insert_holdings(tx, day.holdings);
    insert_links(tx, day.links);
    load.finish();
    place::bump_tree_version(tx);
    place::bump_category_version(tx);
    bump_staffing_version(tx);
}

}  // namespace

CountyPlan read_county_plan(const pack::Pack& pack, const pack::Words& words, pack::Findings& findings) {
    CountyPlan plan;
    plan.places = place::read_places(pack, words, findings);
    plan.posts = read_posts(pack, plan.places, words, findings);
    plan.categories = place::read_categories(pack, findings);
    return plan;
}

bool is_open(County& county) {
    return county.database.read(
        [](Transaction& tx) { return tx.value<std::int64_t>("select 1 from place limit 1").has_value(); });
}

Result<Opened, OpeningRefusal> open_county(County& county, const CountyPlan& plan, Day from) {
    if (is_open(county)) return fail(OpeningRefusal::county_already_open);
    Opening opening{plan, from, [&] { return county.new_id<PlaceNoun>().value(); }, {}, {}, {}, {}, {}, {}};
    if (!plan_places(opening)) return fail(OpeningRefusal::bounds_cannot_be_met);
    plan_offices(opening);
    opening.day.categories = categories_of(opening);
    const auto contacts = sealed_contacts(county, opening.day.contacts);
    const FirstDay& day = opening.day;
    return county.database.write([&](Transaction& tx) -> Result<Opened, OpeningRefusal> {
        if (tx.value<std::int64_t>("select 1 from place limit 1"))
            return fail(OpeningRefusal::county_already_open);
        store_day(tx, plan, day, contacts);
        Opened opened;
        opened.places = day.places.size();
        for (const auto& place : day.places) opened.households += place.span.household ? 1 : 0;
        for (const auto& party : day.parties) {
            if (party.kind == PartyKind::person)
                ++opened.people;
            else
                ++opened.units;
        }
        opened.stations = day.stations.size();
        opened.posts = day.posts.size();
        opened.links = day.links.size();
        opened.categories = day.categories.size();
        return opened;
    });
}

}  // namespace lianxin::party
