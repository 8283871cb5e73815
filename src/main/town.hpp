// main/town.hpp — the services of one county, bound to each other and to its pack. Built once per process;
// whoever runs the county (server, imports, the demo) takes them from here.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "board/board_service.hpp"
#include "identity/identity_service.hpp"
#include "matter/matter_service.hpp"
#include "pack/complaint_rules.hpp"
#include "pack/post_lists.hpp"
#include "pack/rules.hpp"
#include "pack/ways_in.hpp"
#include "party/contact_book_service.hpp"
#include "party/guide_service.hpp"
#include "party/opening_service.hpp"
#include "party/party_service.hpp"
#include "party/reseating_service.hpp"
#include "place/place_service.hpp"
#include "receipt/receipt_service.hpp"
#include "report/flow_service.hpp"
#include "report/report_service.hpp"

namespace lianxin {

class Town {
 public:
    // `county_name`: what the county signs under. Serves nothing yet: see settle().
    Town(const pack::Words& words, std::string county_name, std::string public_url);
    // Reads the pack's definitions, opens the county when it is empty, and takes up the workflows of today
    // and of matters under way. Throws Fault with the findings when the pack cannot be used.
    void settle(const pack::Pack& pack, County& county);

    // Rates, flows and boards are read from these counters from now on; after settle().
    void read_from(const report::Counters& counters);

    [[nodiscard]] matter::MatterService& matters() { return matters_; }
    [[nodiscard]] place::PlaceService& places() { return places_; }
    [[nodiscard]] party::PartyService& parties() { return parties_; }
    [[nodiscard]] identity::IdentityService& identity() { return identity_; }
    [[nodiscard]] board::BoardService& boards() { return boards_; }
    // What the pack's figures tell of; after settle(), for whoever keeps counters.
    [[nodiscard]] const report::MetricWords& metric_words() const { return metric_words_; }
    [[nodiscard]] const party::GuideService& guide() const { return guide_; }
    // Before settle(): without the pack's version of the metrics.
    [[nodiscard]] report::ReportService& reports() { return *reports_; }
    [[nodiscard]] report::FlowService& flows() { return flows_; }
    [[nodiscard]] receipt::ReceiptService& receipts() { return receipts_; }
    [[nodiscard]] party::OwnerCache& owners() { return owners_; }
    [[nodiscard]] party::ContactBook& contacts() { return contacts_; }
    [[nodiscard]] const pack::Words& words() const { return words_; }
    [[nodiscard]] const matter::Workflows& workflows() const { return workflows_; }
    [[nodiscard]] const pack::ComplaintRules& complaints() const { return complaints_; }
    [[nodiscard]] const std::vector<pack::PostLists>& post_lists() const { return post_lists_; }
    [[nodiscard]] const pack::WaysIn& ways_in() const { return ways_in_; }
    [[nodiscard]] const std::string& county_name() const { return county_name_; }
    [[nodiscard]] const std::string& public_url() const { return public_url_; }
    // What was opened by this start; nothing when the county was there before.
    [[nodiscard]] const std::optional<party::Opened>& opened() const { return opened_; }

 private:
    void open(County& county, const party::CountyPlan& plan);
    void take_up_workflows(const pack::Pack& pack, County& county, const party::CountyPlan& plan);
    [[nodiscard]] matter::Tables tables() const;

    const pack::Words& words_;
    std::string county_name_;
    std::string public_url_;
    std::optional<party::Opened> opened_;
    pack::DeadlineTable deadlines_;
    pack::ScopeTable scopes_;
    pack::ComplaintRules complaints_;
    pack::WaysIn ways_in_;
    std::vector<pack::PostLists> post_lists_;
    std::vector<pack::ServiceItem> services_;
    report::MetricWords metric_words_;
    place::PlaceLookup lookup_;
    party::Reseating reseating_;
    place::PlaceService places_{lookup_, reseating_};
    party::PartyService parties_;
    party::OwnerCache owners_;
    party::ContactBook contacts_;
    party::GuideService guide_{services_, owners_};
    identity::IdentityService identity_;
    matter::Workflows workflows_;
    matter::Serials serials_;
    matter::MatterService matters_;
    receipt::ReceiptService receipts_;
    std::unique_ptr<report::ReportService> reports_;
    report::FlowService flows_{places_, workflows_};
    board::BoardService boards_{places_, parties_, workflows_};
};

}  // namespace lianxin
