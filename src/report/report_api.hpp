// report/report_api.hpp — GET /api/v1/rates: the same figures for whoever asks.
#pragma once

#include "http/api.hpp"
#include "pack/words.hpp"
#include "report/report_service.hpp"

namespace lianxin::report {

void add_report_routes(http::Api& api, ReportService& reports, County& county, const pack::Words& words);

}  // namespace lianxin::report
