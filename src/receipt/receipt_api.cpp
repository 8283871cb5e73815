#include "receipt/receipt_api.hpp"

#include "base/public_number.hpp"

namespace lianxin::receipt {
namespace {

bool may_have(matter::MatterService& matters, County& county, const access::ActingPerson& who,
              MatterId matter) {
    return who.receipt_matter == matter || matters.view(county, who, matter).has_value();
}

http::Response file_response(std::string number, std::string file) {
    http::Response response;
    response.content_type = "text/plain; charset=utf-8";
    response.headers.emplace_back("Content-Disposition",
                                  "attachment; filename=\"lianxin-" + std::move(number) + ".txt\"");
    response.headers.emplace_back("Cache-Control", "private, no-cache");  // the proof comes later
    response.body = std::move(file);
    return response;
}

// Whoever holds the receipt sends "NUMBER.SECRET" in a header, as everywhere: no address, log or cache may
// hold the secret. The filter has proved it.
std::optional<std::string> proved_secret(const http::Request& request) {
    const auto given = request.header("lianxin-receipt");
    if (!given || !http::context<access::ActingPerson>(request).receipt_matter) return {};
    const auto named = PublicNumber::parse(request.param("number"));
    const std::size_t dot = given->find('.');
    const auto proved = PublicNumber::parse(std::string_view(*given).substr(0, dot));
    if (!named || !proved || named->text() != proved->text()) return {};
    return given->substr(dot + 1);
}

http::Response picture_of(const std::string& link) {
    http::Response response;
    response.content_type = "image/svg+xml";
    response.headers.emplace_back("Cache-Control", "private, no-store");
    response.body = qr_svg(link);
    return response;
}

}  // namespace

void add_receipt_routes(http::Api& api, const ReceiptService& receipts, matter::MatterService& matters,
                        County& county) {
    api.raw(http::Method::get, "/api/v1/matters/{id}/receipt",
            {.id = "receipt_file",
             .summary = "The signed receipt, with the proof that the county log holds it once it does",
             .tag = "matters",
             .gives = "text/plain",
             .refusals = {404}},
            [&](http::Request& request) {
                const auto id = http::path_id<MatterNoun>(request);
                const auto& who = http::context<access::ActingPerson>(request);
                if (!id || !may_have(matters, county, who, *id))
                    return http::respond(http::problem(404, "not_found"));
                const auto file = receipts.file(county, *id);
                if (!file) return http::respond(http::problem(404, "not_found"));
                const auto receipt = parse_receipt(*file);
                require(receipt.has_value(), "a receipt just made can be read");
                return file_response(receipt->statement.number, *file);
            });
    api.raw(http::Method::get, "/api/v1/track/{number}/qr.svg",
            {.id = "receipt_qr",
             .summary = "The receipt's link as a QR code, for whoever holds the receipt",
             .tag = "matters",
             .gives = "image/svg+xml",
             .refusals = {404}},
            [&](http::Request& request) {
                const auto secret = proved_secret(request);
                if (!secret) return http::respond(http::problem(404, "not_found"));
                return picture_of(receipts.link(request.param("number"), *secret));
            });
}

}  // namespace lianxin::receipt
