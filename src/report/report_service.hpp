// report/report_service.hpp — the rates of a place and a period, the same for staff and public, and how long
// closed matters took. Asking twice within a minute is answered from memory: a public board must not make the
// database count again.
#pragma once

#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <tuple>

#include "county/county.hpp"
#include "place/place_service.hpp"
#include "rating/rating_store.hpp"
#include "report/counters_service.hpp"
#include "report/metrics.hpp"

namespace lianxin::report {

struct RatesReport {
    place::PathStep place;
    Day first, last;
    std::int64_t metrics_version = 0;
    std::int64_t minimum_sample = 0;
    std::vector<rating::Rate> rates;
    Times response_days, closing_days;
};

enum class ReportRefusal { place_not_found, period_reversed, period_too_long };
[[nodiscard]] std::string_view code_of(ReportRefusal refusal);

class ReportService {
 public:
    static constexpr int longest_period_days = 366 * 5;

    // `metrics_version` and `minimum_sample`: of the pack in force.
    ReportService(place::PlaceService& places, std::int64_t metrics_version, std::int64_t minimum_sample,
                  MetricWords words = {})
        : places_(places),
          metrics_version_(metrics_version),
          minimum_sample_(minimum_sample),
          words_(std::move(words)) {}

    // From now on figures are read from these counters; without, and when they are too far behind, matters
    // are counted. They outlive the service.
    void read_from(const Counters& counters) { counters_ = &counters; }

    // Without a place the root; without days the month so far. A household has no rates.
    [[nodiscard]] Result<RatesReport, ReportRefusal> rates(County& county, const access::ActingPerson& who,
                                                           std::optional<PlaceId> place,
                                                           std::optional<Day> first, std::optional<Day> last);
    // Every closed matter of the county: `lianxin report times`.
    [[nodiscard]] Times times(County& county) const;

 private:
    struct Counting {
        rating::Scope scope;
        Span span;
    };
    [[nodiscard]] bool read_counters(County& county, const Counting& asked, RatesReport& report) const;
    void count_matters(County& county, const Counting& asked, RatesReport& report) const;
    struct Kept {
        RatesReport report;
        Instant until;
    };
    using Question = std::tuple<PlaceId, Day, Day>;
    [[nodiscard]] std::optional<RatesReport> kept(const Question& question, Instant now);
    void keep(const Question& question, const RatesReport& report, Instant now);

    place::PlaceService& places_;
    std::int64_t metrics_version_;
    std::int64_t minimum_sample_;
    MetricWords words_;
    const Counters* counters_ = nullptr;
    std::mutex mutex_;
    std::map<Question, Kept> kept_;
};

}  // namespace lianxin::report
