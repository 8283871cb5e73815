#include "main/town.hpp"

#include <algorithm>

#include "main/exit_code.hpp"
#include "matter/workflow_pack.hpp"
#include "matter/workflow_store.hpp"

namespace lianxin {
namespace {

void refuse_errors(const pack::Findings& findings) {
    if (findings.has_errors()) {
        throw Ending(ExitCode::refused, "The pack cannot be used; `lianxin pack check` says the same:\n" +
                                            findings.sorted().text());
    }
}

std::vector<report::KindOfMatter> kinds_of(const pack::MetricDefinitions& metrics, std::string_view metric) {
    std::vector<report::KindOfMatter> kinds;
    const auto* definition = metrics.find(metric);
    if (definition == nullptr) return kinds;
    for (const auto& kind : definition->of) {
        const auto slash = kind.text.find('/');
        kinds.push_back({kind.text.substr(0, slash),
                         slash == std::string::npos ? std::string() : kind.text.substr(slash + 1)});
    }
    return kinds;
}

report::MetricWords words_of(const pack::MetricDefinitions& metrics, const place::Kinds& places) {
    report::MetricWords words;
    words.disputes = kinds_of(metrics, "settlement_rate");
    words.petitions = kinds_of(metrics, "no_higher_petition");
    const auto* carried = metrics.find("no_higher_petition");
    if (const auto* kind = carried == nullptr ? nullptr : places.find(carried->places))
        words.petition_level = kind->level;
    return words;
}

}  // namespace

Town::Town(const pack::Words& words, std::string county_name, std::string public_url)
    : words_(words),
      county_name_(std::move(county_name)),
      public_url_(std::move(public_url)),
      matters_(matter::Surroundings{workflows_, lookup_, owners_, contacts_, serials_, tables()}),
      receipts_(county_name_, public_url_),
      reports_(std::make_unique<report::ReportService>(places_, 0, 0)) {}

void Town::settle(const pack::Pack& pack, County& county) {
    pack::Findings findings;
    deadlines_ = pack::DeadlineTable::read(pack, findings);
    scopes_ = pack::ScopeTable::read(pack, findings);
    complaints_ = pack::ComplaintRules::read(pack, findings);
    ways_in_ = pack::read_ways_in(pack, words_, findings);
    post_lists_ = pack::read_post_lists(pack, words_, findings);
    services_ = pack::read_services(pack, words_, findings);
    const auto metrics = pack::read_metrics(pack, words_, findings);
    const auto plan = party::read_county_plan(pack, words_, findings);
    refuse_errors(findings);
    metric_words_ = words_of(metrics, plan.places.kinds);
    reports_ = std::make_unique<report::ReportService>(places_, metrics.version,
                                                       pack.manifest().minimum_sample, metric_words_);
    open(county, plan);
    take_up_workflows(pack, county, plan);
}

void Town::read_from(const report::Counters& counters) {
    reports_->read_from(counters);
    flows_.read_from(counters);
    boards_.read_from(counters);
}

void Town::open(County& county, const party::CountyPlan& plan) {
    if (party::is_open(county)) return;
    const auto opened = party::open_county(county, plan, county.zone.day_of(county.clock.now()));
    if (opened) {
        opened_ = *opened;
        return;
    }
    if (opened.error() == party::OpeningRefusal::bounds_cannot_be_met) {
        throw Fault(
            "The pack asks for liaison that cannot be: there are more or fewer households than its bounds "
            "allow.");
    }
}

void Town::take_up_workflows(const pack::Pack& pack, County& county, const party::CountyPlan& plan) {
    pack::Findings findings;
    const auto today = matter::read_workflows(pack, plan.places, plan.posts, findings);
    refuse_errors(findings);
    const auto stored = county.database.write([&](store::Transaction& tx) {
        for (const auto& workflow : today) matter::save_workflow(tx, *workflow, county.clock.now());
        return matter::load_workflows(tx);
    });
    for (const auto& older : stored) {
        workflows_.remember(std::make_shared<const matter::Workflow>(matter::reread_workflow(older.body)));
    }
    for (const auto& workflow : today) workflows_.publish(workflow);
}

matter::Tables Town::tables() const {
    matter::Tables tables;
    tables.limit = [this](std::string_view clock, std::string_view subkind,
                          std::string_view urgency) -> std::optional<calendar::Period> {
        const auto* cell = deadlines_.find(clock, subkind, urgency);
        if (cell == nullptr) return {};
        return cell->period;
    };
    tables.service = [this](std::string_view name) -> const pack::ServiceItem* {
        const auto found = std::find_if(services_.begin(), services_.end(),
                                        [&](const auto& service) { return service.name == name; });
        return found == services_.end() ? nullptr : &*found;
    };
    tables.service_of = [this](std::string_view category) -> const pack::ServiceItem* {
        const pack::ServiceItem* only = nullptr;
        for (const auto& service : services_) {
            if (service.category.empty() || service.category != category) continue;
            if (only != nullptr) return nullptr;
            only = &service;
        }
        return only;
    };
    tables.heard_outside = [this](std::string_view seat) { return complaints_.heard_outside(seat); };
    tables.channel_of = [this](std::string_view post_kind) {
        const auto way = ways_in_.find(post_kind);
        return way == ways_in_.end() ? std::string() : way->second;
    };
    tables.in_scope = [this](std::string_view post_kind, std::string_view category) {
        return scopes_.covers(post_kind, category);
    };
    return tables;
}

}  // namespace lianxin
