#include "report/report_api.hpp"

namespace lianxin::report {

struct RatesQuery {
    std::optional<PlaceId> place;
    std::optional<Day> from, to;  // both days count; without them the month so far
};
BOOST_DESCRIBE_STRUCT(RatesQuery, (), (place, from, to))
struct RatesPlaceJson {
    PlaceId id;
    std::string name;
};
BOOST_DESCRIBE_STRUCT(RatesPlaceJson, (), (id, name))
struct LeftOutJson {
    std::string reason, title;
    std::int64_t count = 0;
};
BOOST_DESCRIBE_STRUCT(LeftOutJson, (), (reason, title, count))
struct ApartJson {
    std::string name, title;
    std::int64_t numerator = 0, denominator = 0;
};
BOOST_DESCRIBE_STRUCT(ApartJson, (), (name, title, numerator, denominator))
struct RateJson {
    std::string name, title;
    std::optional<std::string> note;  // what has to be known to read it beside the others
    std::int64_t numerator = 0, denominator = 0;
    std::optional<std::string> value;  // "94.3" percent; nothing when the denominator is 0 or it is no share
    std::optional<double> low, high;   // of the 95 % Wilson interval, 0 … 1
    bool small_sample = false;
    std::int64_t left_out = 0;
    std::string left_out_why;  // titles of the reasons with their counts
    std::vector<LeftOutJson> left_out_by_reason;
    std::vector<ApartJson> apart;
};
BOOST_DESCRIBE_STRUCT(RateJson, (),
                      (name, title, note, numerator, denominator, value, low, high, small_sample, left_out,
                       left_out_why, left_out_by_reason, apart))
struct DaysJson {
    std::int64_t n = 0;
    std::optional<std::int64_t> working_median, working_p90, working_max, calendar_median, calendar_p90,
        calendar_max;
};
BOOST_DESCRIBE_STRUCT(DaysJson, (),
                      (n, working_median, working_p90, working_max, calendar_median, calendar_p90,
                       calendar_max))
struct RatesJson {
    RatesPlaceJson place;
    Day from, to;
    std::string version;  // of the definitions
    std::int64_t minimum_sample = 0;
    std::vector<RateJson> metrics;
    DaysJson response_days, closing_days;
};
BOOST_DESCRIBE_STRUCT(RatesJson, (),
                      (place, from, to, version, minimum_sample, metrics, response_days, closing_days))

namespace {

RateJson rate_json(const rating::Rate& rate, std::int64_t minimum, const pack::Words& words,
                   const std::string& language) {
    RateJson json;
    json.name = rate.metric;
    json.title = words.get(language, "metric." + rate.metric);
    if (const std::string note = "metric_note." + rate.metric; words.has(note))
        json.note = words.get(language, note);
    json.numerator = rate.numerator;
    json.denominator = rate.denominator;
    json.small_sample = rating::is_small_sample(rate, minimum);
    if (rate.is_share) {
        json.value = rating::percent_text(rate.numerator, rate.denominator);
        if (const auto interval = rating::wilson(rate.numerator, rate.denominator)) {
            json.low = interval->low;
            json.high = interval->high;
        }
    }
    json.left_out = rating::left_out_of(rate);
    for (const rating::LeftOut& left : rate.left_out) {
        std::string title = words.get(language, "left_out." + left.reason);
        json.left_out_why +=
            (json.left_out_why.empty() ? "" : " · ") + title + " " + std::to_string(left.count);
        json.left_out_by_reason.push_back({left.reason, std::move(title), left.count});
    }
    for (const rating::Apart& part : rate.apart) {
        json.apart.push_back(
            {part.name, words.get(language, "shown_apart." + part.name), part.numerator, part.denominator});
    }
    return json;
}

DaysJson days_json(const Times& times) {
    return {times.n,
            times.working_days.median,
            times.working_days.p90,
            times.working_days.max,
            times.calendar_days.median,
            times.calendar_days.p90,
            times.calendar_days.max};
}

RatesJson rates_json(const RatesReport& report, const pack::Words& words, const std::string& language) {
    RatesJson json{{report.place.id, report.place.name},
                   report.first,
                   report.last,
                   std::to_string(report.metrics_version),
                   report.minimum_sample,
                   {},
                   days_json(report.response_days),
                   days_json(report.closing_days)};
    for (const rating::Rate& rate : report.rates) {
        json.metrics.push_back(rate_json(rate, report.minimum_sample, words, language));
    }
    return json;
}

}  // namespace

void add_report_routes(http::Api& api, ReportService& reports, County& county, const pack::Words& words) {
    api.route<RatesQuery, RatesJson>(
        http::Method::get, "/api/v1/rates",
        {.id = "rates",
         .summary = "The rates of a place and a period, each with what it was counted from",
         .tag = "reports",
         .refusals = {404, 422}},
        [&](http::Request& request, RatesQuery query) -> Result<http::Reply<RatesJson>, http::Problem> {
            const auto report = reports.rates(county, http::context<access::ActingPerson>(request),
                                              query.place, query.from, query.to);
            if (!report) {
                const int status = report.error() == ReportRefusal::place_not_found ? 404 : 422;
                return fail(http::problem(status, std::string(code_of(report.error()))));
            }
            return http::Reply{rates_json(*report, words, request.language)};
        });
}

}  // namespace lianxin::report
