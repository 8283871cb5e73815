// matter/matter_api.hpp — the routes of matters: take in, look, act, track by number, pictures, worklist,
// notices. Words for people come through Titles; what the floor above adds to an answer (the signed receipt)
// through Receipts.
#pragma once

#include <functional>
#include <string>

#include "county/county.hpp"
#include "http/api.hpp"
#include "matter/matter_service.hpp"
#include "place/place_api.hpp"

namespace lianxin::matter {

struct ReceiptText {
    std::string statement, signature, key, link;
};
using Receipts = std::function<ReceiptText(County&, const TakenIn&)>;

// POST GET /api/v1/matters, GET /matters/{id}, GET POST /matters/{id}/actions, POST /matters/{id}/votes,
// GET /track/{number}, POST /track/{number}/code, POST /track/{number}/open, POST /uploads, GET
// /attachments/{id}, GET /notices, GET /notices/{id}
void add_matter_routes(http::Api& api, County& county, MatterService& matters, place::Titles titles,
                       Receipts receipts);

}  // namespace lianxin::matter
