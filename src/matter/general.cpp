#include "matter/general.hpp"

#include <algorithm>
#include <array>

#include "matter/course.hpp"

namespace lianxin::matter {
namespace {

using access::MatterPermission;

constexpr std::string_view prefix = "any.";
constexpr std::array names{"any.card",  "any.correct", "any.merge", "any.unmerge",
                           "any.split", "any.link",    "any.move",  "any.remark"};
constexpr std::int64_t least_reason = 5, longest_subject = 200, longest_text = 4000, most_pieces = 9,
                       most_photos = 6;

FieldRule text_field(const char* name, std::optional<std::int64_t> min, std::int64_t max, bool told) {
    FieldRule field;
    field.name = name;
    field.min = min;
    field.max = max;
    field.told = told;
    return field;
}

Workflow fields_of_all() {
    Workflow fields;
    FieldRule card;
    card.name = "card";
    card.type = FieldType::choice;
    card.choices = {name_of(Card::yellow), name_of(Card::red)};
    FieldRule pieces;
    pieces.name = "pieces";
    pieces.type = FieldType::checklist;
    pieces.min = 1;
    pieces.max = most_pieces;
    pieces.told = true;
    FieldRule photos;
    photos.name = "photos";
    photos.type = FieldType::attachments;
    photos.files = FileKind::photo;
    photos.max = most_photos;
    fields.fields = {card,
                     text_field("why", least_reason, longest_text, false),
                     text_field("reason", least_reason, longest_text, true),
                     text_field("other", 1, 40, false),
                     pieces,
                     text_field("subject", 1, longest_subject, true),
                     text_field("text", 1, longest_text, true),
                     text_field("address", 1, longest_subject, true),
                     text_field("category", 1, 40, true),
                     text_field("place", 1, 40, true),
                     text_field("subkind", 1, 40, true),
                     text_field("state", 1, 40, false),
                     text_field("remark", {}, longest_text, true),
                     photos};
    return fields;
}

Refusal refused(ActRefusal code) {
    return Refusal{code, {}, {}};
}

// The kind has an action of its own for what it waits for; a remark beside it would answer nothing.
bool waits_for_the_actor(const Facts& facts) {
    const auto& waits = facts.workflow.matter().state(facts.matter.parts.front().state).waits_for;
    return waits && facts.actor.are(*waits);
}

// Whoever leads the departments at work urges the others; above them and beside them others do.
bool leads_only(const Facts& facts) {
    using enum access::Relation;
    const auto& actor = facts.actor;
    return actor.are(lead) && !actor.are(superior_of_owner) && !actor.are(leader) && !actor.are(dispatcher) &&
           !actor.are(oversight);
}

std::optional<Refusal> refusal_of_card(const Facts& facts, const PartState& part) {
    if (part.ended) return refused(ActRefusal::already_ended);
    if (is_answered(facts.workflow, facts.matter)) return refused(ActRefusal::not_in_this_state);
    if (part.no == 0 && leads_only(facts)) return refused(ActRefusal::not_yours);
    if (facts.actor.hold(part.owner)) return refused(ActRefusal::not_on_own_work);
    // A card comes from above, or to another department from the one that leads them.
    const bool from_the_lead = part.no != 0 && facts.actor.are(access::Relation::lead);
    if (!from_the_lead && !facts.actor.stand_over(part.owner)) return refused(ActRefusal::not_yours);
    if (part.card == Card::red) return refused(ActRefusal::card_is_already_red);
    return {};
}

bool rates(const Workflow& workflow, const ActionRule& rule) {
    return std::any_of(rule.needs.begin(), rule.needs.end(), [&](FieldIndex field) {
        return rule_at(workflow.fields, field).type == FieldType::rating;
    });
}

}  // namespace

bool is_answered(const Workflow& workflow, const MatterState& matter) {
    const PartState& root = matter.parts.front();
    const auto phase = workflow.matter().state(root.state).counts_as;
    return root.ended || phase == CountsAs::closed || phase == CountsAs::ended;
}

bool is_about_the_answer(const Workflow& workflow, StateIndex from, const ActionRule& rule) {
    if (workflow.matter().state(from).counts_as != CountsAs::closed) return false;
    if (rates(workflow, rule)) return true;
    return rule.to && workflow.matter().state(*rule.to).counts_as == CountsAs::open;
}

std::optional<General> general_named(std::string_view action) {
    for (std::size_t at = 0; at < names.size(); ++at)
        if (action == names.at(at)) return static_cast<General>(at);
    return {};
}

const char* name_of(General action) {
    return names.at(static_cast<std::size_t>(action));
}

bool is_general(std::string_view entry_kind) {
    return entry_kind.starts_with(prefix);
}

MatterPermission permission_for(General action) {
    switch (action) {
        case General::card:
            return MatterPermission::supervise;
        case General::correct:
            return MatterPermission::correct;
        case General::merge:
        case General::unmerge:
        case General::split:
        case General::move:
            return MatterPermission::rearrange;
        case General::link:
            return MatterPermission::link;
        case General::remark:
            return MatterPermission::speak;
    }
    return MatterPermission::audit;
}

const Workflow& general_fields() {
    static const Workflow fields = fields_of_all();
    return fields;
}

FieldIndex general_field(std::string_view name) {
    const auto field = general_fields().find_field(name);
    require(field.has_value(), "a general action asks for fields that are declared");
    return *field;
}

GeneralForm form_of(General action) {
    const auto of = [](std::initializer_list<std::string_view> words) {
        std::vector<FieldIndex> fields;
        for (const auto word : words) fields.push_back(general_field(word));
        return fields;
    };
    switch (action) {
        case General::card:
            return {of({"card", "why"}), {}};
        case General::correct:
            return {of({"reason"}), of({"subject", "text", "category", "place", "address", "subkind"})};
        case General::merge:
            return {of({"other", "reason"}), {}};
        case General::unmerge:
            return {of({"reason"}), {}};
        case General::split:
            return {of({"pieces", "reason"}), {}};
        case General::link:
            return {of({"other", "why"}), {}};
        case General::move:
            return {of({"why"}), of({"state"})};
        case General::remark:
            return {of({"remark"}), of({"photos"})};
    }
    return {};
}

std::vector<FormFault> general_faults(General action, const Form& form, Day today) {
    const GeneralForm asked = form_of(action);
    const Workflow& fields = general_fields();
    auto faults = check_form({fields.fields, fields.lists, {}, today}, form, asked.needs, asked.accepts, {});
    // A correction that corrects nothing would be an empty entry.
    if (faults.empty() && action == General::correct && form.entries().size() < 2)
        faults.push_back({general_field("subject"), FormRule::required, {}, {}});
    return faults;
}

std::optional<Refusal> refusal_of(General action, const Facts& facts, PartNo number) {
    const PartState* part = facts.matter.part(number);
    if (part == nullptr) return refused(ActRefusal::no_such_part);
    switch (action) {
        case General::correct:
        case General::link:
            return {};
        case General::split:
        case General::move:
            if (facts.matter.parts.front().ended) return refused(ActRefusal::already_ended);
            return {};
        case General::card:
            return refusal_of_card(facts, *part);
        case General::merge:
            if (facts.matter.parts.front().ended) return refused(ActRefusal::already_ended);
            if (is_answered(facts.workflow, facts.matter)) return refused(ActRefusal::not_in_this_state);
            if (!facts.matter.holds.empty()) return refused(ActRefusal::objection_is_open);
            return {};
        case General::unmerge:
            if (!facts.matter.parts.front().ended) return refused(ActRefusal::not_in_this_state);
            return {};
        case General::remark:
            if (facts.matter.parts.front().ended) return refused(ActRefusal::already_ended);
            if (is_answered(facts.workflow, facts.matter) || waits_for_the_actor(facts))
                return refused(ActRefusal::not_in_this_state);
            return {};
    }
    return refused(ActRefusal::unknown_action);
}

Card next_card(const PartState& part) {
    return part.card == Card::none ? Card::yellow : Card::red;
}

bool red_opens(const Machine& machine) {
    const ActionRule* action = card_action(machine);
    return action != nullptr &&
           std::any_of(action->effects.begin(), action->effects.end(), [](const EffectRule& effect) {
               return effect.kind == EffectRule::Kind::open &&
                      (!effect.when || effect.when->subject == ConditionSubject::card_is_red);
           });
}

Result<Decision, Refusal> put_card(const Facts& facts, PartNo part) {
    if (auto refusal = refusal_of(General::card, facts, part)) return fail(std::move(*refusal));
    Course course(facts);
    course.put_card(part, next_card(*facts.matter.part(part)));
    return course.finish();
}

Result<Decision, Refusal> merge_away(const Facts& facts) {
    if (auto refusal = refusal_of(General::merge, facts, 0)) return fail(std::move(*refusal));
    Course course(facts);
    course.leave_off();
    return course.finish();
}

Result<Decision, Refusal> go_on_alone(const Facts& facts, const MatterState& before) {
    if (auto refusal = refusal_of(General::unmerge, facts, 0)) return fail(std::move(*refusal));
    Course course(facts);
    course.stand_again(before);
    return course.finish();
}

Decision unmoved(const MatterState& matter) {
    Decision decision;
    decision.after = matter;
    return decision;
}

}  // namespace lianxin::matter
