// What everybody may read of a matter: on a notice, and on the page of one that is published. Nothing
// personal is kept in either; who applied, and where, is looked up when a notice is read.
#include <algorithm>
#include <boost/json/object.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

#include "matter/form_service.hpp"
#include "matter/planner_service.hpp"
#include "matter/public_lines_service.hpp"
#include "matter/publication_store.hpp"
#include "matter/state_rows.hpp"
#include "notice/notice_store.hpp"

namespace lianxin::matter {

namespace json = boost::json;

namespace {

json::object result_of(const BallotFact& ballot) {
    return {{"outcome", name_of(*ballot.outcome)},
            {"electorate", ballot.count.electorate},
            {"present", ballot.count.present},
            {"yes", ballot.count.yes},
            {"no", ballot.count.no}};
}

std::optional<json::object> parsed_object(const std::string& text) {
    boost::system::error_code error;
    auto value = json::parse(text, error);
    if (error || !value.is_object()) return {};
    return std::move(value.as_object());
}

}  // namespace

std::optional<FieldIndex> Planner::public_field(const Standing& matter, const std::string& what) {
    const auto field = matter.workflow->find_field(what);
    if (field && rule_at(matter.workflow->fields, *field).personal) return {};
    return field;
}

// What is filled in just now, and results of ballots.
json::object Planner::said_now(const Standing& matter, const std::vector<std::string>& declared,
                               const Form& form) {
    json::object out;
    for (const std::string& what : declared) {
        if (const auto named = ballot_shown(what)) {
            for (const BallotFact& ballot : matter.ballots)
                if (ballot.outcome && rule_at(matter.workflow->ballots, ballot.ballot).name == *named)
                    out[what] = result_of(ballot);
            continue;
        }
        const auto field = public_field(matter, what);
        if (const auto* filled = field ? form.find(*field) : nullptr)
            out[what] = value_json(rule_at(matter.workflow->fields, *field), *filled);
    }
    return out;
}

// For the first time: what is filled in with it, else what the record says.
std::string Planner::shown(const Standing& matter, const std::vector<std::string>& declared,
                           const Form& form) {
    json::object out = said_now(matter, declared, form);
    std::vector<std::string> missing;
    for (const std::string& what : declared)
        if (!out.contains(what) && public_field(matter, what)) missing.push_back(what);
    if (!missing.empty())
        for (auto& [what, value] : recorded(tx_, county_, matter.row.id, *matter.workflow, missing))
            out[what] = std::move(value);
    return json::serialize(out);
}

// Once it is public, its page says what publishing acts say: what office remarks to office stays in the
// record.
void Planner::mark_publication(const Standing& matter, const Milestones& before, const Form& form,
                               const Decision& decision, Change& change) {
    const auto& declared = matter.workflow->shows;
    if (declared.empty() || !matter.milestones.published_at) return;
    const bool again =
        std::any_of(decision.effects.begin(), decision.effects.end(),
                    [](const Effect& effect) { return effect.kind == EffectRule::Kind::publish; });
    if (!again && before.published_at) return;
    auto kept = before.published_at ? parsed_object(published_text(tx_, matter.row.id)) : std::nullopt;
    if (!kept) {
        change.publication = shown(matter, declared, form);
        return;
    }
    for (auto& [what, value] : said_now(matter, declared, form)) (*kept)[what] = std::move(value);
    change.publication = json::serialize(*kept);
}

// What is corrected takes the place of what was shown; the rest stays as it was put up, whatever the record
// has come to say of it since.
void Planner::correct_shown(const Standing& matter, const NoticeRule& rule, const Form& form,
                            NoticeRow& row) {
    const auto published = notice::find_notice(tx_, row.id);
    auto kept = published ? parsed_object(published->shows) : std::nullopt;
    if (!kept) return;
    std::vector<std::string> corrected;
    for (const std::string& what : rule.shows) {
        const auto field = public_field(matter, what);
        const auto* filled = field ? form.find(*field) : nullptr;
        if (filled == nullptr) continue;
        auto value = value_json(rule_at(matter.workflow->fields, *field), *filled);
        const auto* before = kept->if_contains(what);
        if (before != nullptr && *before == value) continue;
        (*kept)[what] = std::move(value);
        corrected.push_back(what);
    }
    row.shows = json::serialize(*kept);
    row.corrected = lines_text(corrected);
}

}  // namespace lianxin::matter
