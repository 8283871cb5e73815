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

std::string applicant_of(store::Transaction& tx, County& county, const MatterRow& row,
                         const Workflow& workflow) {
    if (workflow.answer_to != Relation::applicant || row.anonymous) return {};
    std::optional<PartyId> applicant;
    for (const InvolvedRow& involved : load_involved(tx, row.id))
        if (involved.party && involved.role == access::name_of(Relation::applicant))
            applicant = involved.party;
    const auto person = applicant ? party::load_party(tx, *applicant) : std::nullopt;
    if (person && !person->name.empty()) return person->name;
    Heading heading;
    for (const auto& sealed : journal::load_chain(tx, {"matter", row.id.value()}, 0, 1))
        heading.read(journal::unseal(sealed, county.keys));
    auto said = heading.value("reporter.name");
    return said.empty() && applicant ? party::opened_name(tx, county.keys, *applicant) : said;
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
        const auto field = workflow.find_field(what);
        const FieldRule* of = field ? &rule_at(workflow.fields, *field) : nullptr;
        if (of != nullptr ? of->personal : !ballot_shown(what)) continue;
        said.lines.push_back(
            {what, *value, of, std::find(corrected.begin(), corrected.end(), what) != corrected.end()});
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
    const auto add = [&](std::string_view what, const std::string& found) {
        if (std::find(declared.begin(), declared.end(), what) != declared.end() && !found.empty())
            said.lines.push_back({std::string(what), boost::json::string(found), nullptr, false});
    };
    add(applicant_shown, applicant_of(tx, county, row, workflow));
    add(place_shown, place_of(tx, row, county.zone.day_of(county.clock.now())));
}

void name_posts(PublicLines& said, store::Transaction& tx, Day today) {
    for (const PublicLine& line : said.lines) {
        const auto* value = line.value.if_object();
        const auto* posts = value == nullptr ? nullptr : value->if_contains("posts");
        if (line.rule == nullptr || posts == nullptr || !posts->is_array()) continue;
        for (const auto& each : posts->get_array()) {
            const auto id =
                each.is_string() ? PostId::parse(std::string_view(each.get_string())) : std::nullopt;
            if (!id) continue;
            if (auto named = named_post(tx, *id, today)) said.names[id->text()] = std::move(*named);
        }
    }
}

}  // namespace lianxin::matter
