#include "matter/public_lines_service.hpp"

#include <algorithm>
#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/parse.hpp>

#include "matter/matter_store.hpp"
#include "matter/timeline_service.hpp"
#include "party/contact_service.hpp"
#include "party/party_store.hpp"
#include "place/place_store.hpp"

namespace lianxin::matter {

namespace {

using access::Relation;

// Whoever applied, or the holder of a post whom it concerns. Nobody else whom a matter answers is named.
std::string person_named(store::Transaction& tx, County& county, const MatterRow& row,
                         const Workflow& workflow) {
    const Relation whom = workflow.answer_to;
    if (whom != Relation::applicant && whom != Relation::party_to) return {};
    return name_of_answered(tx, county, row, whom);
}

// Where it lies; of a household the place it hangs from, so that no door can be told.
std::string place_of(store::Transaction& tx, const MatterRow& row, Day today) {
    const auto place = place::load_place(tx, row.place, today);
    if (!place || !place->household || !place->parent) return place ? place->name : std::string();
    const auto above = place::load_place(tx, *place->parent, today);
    return above ? above->name : std::string();
}

}  // namespace

void add_kept(PublicLines& said, const Workflow& workflow, const std::vector<std::string>& declared,
              const std::string& kept, const std::vector<std::string>& corrected) {
    boost::system::error_code error;
    const auto parsed = boost::json::parse(kept, error);
    const auto* shows = error ? nullptr : parsed.if_object();
    if (shows == nullptr) return;
    for (const std::string& what : declared) {
        const auto* value = shows->if_contains(what);
        if (value == nullptr) continue;
        const auto summed = sum_shown(what);
        const auto field = workflow.find_field(summed ? *summed : std::string_view(what));
        const FieldRule* rule = field ? &rule_at(workflow.fields, *field) : nullptr;
        if (rule != nullptr ? rule->personal : !ballot_shown(what)) continue;
        const bool put_right = std::find(corrected.begin(), corrected.end(), what) != corrected.end();
        const FieldRule* of = summed && rule->bound ? &rule_at(workflow.fields, rule->bound->field) : nullptr;
        said.lines.push_back({what, *value, rule, put_right, of});
    }
}

boost::json::object recorded(store::Transaction& tx, County& county, MatterId matter,
                             const Workflow& workflow, const std::vector<std::string>& declared,
                             std::optional<Instant> until) {
    boost::json::object out;
    for (const auto& sealed : journal::load_chain(tx, {"matter", matter.value()})) {
        const journal::Entry entry = journal::unseal(sealed, county.keys);
        if (until && entry.header.happened_at > *until) continue;
        for (const std::string& what : declared) {
            const auto field = workflow.find_field(what);
            if (!field || rule_at(workflow.fields, *field).personal) continue;
            const auto value = entry.field("f." + what);
            if (!value) continue;
            boost::system::error_code error;
            auto parsed = boost::json::parse({value->data(), value->size()}, error);
            if (!error) out[what] = std::move(parsed);
        }
    }
    return out;
}

void look_up(PublicLines& said, store::Transaction& tx, County& county, const MatterRow& row,
             const Workflow& workflow, const std::vector<std::string>& declared) {
    const auto is_declared = [&](std::string_view what) {
        return std::find(declared.begin(), declared.end(), what) != declared.end();
    };
    const auto add = [&](std::string_view what, const std::string& found) {
        if (!found.empty()) said.lines.push_back({std::string(what), boost::json::string(found)});
    };
    if (is_declared(applicant_shown)) add(applicant_shown, person_named(tx, county, row, workflow));
    if (is_declared(post_shown) && row.about_kind == "post") {
        boost::json::object post{{"posts", boost::json::array{PostId(row.about_id).text()}}};
        said.lines.push_back({std::string(post_shown), std::move(post)});
    }
    if (is_declared(place_shown)) add(place_shown, place_of(tx, row, county.zone.day_of(county.clock.now())));
}

void name_posts(PublicLines& said, store::Transaction& tx, Day today) {
    for (const PublicLine& line : said.lines) {
        const auto* value = line.value.if_object();
        const auto* posts = value == nullptr ? nullptr : value->if_contains("posts");
        const bool names_posts = line.rule != nullptr || line.what == post_shown;
        if (!names_posts || posts == nullptr || !posts->is_array()) continue;
        for (const auto& each : posts->get_array()) {
            const auto id =
                each.is_string() ? PostId::parse(std::string_view(each.get_string())) : std::nullopt;
            if (!id) continue;
            if (auto named = named_post(tx, *id, today)) said.names[id->text()] = std::move(*named);
        }
    }
}

std::string name_of_answered(store::Transaction& tx, County& county, const MatterRow& matter,
                             access::Relation whom) {
    if (matter.anonymous && whom != Relation::party_to) return {};
    std::optional<PartyId> answered;
    for (const InvolvedRow& involved : load_involved(tx, matter.id))
        if (involved.party && involved.role == access::name_of(whom)) answered = involved.party;
    const auto person = answered ? party::load_party(tx, *answered) : std::nullopt;
    if (person && !person->name.empty()) return person->name;
    std::string said;
    if (whom != Relation::party_to) {
        Heading heading;
        for (const auto& sealed : journal::load_chain(tx, {"matter", matter.id.value()}, 0, 1))
            heading.read(journal::unseal(sealed, county.keys));
        said = heading.value("reporter.name");
    }
    return said.empty() && answered ? party::opened_name(tx, county.keys, *answered) : said;
}

}  // namespace lianxin::matter
