// receipt/receipt_api.hpp — GET /api/v1/matters/{id}/receipt: the file that `lianxin verify` checks offline,
// for whoever may read the matter. The secret is not in it; that was told once. GET
// /api/v1/track/{number}/qr.svg: the link with the secret as a picture, drawn when somebody looks at it.
#pragma once

#include "http/api.hpp"
#include "matter/matter_service.hpp"
#include "receipt/receipt_service.hpp"

namespace lianxin::receipt {

void add_receipt_routes(http::Api& api, const ReceiptService& receipts, matter::MatterService& matters,
                        County& county);

}  // namespace lianxin::receipt
