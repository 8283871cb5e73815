#include "tests/scenarios/figures_check.hpp"

#include <gtest/gtest.h>

#include <set>
#include <string>
#include <tuple>
#include <utility>

namespace lianxin::scenarios {
namespace {

using access::ActingPerson;

struct Days {
    Day first, last;
};

// Where something lies below, and one place where nothing does: the others would say the same of nothing.
std::vector<PlaceId> places_of(County& county) {
    const std::string with_matters =
        "place in (select l1 from part union select l2 from part union select l3 from part union select l4 "
        "from part union select l5 from part)";
    const std::string from =
        "select place from place_span where household = 0 and until_day = '9999-12-31' and ";
    return county.database.read([&](store::Transaction& tx) {
        std::vector<PlaceId> places;
        for (const store::Row row : tx.query(from + with_matters)) places.push_back(row.get<PlaceId>(0));
        for (const store::Row row : tx.query(from + "not " + with_matters + " order by place limit 1"))
            places.push_back(row.get<PlaceId>(0));
        return places;
    });
}

// Those that have matters, and one that has none.
std::vector<matter::WorkflowPtr> workflows_of(County& county, Town& town) {
    const auto used = county.database.read([](store::Transaction& tx) {
        std::set<std::string> names;
        for (const store::Row row : tx.query("select distinct workflow from matter"))
            names.insert(row.get<std::string>(0));
        return names;
    });
    std::vector<matter::WorkflowPtr> kept;
    bool idle = false;
    for (const auto& workflow : town.workflows().all_current()) {
        if (!used.contains(workflow->name) && std::exchange(idle, true)) continue;
        kept.push_back(workflow);
    }
    return kept;
}

auto told(const board::Line& line) {
    return std::tuple(line.workflow, line.subkind, line.category, line.state, line.place, line.received_at,
                      line.closed_at, line.due);
}

void expect_same_board(County& county, board::BoardService& counted, board::BoardService& read,
                       PlaceId place) {
    const auto a = counted.board(county, ActingPerson::engine(), place);
    const auto b = read.board(county, ActingPerson::engine(), place);
    ASSERT_TRUE(a && b);
    EXPECT_EQ(a->counts, b->counts);
    const auto expect_lines = [](const std::vector<board::Line>& first,
                                 const std::vector<board::Line>& second) {
        ASSERT_EQ(first.size(), second.size());
        for (std::size_t i = 0; i < first.size(); ++i) EXPECT_EQ(told(first[i]), told(second[i]));
    };
    expect_lines(a->lately, b->lately);
    expect_lines(a->explained, b->explained);
}

void expect_same_rates(County& county, report::ReportService& counted, report::ReportService& read,
                       PlaceId place, const Days& days) {
    const auto a = counted.rates(county, ActingPerson::engine(), place, days.first, days.last);
    const auto b = read.rates(county, ActingPerson::engine(), place, days.first, days.last);
    ASSERT_TRUE(a && b);
    for (std::size_t i = 0; i < a->rates.size(); ++i)
        EXPECT_EQ(a->rates[i], b->rates.at(i)) << a->rates[i].metric;
    EXPECT_EQ(a->closing_days, b->closing_days);
    EXPECT_EQ(a->response_days, b->response_days);
}

void expect_same_flow(County& county, report::FlowService& counted, report::FlowService& read,
                      const matter::Workflow& workflow, PlaceId place, const Days& days) {
    const report::FlowAsked asked{place, days.first, days.last};
    const auto a = counted.flow(county, ActingPerson::engine(), workflow.name, "", asked);
    const auto b = read.flow(county, ActingPerson::engine(), workflow.name, "", asked);
    ASSERT_TRUE(a && b);
    EXPECT_EQ(a->version.open, b->version.open);
    EXPECT_EQ(a->versions.size(), b->versions.size());
    for (const matter::Machine& machine : workflow.machines) {
        for (const matter::StateRule& state : machine.states) {
            const auto of = [&](const report::Flow& flow) {
                const auto at = flow.find({machine.name, state.name});
                return at == flow.end() ? report::StateFlow{} : at->second;
            };
            EXPECT_EQ(of(a->flow), of(b->flow)) << workflow.name << " " << machine.name << " " << state.name;
        }
    }
}

}  // namespace

void expect_same_figures(County& county, Town& town, const report::Counters& counters) {
    report::ReportService rates_counted(town.places(), 1, 10, town.metric_words());
    report::ReportService rates_read(town.places(), 1, 10, town.metric_words());
    report::FlowService flows_counted(town.places(), town.workflows());
    report::FlowService flows_read(town.places(), town.workflows());
    board::BoardService boards_counted(town.places(), town.parties(), town.workflows());
    board::BoardService boards_read(town.places(), town.parties(), town.workflows());
    rates_read.read_from(counters);
    flows_read.read_from(counters);
    boards_read.read_from(counters);
    const Day today = county.zone.day_of(county.clock.now());
    const Days months{today + -400, today + 3};
    const Days latest{today + -9, today};
    const auto workflows = workflows_of(county, town);
    for (const PlaceId place : places_of(county)) {
        SCOPED_TRACE("place " + place.text());
        expect_same_board(county, boards_counted, boards_read, place);
        for (const Days& days : {months, latest}) {
            expect_same_rates(county, rates_counted, rates_read, place, days);
            for (const auto& workflow : workflows)
                expect_same_flow(county, flows_counted, flows_read, *workflow, place, days);
        }
        if (testing::Test::HasFailure()) return;
    }
}

}  // namespace lianxin::scenarios
