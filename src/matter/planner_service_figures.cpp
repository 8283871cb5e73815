// What earlier forms said, from the record: only where this form is held against it.
#include <algorithm>
#include <boost/json/object.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/value.hpp>
#include <set>

#include "matter/figure.hpp"
#include "matter/form_service.hpp"
#include "matter/planner_service.hpp"
#include "party/party_store.hpp"

namespace lianxin::matter {
namespace {

// The figures that this form is held against, or that are held against it, and what must have been reached.
std::vector<Figure> asked_for(const Workflow& workflow, const Form& form,
                              const std::vector<FieldIndex>& reaches) {
    std::vector<Figure> figures;
    const auto add = [&](FieldIndex field) {
        const auto same = [&](const Figure& figure) { return figure.field == field; };
        if (std::none_of(figures.begin(), figures.end(), same)) figures.push_back({field});
    };
    for (std::size_t at = 0; at < workflow.fields.size(); ++at) {
        const FieldIndex field{static_cast<std::uint16_t>(at)};
        const auto& bound = workflow.fields[at].bound;
        const bool reached = std::find(reaches.begin(), reaches.end(), field) != reaches.end();
        if (!bound || (!reached && form.find(field) == nullptr && form.find(bound->field) == nullptr))
            continue;
        add(field);
        add(bound->field);
    }
    return figures;
}

// One post, or one person, is kept as a list of one.
boost::json::value as_filled_in(const FieldRule& rule, boost::json::value kept) {
    if (rule.type != FieldType::post && rule.type != FieldType::party) return kept;
    if (const auto* posts = kept.is_object() ? kept.get_object().if_contains("posts") : nullptr)
        kept = boost::json::value(*posts);
    if (kept.is_array() && kept.get_array().size() == 1) return boost::json::value(kept.get_array().front());
    return kept;
}

std::optional<FieldValue> value_in(const journal::Entry& entry, const Workflow& workflow, FieldIndex field) {
    const FieldRule& rule = rule_at(workflow.fields, field);
    const auto text = entry.field("f." + rule.name);
    if (!text) return {};
    boost::system::error_code error;
    const auto value = boost::json::parse({text->data(), text->size()}, error);
    if (error) return {};
    const auto read = read_form(workflow, {{rule.name, as_filled_in(rule, value)}}, FormHints{});
    const auto* filled = read.form.find(field);
    return filled == nullptr ? std::nullopt : std::optional(*filled);
}

}  // namespace

std::vector<Figure> Planner::figures_before(const Standing& matter, const Form& form,
                                            const std::vector<FieldIndex>& reaches) {
    return figures_of(matter, asked_for(*matter.workflow, form, reaches));
}

std::vector<Figure> Planner::figures_of(const Standing& matter, std::vector<Figure> figures) {
    if (figures.empty()) return figures;
    std::vector<bool> said(figures.size());
    for (const auto& sealed : journal::load_chain(tx_, {"matter", matter.row.id.value()})) {
        const auto entry = journal::unseal(sealed, county_.keys);
        for (std::size_t at = 0; at < figures.size(); ++at) {
            const auto value = value_in(entry, *matter.workflow, figures[at].field);
            if (!value) continue;
            said[at] = true;
            figures[at].names = names_of(*value);
            name_people(figures[at], *value);
            const auto figure = figure_of(rule_at(matter.workflow->fields, figures[at].field), *value);
            figures[at].last = figure.value_or(0);
            figures[at].together = added(figures[at].together, figure.value_or(0));
        }
    }
    std::vector<Figure> known;
    for (std::size_t at = 0; at < figures.size(); ++at)
        if (said[at]) known.push_back(figures[at]);
    return known;
}

std::vector<std::string> Planner::names_said(const Standing& matter, FieldIndex field) {
    const auto known = figures_of(matter, {Figure{field}});
    return known.empty() ? std::vector<std::string>() : known.front().names;
}

std::vector<PostHolder> Planner::holders_named(const Standing& matter, const Form& form,
                                               const std::vector<Figure>& before) {
    const auto& fields = matter.workflow->fields;
    if (std::none_of(fields.begin(), fields.end(), [](const FieldRule& rule) {
            return rule.bound && rule.bound->kind == BoundKind::apart_from;
        }))
        return {};
    std::set<PostId> posts;
    for (const Form::Entry& entry : form.entries())
        if (const auto* named = std::get_if<PostsValue>(&entry.value))
            posts.insert(named->posts.begin(), named->posts.end());
    for (const Figure& figure : before) posts.insert(figure.posts.begin(), figure.posts.end());
    std::vector<PostHolder> holders;
    for (const PostId post : posts)
        for (const PartyId person : party::holders(tx_, post, today())) holders.push_back({post, person});
    return holders;
}

}  // namespace lianxin::matter
