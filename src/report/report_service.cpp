#include "report/report_service.hpp"

#include "calendar/deadline.hpp"
#include "report/figures_service.hpp"
#include "report/report_store.hpp"

namespace lianxin::report {
namespace {

constexpr std::chrono::seconds kept_for{60};
constexpr std::size_t most_kept = 256;

std::vector<DaysTaken> days_of(const County& county, const std::vector<Lifetime>& lifetimes) {
    std::vector<DaysTaken> taken;
    taken.reserve(lifetimes.size());
    for (const Lifetime& life : lifetimes) {
        taken.push_back(
            {calendar::working_days_between(county.calendar, county.zone, life.received_at, life.at),
             calendar::calendar_days_between(county.zone, life.received_at, life.at)});
    }
    return taken;
}

}  // namespace

std::string_view code_of(ReportRefusal refusal) {
    switch (refusal) {
        case ReportRefusal::place_not_found:
            return "not_found";
        case ReportRefusal::period_reversed:
            return "period_reversed";
        case ReportRefusal::period_too_long:
            return "period_too_long";
    }
    throw Bug("every refusal of a report has a code");
}

Result<RatesReport, ReportRefusal> ReportService::rates(County& county, const access::ActingPerson& who,
                                                        std::optional<PlaceId> place,
                                                        std::optional<Day> first, std::optional<Day> last) {
    std::optional<place::PlaceView> view;
    if (place) {
        view = places_.place(county, who, *place);
    } else if (auto roots = places_.children(county, who, std::nullopt, PlaceId(), 1);
               roots && !roots->empty()) {
        view = roots->front();
    }
    if (!view || view->place.household) return fail(ReportRefusal::place_not_found);

    const Instant now = county.clock.now();
    const Day today = county.zone.day_of(now);
    const Day to = last.value_or(today);
    const Day from = first.value_or(Day::of(to.year(), to.month(), 1));
    const std::optional<Span> span = span_of(county.zone, from, to, now);
    if (!span) return fail(ReportRefusal::period_reversed);
    if (to - from >= longest_period_days) return fail(ReportRefusal::period_too_long);

    const Question question{view->place.id, from, to};
    if (auto known = kept(question, now)) return *std::move(known);
    RatesReport report{{view->place.id, view->place.name, view->place.kind},
                       from,
                       to,
                       metrics_version_,
                       minimum_sample_,
                       {},
                       {},
                       {}};
    const Counting asked{{view->place.id, view->place.level}, *span};
    if (!read_counters(county, asked, report)) count_matters(county, asked, report);
    keep(question, report, now);
    return report;
}

bool ReportService::read_counters(County& county, const Counting& asked, RatesReport& report) const {
    if (counters_ == nullptr) return false;
    const Below below = below_of(asked.scope);
    return counters_->look(county, [&](const Figures& figures) {
        report.rates = rates_of(count(figures, asked.scope, asked.span, county.zone, counters_->words()));
        const auto taken = [&](Metric metric) {
            return times_of(days_taken(figures, below, metric, asked.span, county.zone, county.calendar));
        };
        report.closing_days = taken(Metric::closed);
        report.response_days = taken(Metric::contacted);
    });
}

void ReportService::count_matters(County& county, const Counting& asked, RatesReport& report) const {
    std::vector<Lifetime> closed;
    std::vector<Lifetime> contacted;
    county.database.read([&](store::Transaction& tx) {
        report.rates = rates_of(count(tx, asked.scope, asked.span, words_));
        closed = closings(tx, asked.scope, asked.span);
        contacted = contacts(tx, asked.scope, asked.span);
    });
    report.closing_days = times_of(days_of(county, closed));
    report.response_days = times_of(days_of(county, contacted));
}

Times ReportService::times(County& county) const {
    return times_of(
        days_of(county, county.database.read([](store::Transaction& tx) { return all_closings(tx); })));
}

std::optional<RatesReport> ReportService::kept(const Question& question, Instant now) {
    const std::scoped_lock lock(mutex_);
    const auto found = kept_.find(question);
    if (found == kept_.end() || found->second.until <= now) return {};
    return found->second.report;
}

void ReportService::keep(const Question& question, const RatesReport& report, Instant now) {
    const std::scoped_lock lock(mutex_);
    std::erase_if(kept_, [now](const auto& entry) { return entry.second.until <= now; });
    if (kept_.size() < most_kept) kept_.insert_or_assign(question, Kept{report, now + kept_for});
}

}  // namespace lianxin::report
