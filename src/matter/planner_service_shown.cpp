// What everybody may read of a matter: on a notice, and on the page of one that is published. Nothing
// personal is kept in either; who applied, and where, is looked up when a notice is read.
#include <algorithm>
#include <boost/json/object.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

#include "matter/figure.hpp"
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
    add_sums(out, matter, declared, form);
    return out;
}

// All that was filled in so far, this form included, of what it is held against.
void Planner::add_sums(json::object& out, const Standing& matter, const std::vector<std::string>& declared,
                       const Form& form) {
    const auto& fields = matter.workflow->fields;
    std::vector<std::pair<std::string, FieldIndex>> sums;
    std::vector<Figure> asked;
    for (const std::string& what : declared) {
        const auto named = sum_shown(what);
        const auto field = named ? public_field(matter, std::string(*named)) : std::nullopt;
        if (!field) continue;
        sums.emplace_back(what, *field);
        asked.push_back({*field});
        if (const auto& bound = rule_at(fields, *field).bound) asked.push_back({bound->field});
    }
    if (sums.empty()) return;
    const std::vector<Figure> before = figures_of(matter, std::move(asked));
    const auto said = [&](FieldIndex field) {
        const auto* filled = form.find(field);
        return filled == nullptr ? std::nullopt : figure_of(rule_at(fields, field), *filled);
    };
    const auto earlier = [&](FieldIndex field) {
        const auto found = std::find_if(before.begin(), before.end(),
                                        [&](const Figure& figure) { return figure.field == field; });
        return found == before.end() ? std::nullopt : std::optional(*found);
    };
    for (const auto& [what, field] : sums) {
        const auto now = said(field);
        const auto past = earlier(field);
        if (!now && !past) continue;
        json::object sum{{"sum", added(past ? past->together : 0, now.value_or(0))}};
        if (const auto& bound = rule_at(fields, field).bound) {
            const auto told = said(bound->field);
            const auto last = earlier(bound->field);
            if (told || last) sum["of"] = told ? *told : last->last;
        }
        out[what] = std::move(sum);
    }
}

std::vector<PublicLine> Planner::sums_so_far(const Standing& matter) {
    json::object sums;
    add_sums(sums, matter, matter.workflow->shows, Form{});
    PublicLines lines;
    add_kept(lines, *matter.workflow, matter.workflow->shows, json::serialize(sums), {});
    return std::move(lines.lines);
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
