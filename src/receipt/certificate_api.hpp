// receipt/certificate_api.hpp — GET /api/v1/certificates/{number}: what was conferred under that number and
// whether it still holds, for everybody who was shown it; its QR code leads there. GET
// /api/v1/matters/{id}/certificate: the signed file that `lianxin verify` checks offline, for whoever may
// read the matter.
#pragma once

#include "http/api.hpp"
#include "matter/matter_service.hpp"
#include "place/place_api.hpp"
#include "receipt/receipt_service.hpp"

namespace lianxin::receipt {

void add_certificate_routes(http::Api& api, const ReceiptService& receipts, matter::MatterService& matters,
                            County& county, const place::Titles& titles);

}  // namespace lianxin::receipt
