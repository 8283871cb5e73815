// receipt/receipt_api.hpp — GET /api/v1/matters/{id}/receipt: the file that `lianxin verify` checks offline,
// for whoever may read the matter. The secret is not in it; that was told once.
#pragma once

#include "http/api.hpp"
#include "matter/matter_service.hpp"
#include "receipt/receipt_service.hpp"

namespace lianxin::receipt {

void add_receipt_routes(http::Api& api, const ReceiptService& receipts, matter::MatterService& matters,
                        County& county);

}  // namespace lianxin::receipt
