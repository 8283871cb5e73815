#include "receipt/certificate_api.hpp"

#include <boost/describe/class.hpp>

#include "base/public_number.hpp"
#include "matter/certificate_service.hpp"
#include "matter/matter_api_published.hpp"

namespace lianxin::receipt {

namespace {

using matter::Certificate;
using matter::api::Wording;

struct CertificateShape {
    MatterId id;
    std::string number, kind_title, title, person, text;
    std::vector<matter::api::PublicLineShape> lines;
    std::string by;
    Day on;
    bool holds = true;
    std::optional<Day> ended_on;  // since that day it holds no more
    std::string link;
};
BOOST_DESCRIBE_STRUCT(CertificateShape, (),
                      (id, number, kind_title, title, person, text, lines, by, on, holds, ended_on, link))

std::vector<matter::api::PublicLineShape> lines_of(const Certificate& certificate, const Wording& words) {
    std::vector<matter::api::PublicLineShape> lines;
    if (!certificate.post.empty())
        lines.push_back(
            {std::string(matter::post_shown), words.key("field.post"), words.post(certificate.post)});
    for (auto& said : matter::api::said_in(certificate.said, certificate.rules->name, words))
        lines.push_back({said.line->what, std::move(said.title), std::move(said.shown)});
    return lines;
}

// The post that decided it; what follows by itself is the county's.
std::string by_of(const Certificate& certificate, const std::string& county, const Wording& words) {
    if (certificate.by_post.empty()) return county;
    std::string post = words.post(certificate.by_post);
    if (certificate.by_person.empty()) return post;
    return words.fill("shown.signed", {{"name", certificate.by_person}, {"post", post}});
}

CertificateShape shape_of(const Certificate& certificate, const ReceiptService& receipts,
                          const County& county, const Wording& words) {
    const std::string& kind = certificate.rules->name;
    CertificateShape out{certificate.matter,
                         certificate.number,
                         words.kind(kind, certificate.subkind),
                         words.of(kind, "certificate", "title"),
                         certificate.person,
                         words.fill("workflow." + kind + ".certificate.body",
                                    {{"name", certificate.person}, {"post", words.post(certificate.post)}}),
                         lines_of(certificate, words),
                         by_of(certificate, receipts.county_name(), words),
                         county.zone.day_of(certificate.conferred_at),
                         !certificate.ended_on,
                         certificate.ended_on,
                         receipts.certificate_link(certificate.number)};
    return out;
}

std::string file_of(const Certificate& certificate, const ReceiptService& receipts, County& county,
                    const Wording& words) {
    const CertificateShape shape = shape_of(certificate, receipts, county, words);
    Conferral conferral;
    conferral.county = receipts.county_name();
    conferral.number = shape.number;
    conferral.kind = certificate.rules->name + "/" + certificate.subkind;
    conferral.title = on_one_line(shape.title);
    conferral.person = on_one_line(shape.person);
    conferral.text = on_one_line(shape.text);
    for (const auto& line : shape.lines)
        conferral.says.push_back(on_one_line(line.title + ": " + line.shown));
    conferral.by = on_one_line(shape.by);
    conferral.on = shape.on;
    conferral.entry = certificate.entry;
    return receipts.file(county, conferral);
}

std::optional<Certificate> numbered(matter::MatterService& matters, County& county,
                                    const http::Request& request) {
    return matter::certificate_numbered(county, matters.surroundings().workflows, request.param("number"));
}

std::optional<Certificate> of_matter(matter::MatterService& matters, County& county,
                                     const http::Request& request) {
    const auto id = http::path_id<MatterNoun>(request);
    const auto& who = http::context<access::ActingPerson>(request);
    if (!id || (who.receipt_matter != *id && !matters.view(county, who, *id))) return {};
    return county.database.read([&](store::Transaction& tx) {
        return matter::certificate_of(tx, county, matters.surroundings().workflows, *id);
    });
}

http::Response file_response(const std::string& number, std::string file) {
    http::Response response;
    response.content_type = "text/plain; charset=utf-8";
    response.headers.emplace_back("Content-Disposition",
                                  "attachment; filename=\"lianxin-certificate-" + number + ".txt\"");
    response.headers.emplace_back("Cache-Control", "private, no-cache");  // the proof comes later
    response.body = std::move(file);
    return response;
}

http::Response picture_of(const std::string& link) {
    http::Response response;
    response.content_type = "image/svg+xml";
    response.headers.emplace_back("Cache-Control", "public, max-age=3600");
    response.body = qr_svg(link);
    return response;
}

}  // namespace

void add_certificate_routes(http::Api& api, const ReceiptService& receipts, matter::MatterService& matters,
                            County& county, const place::Titles& titles) {
    api.route<http::None, CertificateShape>(
        http::Method::get, "/api/v1/certificates/{number}",
        {.id = "certificate",
         .summary = "What was conferred under that number, and whether it still holds",
         .tag = "notices",
         .refusals = {404}},
        [&, titles](http::Request& request,
                    http::None) -> Result<http::Reply<CertificateShape>, http::Problem> {
            const auto found = numbered(matters, county, request);
            if (!found) return fail(http::problem(404, "not_found"));
            return http::Reply{shape_of(*found, receipts, county, Wording(titles, request.language))};
        });
    api.raw(http::Method::get, "/api/v1/certificates/{number}/qr.svg",
            {.id = "certificate_qr",
             .summary = "Where that is read, as a QR code",
             .tag = "notices",
             .gives = "image/svg+xml",
             .refusals = {404}},
            [&](http::Request& request) {
                const auto found = numbered(matters, county, request);
                if (!found) return http::respond(http::problem(404, "not_found"));
                return picture_of(receipts.certificate_link(found->number));
            });
    api.raw(http::Method::get, "/api/v1/matters/{id}/certificate",
            {.id = "certificate_file",
             .summary = "The signed certificate, with the proof that the county log holds it once it does",
             .tag = "matters",
             .gives = "text/plain",
             .refusals = {404}},
            [&, titles](http::Request& request) {
                const auto found = of_matter(matters, county, request);
                if (!found) return http::respond(http::problem(404, "not_found"));
                return file_response(found->number,
                                     file_of(*found, receipts, county, Wording(titles, request.language)));
            });
}

}  // namespace lianxin::receipt
