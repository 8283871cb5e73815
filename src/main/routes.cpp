#include "main/routes.hpp"

#include "board/board_api.hpp"
#include "http/filters.hpp"
#include "identity/identity_api.hpp"
#include "journal/county_log_api.hpp"
#include "main/live_events.hpp"
#include "main/site_api.hpp"
#include "matter/changeover_api.hpp"
#include "matter/matter_api.hpp"
#include "matter/note_api.hpp"
#include "matter/search_api.hpp"
#include "party/door_api.hpp"
#include "party/guide_api.hpp"
#include "party/party_api.hpp"
#include "party/party_store.hpp"
#include "party/people_api.hpp"
#include "place/category_suggestion_api.hpp"
#include "place/place_api.hpp"
#include "receipt/certificate_api.hpp"
#include "receipt/receipt_api.hpp"
#include "report/flow_api.hpp"
#include "report/report_api.hpp"

namespace lianxin {
namespace {

// "workflow.W.state.S" falls back to "state.S", which all workflows share.
std::string title_of(const pack::Words& words, std::string_view language, std::string_view key) {
    constexpr std::string_view own = "workflow.";
    if (key.starts_with(own)) {
        const auto dot = key.find('.', own.size());
        if (dot != std::string_view::npos) {
            return words.get_first(language, {std::string(key), std::string(key.substr(dot + 1))});
        }
    }
    return words.get(language, key);
}

// The services that keep answers look for theirs in the snapshot they decide on, and give it again
// themselves: it is sealed, for it may hold a receipt's secret.
std::optional<http::FoundAnswer> found_by_the_service(const http::Idempotency&) {
    return {};
}

receipt::Handout hand_out(const receipt::ReceiptService& receipts, County& county,
                          const matter::TakenIn& taken) {
    if (taken.repeated) return receipts.hand_out_again(county, taken.id, taken.secret);
    return receipts.hand_out(county,
                             {receipts.county_name(), taken.number, taken.workflow + "/" + taken.subkind,
                              taken.channel, taken.received_at, taken.entry_hash},
                             taken.secret);
}

// What the asker can do about it: come back soon, come back when there is room again, or tell us.
http::FaultAnswer name_fault(const Fault& fault) {
    const auto* below = dynamic_cast<const store::StoreFault*>(&fault);
    if (below == nullptr) return {};
    using store::FaultKind;
    switch (below->kind) {
        case FaultKind::full:
            return {507, "storage_full", 0};
        case FaultKind::busy:
        case FaultKind::serialization:
        case FaultKind::unique:  // two at once made the same: a repeat finds what the other made
            return {503, "storage_busy", 2};
        case FaultKind::gone:
            return {503, "storage_gone", 5};
        case FaultKind::io:
            return {};
        case FaultKind::constraint:
        case FaultKind::schema:
        case FaultKind::statement:
            break;
    }
    return {500, "internal_error", 0};
}

// A receipt lets one speak as often as one likes, so it is counted too: by itself, for a village may stand
// behind one address. Who signed in is not.
std::optional<std::string> counted_writer(const http::Request& request) {
    if (http::context<access::ActingPerson>(request).kind == access::ActingPerson::Kind::resident)
        return request.scope;
    return http::strangers_only(request);
}

void add_filters(http::Api& api, const RouteNeeds& needs) {
    auto& matters = needs.town.matters();
    County& county = needs.county;
    api.filter(identity::authenticate(county, needs.town.identity(),
                                      [&](std::string_view number, std::string_view secret) {
                                          return matters.prove_receipt(county, number, secret);
                                      }));
    if (const double rate = needs.writes_per_minute; rate > 0) {
        api.filter(http::limit_writes(
            std::make_shared<http::RateLimit>(needs.clock, http::RateLimit::Rate{rate, rate}), counted_writer,
            {place::suggestions_path}));
    }
    api.filter(http::replay_stored_answers(found_by_the_service));
}

}  // namespace

void add_routes(http::Api& api, const RouteNeeds& needs) {
    Town& town = needs.town;
    County& county = needs.county;
    const auto& words = town.words();
    add_filters(api, needs);
    api.faults(name_fault);
    api.words([&words](std::string_view language, std::string_view code) {
        for (const char* kind : {"problem.", "fault.", "misfit."})
            if (const auto* word = words.find(words.choose(language), kind + std::string(code))) return *word;
        return std::string();
    });
    const place::Titles titles = [&words](std::string_view language, std::string_view key) {
        return title_of(words, language, key);
    };
    add_site_routes(api, county, town.places(), town.workflows(), words,
                    {needs.pack_name, needs.title_key, needs.languages, town.complaints(),
                     needs.code_channels, town.post_lists(), town.ways_in()});
    const pack::Scripts& scripts = needs.finding.index().scripts();
    place::add_place_routes(
        api, county, town.places(), titles,
        [&scripts](std::string_view text) { return scripts.simplified(text); },
        [&town](const http::Request&, std::string_view code) {
            return town.public_url() + "/c/" + std::string(code);
        });
    place::add_tree_routes(api, county, town.places(), titles, [&county](PartyId id) {
        const auto party =
            county.database.read([&](store::Transaction& tx) { return party::load_party(tx, id); });
        return party ? party->name : std::string();
    });
    place::add_suggestion_routes(api, county, needs.finding.suggestions());
    party::add_party_routes(api, county, town.parties(), titles);
    party::add_people_routes(api, county);
    party::add_guide_routes(api, county, town.guide(), titles);
    party::add_door_routes(api, county, town.parties(), town.places(), titles);
    identity::add_identity_routes(api, county, town.identity());
    matter::add_matter_routes(
        api, county, town.matters(), titles, [&town](County& of, const matter::TakenIn& taken) {
            auto handout = hand_out(town.receipts(), of, taken);
            return matter::ReceiptText{std::move(handout.statement), std::move(handout.signature),
                                       std::move(handout.key), std::move(handout.link)};
        });
    matter::add_changeover_routes(api, county, town.matters(), titles);
    matter::add_note_routes(api, county, town.matters(), titles);
    matter::add_search_routes(api, county, needs.finding.search(), titles);
    receipt::add_receipt_routes(api, town.receipts(), town.matters(), county);
    receipt::add_certificate_routes(api, town.receipts(), town.matters(), county, titles);
    board::add_board_routes(api, town.boards(), county, words, titles);
    report::add_report_routes(api, town.reports(), county, words);
    report::add_flow_routes(api, town.flows(), county, words);
    journal::add_log_routes(api, county.database, county.keys.open_key());
    add_event_route(api, needs.events, county, town.matters().surroundings());
    add_operator_routes(api, county, {needs.finding.index(), needs.counters, needs.counts});
    // The document describes all the routes, so it is made last and then only handed out.
    const auto document = std::make_shared<const std::string>(api.openapi("Lianxin", LIANXIN_VERSION));
    api.raw(http::Method::get, "/api/v1/openapi.json",
            {.id = "openapi", .summary = "This document", .tag = "site", .hidden = true},
            [document](http::Request&) {
                http::Response response;
                response.shared_body = document;
                return response;
            });
}

}  // namespace lianxin
