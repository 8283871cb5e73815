#include "matter/matter_api_published.hpp"

#include "matter/matter_api_values.hpp"

namespace lianxin::matter::api {

namespace {

std::string title_of(const PublicLine& line, const std::string& workflow, const Wording& words) {
    if (line.what == applicant_shown) return words.of(workflow, "shown", "person");
    if (line.what == place_shown) return words.key("field.place");
    if (line.what == post_shown) return words.key("field.post");
    if (const auto summed = sum_shown(line.what))
        return words.fill("shown.sum", {{"title", words.of(workflow, "field", std::string(*summed))}});
    if (const auto ballot = ballot_shown(line.what))
        return words.of(workflow, "ballot", std::string(*ballot));
    return words.of(workflow, "field", line.what);
}

std::string value_of(const PublicLine& line, const ValueWords& values) {
    if (line.rule == nullptr && ballot_shown(line.what)) return values.ballot(line.value);
    if (line.rule != nullptr && sum_shown(line.what)) return values.sum(*line.rule, line.of, line.value);
    if (line.what == post_shown) return values.named(line.value);
    return values.of(line.rule, line.value);
}

}  // namespace

std::vector<Said> said_in(const PublicLines& lines, const std::string& workflow, const Wording& words) {
    return said_in(lines.lines, lines.names, workflow, words);
}

std::vector<Said> said_in(const std::vector<PublicLine>& lines, const Names& names,
                          const std::string& workflow, const Wording& words) {
    std::vector<Said> all;
    const ValueWords values(words, workflow, names);
    for (const PublicLine& line : lines) {
        Said said{&line, title_of(line, workflow, words), value_of(line, values), {}};
        if (said.shown.empty()) continue;
        said.as_text = values.pair(said.title, said.shown);
        all.push_back(std::move(said));
    }
    return all;
}

PublishedShape published_shape(const PublicMatter& matter, const Wording& words) {
    const PublicationRow& row = matter.row;
    const std::string& workflow = matter.rules->name;
    PublishedShape out{row.matter,
                       words.kind(workflow, row.subkind),
                       words.of(workflow, "state", row.state),
                       row.phase,
                       tone_in(*matter.rules, "", row.state),
                       {row.place, row.place_name},
                       row.received_at,
                       row.published_at,
                       row.closed_at,
                       {}};
    for (Said& said : said_in(matter.said, workflow, words))
        out.lines.push_back({said.line->what, std::move(said.title), std::move(said.shown)});
    return out;
}

void add_published(http::Api& api, County& county, const Workflows& workflows, const place::Titles& titles) {
    api.route<http::None, PublishedShape>(
        http::Method::get, "/api/v1/published/{id}",
        {.id = "published", .summary = "The public page of a matter", .tag = "notices", .refusals = {404}},
        [&county, &workflows, titles](http::Request& request,
                                      http::None) -> Result<http::Reply<PublishedShape>, http::Problem> {
            const auto id = http::path_id<MatterNoun>(request);
            if (!id) return fail(id.error());
            const auto found = county.database.read(
                [&](store::Transaction& tx) { return public_matter(tx, county, workflows, *id); });
            if (!found) return fail(http::problem(404, "not_found"));
            return http::Reply{published_shape(*found, Wording(titles, request.language))};
        });
}

}  // namespace lianxin::matter::api
