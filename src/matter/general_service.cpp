#include "matter/general_service.hpp"

#include <algorithm>
#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/value.hpp>

#include "access/policy.hpp"
#include "base/public_number.hpp"
#include "matter/beginning.hpp"
#include "matter/filled_in_service.hpp"
#include "matter/numbering_service.hpp"
#include "matter/timeline_service.hpp"
#include "place/place_store.hpp"

namespace lianxin::matter {

namespace {

MatterRefusal fault(const char* field, const char* code) {
    return {MatterRule::invalid, {}, {{std::string("fields.") + field, code, 0, {}}}, {}};
}

const std::string* text_in(const Form& form, std::string_view field) {
    const auto* value = form.find_as<TextValue>(general_field(field));
    return value == nullptr ? nullptr : &value->text;
}

// The card it will be is no choice: the form says which comes next, and what comes of it.
void fit_card(boost::json::value& form, const Machine& machine, const PartState& part) {
    auto& card = form.as_object()["properties"].as_object()["card"].as_object();
    const Card next = next_card(part);
    card["enum"] = boost::json::array{name_of(next)};
    card["x-says"] = next == Card::yellow ? "card_yellow"
                     : red_opens(machine) ? "card_red_opens"
                                          : "card_red";
}

// Fields whose choices or widget are this matter's own.
void fit_schema(boost::json::value& form, const Workflow& workflow) {
    auto& properties = form.as_object()["properties"].as_object();
    if (auto* subkind = properties.if_contains("subkind")) {
        if (workflow.subkinds.empty()) {
            properties.erase("subkind");
        } else {
            boost::json::array names(workflow.subkinds.begin(), workflow.subkinds.end());
            subkind->as_object()["enum"] = std::move(names);
            subkind->as_object()["x-widget"] = "choice";
        }
    }
    for (const char* name : {"category", "place"})
        if (auto* field = properties.if_contains(name)) field->as_object()["x-widget"] = name;
}

bool stands_alone(const Standing& matter) {
    const StateRule& state = matter.workflow->matter().state(matter.state.parts.at(0).state);
    return matter.row.about_kind.empty() && !matter.state.parts.at(0).ended &&
           state.counts_as != CountsAs::closed;
}

// Several may have seen the same thing, and one answer does for all of them. Whoever applies for something
// asks for themselves, a party is named by name, and what is the office's own is accepted by itself.
bool may_be_one_of_several(const Standing& matter) {
    return stands_alone(matter) && matter.workflow->answer_to != access::Relation::applicant &&
           asker_is_answered(*matter.workflow);
}

}  // namespace

Joining joining_of(const Standing& matter, access::RelationSet here, const Standing& other,
                   access::RelationSet there) {
    const auto apart = [](const Standing& one) {
        return is_sealed(one.row) || !one.row.about_kind.empty() || one.row.merged_into;
    };
    const bool kin = matter.row.parent == other.row.id || other.row.parent == matter.row.id;
    const bool beside = std::any_of(matter.links.begin(), matter.links.end(),
                                    [&](const LinkRow& link) { return link.other == other.row.id; });
    if (apart(matter) || apart(other) || kin || beside || matter.row.workflow != other.row.workflow)
        return Joining::none;
    const auto both = [&](General action) {
        return access::allows(permission_for(action), here, false) &&
               access::allows(permission_for(action), there, false);
    };
    if (may_be_one_of_several(matter) && may_be_one_of_several(other) && matter.state.holds.empty() &&
        both(General::merge))
        return Joining::merge;
    return access::allows(permission_for(General::link), here, false) && access::may_read_matter(there, false)
               ? Joining::link
               : Joining::none;
}

GeneralActs::GeneralActs(Planner& planner, store::Transaction& snapshot, County& county,
                         const Surroundings& around, const access::ActingPerson& who, Instant now)
    : planner_(planner), tx_(snapshot), county_(county), around_(around), who_(who), now_(now) {}

// A remark is said to whoever works on it now, though that be under another number; what the other waits for,
// it waits for from its own resident.
std::optional<Refusal> GeneralActs::refusal(const Standing& matter, const Actor& actor, General action,
                                            PartNo part) {
    if (action == General::remark && matter.row.merged_into)
        return planner_.refusal(planner_.where_it_stands(matter), Actor{}, action, part);
    return planner_.refusal(matter, actor, action, part);
}

std::vector<OfferView> GeneralActs::offers(Standing& matter, const Actor& actor) {
    std::vector<OfferView> views;
    for (const General action : every_general) {
        if (!access::allows(permission_for(action), actor.set, is_sealed(matter.row))) continue;
        if (action == General::merge && !may_be_one_of_several(matter)) continue;
        if (action == General::unmerge && refusal_to_unmerge(matter)) continue;
        if (action == General::move && !newer_version(matter)) continue;
        for (const PartState& part : matter.state.parts) {
            if (part.no != 0 && action != General::card) break;
            if (!refusal(matter, actor, action, part.no)) views.push_back(offer_of(matter, action, part));
        }
    }
    return views;
}

OfferView GeneralActs::offer_of(const Standing& matter, General action, const PartState& part) const {
    const Workflow& workflow = *matter.workflow;
    const GeneralForm asked = form_of(action);
    OfferView view;
    view.workflow = workflow.name;
    view.action = name_of(action);
    view.part = part.no;
    view.machine = part.machine.value == 0 ? std::string() : workflow.machine(part.machine).name;
    view.enabled = true;
    view.general = true;
    view.leads = "goes_on";
    view.form = form_schema(general_fields(), asked.needs, asked.accepts, {}, FormHints{});
    fit_schema(view.form, workflow);
    if (action == General::card) fit_card(view.form, workflow.machine(part.machine), part);
    if (action == General::move) offer_states(view.form, matter);
    for (const auto* fields : {&asked.needs, &asked.accepts})
        for (const FieldIndex field : *fields)
            view.fields.push_back(rule_at(general_fields().fields, field).name);
    return view;
}

Result<void, MatterRefusal> GeneralActs::act(Standing& matter, const Actor& actor, General action,
                                             const ActionRequest& request) {
    const Workflow& fields = general_fields();
    if (!access::allows(permission_for(action), actor.set, is_sealed(matter.row)))
        return fail(MatterRefusal{MatterRule::refused, ActRefusal::not_yours, {}, {}});
    if (const auto refused = refusal(matter, actor, action, request.part))
        return fail(refusal_of(*matter.workflow, *refused));
    const auto form = read_filled_in(tx_, matter.row.id, fields, request.fields);
    if (!form) return fail(form.error());
    Refusal incomplete{ActRefusal::form_incomplete, general_faults(action, *form, planner_.today()), {}};
    if (!incomplete.faults.empty()) return fail(refusal_of(fields, incomplete));
    return carry_out(matter, actor, action, request.part, *form);
}

Result<void, MatterRefusal> GeneralActs::carry_out(Standing& matter, const Actor& actor, General action,
                                                   PartNo part, const Form& form) {
    const auto done = [&](const Result<void, Refusal>& result) -> Result<void, MatterRefusal> {
        if (!result) return fail(refusal_of(*matter.workflow, result.error()));
        return {};
    };
    switch (action) {
        case General::card: {
            // Whoever saw no card yet and comes second does not put a red one unawares.
            const auto* said = form.find_as<ChoiceValue>(general_field("card"));
            if (said->choice != name_of(next_card(*matter.state.part(part))))
                return fail(fault("card", "not_on_the_list"));
            return done(planner_.card(matter, actor, part, form));
        }
        case General::correct:
            return correct(matter, actor, form);
        case General::merge:
            return merge(matter, actor, form);
        case General::unmerge:
            return unmerge(matter, actor, form);
        case General::split:
            return done(planner_.split(matter, actor, form));
        case General::link: {
            const auto linked = other(matter, form);
            if (!linked) return fail(linked.error());
            planner_.link(matter, **linked, actor, form);
            return {};
        }
        case General::move:
            return move(matter, actor, form);
        case General::remark:
            planner_.remark(matter, actor, form);
            return {};
    }
    return {};
}

// By its number. What may not be read, or is sealed, is not there; nor is the matter itself another.
Result<Standing*, MatterRefusal> GeneralActs::other(const Standing& matter, const Form& form) {
    const std::string* said = text_in(form, "other");
    const auto number = said == nullptr ? std::nullopt : PublicNumber::parse(*said);
    if (!number) return fail(fault("other", "number_mistyped"));
    const auto id = matter_by_number(tx_, county_, *number);
    Standing* found = id && *id != matter.row.id ? planner_.standing(*id) : nullptr;
    const bool open_to_both =
        found != nullptr && !is_sealed(found->row) && !is_sealed(matter.row) &&
        access::may_read_matter(planner_.actor(who_, *found).set, is_sealed(found->row));
    if (!open_to_both) return fail(fault("other", "matter_unknown"));
    return found;
}

Result<void, MatterRefusal> GeneralActs::merge(Standing& matter, const Actor& actor, const Form& form) {
    const auto into = other(matter, form);
    if (!into) return fail(into.error());
    const bool allowed =
        access::allows(permission_for(General::merge), planner_.actor(who_, **into).set, false);
    if (!allowed) return fail(MatterRefusal{MatterRule::refused, ActRefusal::not_yours, {}, {}});
    if ((*into)->row.workflow != matter.row.workflow || !may_be_one_of_several(**into) ||
        !may_be_one_of_several(matter))
        return fail(fault("other", "not_of_this_kind"));
    if (const auto merged = planner_.merge(matter, **into, actor, form); !merged)
        return fail(refusal_of(*matter.workflow, merged.error()));
    return {};
}

// By those who may merge: who may rearrange both.
std::optional<ActRefusal> GeneralActs::refusal_to_unmerge(const Standing& matter) {
    if (!matter.row.merged_into) return ActRefusal::not_in_this_state;
    const Standing& stands = planner_.where_it_stands(matter);
    if (!access::allows(permission_for(General::unmerge), planner_.actor(who_, stands).set, false))
        return ActRefusal::not_yours;
    if (is_answered(*stands.workflow, stands.state)) return ActRefusal::answer_was_given;
    return {};
}

Result<void, MatterRefusal> GeneralActs::unmerge(Standing& matter, const Actor& actor, const Form& form) {
    if (const auto refused = refusal_to_unmerge(matter))
        return fail(MatterRefusal{MatterRule::refused, refused, {}, {}});
    Standing* from = planner_.standing(*matter.row.merged_into);
    require(from != nullptr, "a matter is merged into one that is there");
    if (const auto alone = planner_.unmerge(matter, *from, actor, form); !alone)
        return fail(refusal_of(*matter.workflow, alone.error()));
    return {};
}

WorkflowPtr GeneralActs::newer_version(const Standing& matter) const {
    auto next = around_.workflows.current(matter.row.workflow);
    return next != nullptr && next->hash != matter.workflow->hash ? next : nullptr;
}

StateMove GeneralActs::way_over(const Standing& matter, const Workflow& next) {
    const std::string& stands = matter.workflow->matter().state(matter.state.parts.at(0).state).name;
    for (StateMove& move : state_moves(*matter.workflow, next))
        if (move.machine.empty() && move.state == stands) return std::move(move);
    return {"", stands, Misfit::state_is_gone, {}};
}

void GeneralActs::offer_states(boost::json::value& form, const Standing& matter) const {
    const StateMove way = way_over(matter, *newer_version(matter));
    auto& schema = form.as_object();
    auto& state = schema["properties"].as_object()["state"].as_object();
    state["enum"] = boost::json::array(way.choices.begin(), way.choices.end());
    state["x-widget"] = "choice";
    state["x-words"] = "state";
    if (way.misfit) schema["required"].as_array().emplace_back("state");
}

Result<void, MatterRefusal> GeneralActs::move(Standing& matter, const Actor& actor, const Form& form) {
    std::vector<StateChoice> choices;
    if (const WorkflowPtr next = newer_version(matter)) {
        const StateMove way = way_over(matter, *next);
        const std::string* said = text_in(form, "state");
        if (said == nullptr && way.misfit) return fail(fault("state", "required"));
        if (said != nullptr) {
            choices.push_back({"", way.state, *said});
            if (const auto misfit = misfit_of(*matter.workflow, *next, choices.back()))
                return fail(fault("state", name_of(*misfit)));
        }
    }
    if (const auto moved = planner_.change_over(matter, actor, form, choices); !moved)
        return fail(refusal_of(*matter.workflow, moved.error()));
    return {};
}

std::string GeneralActs::place_name(PlaceId id) {
    const auto place = place::load_place(tx_, id, planner_.today());
    return place ? place::name_among_others(tx_, *place, planner_.today()) : std::string();
}

void GeneralActs::correct_place(const Standing& matter, const std::string& said,
                                Planner::Corrected& corrected, std::vector<FieldProblem>& faults) {
    const auto id = PlaceId::parse(said);
    if (!id || !place::load_place(tx_, *id, planner_.today())) {
        faults.push_back({"fields.place", "place_unknown", {}, {}});
        return;
    }
    corrected.place = *id;
    corrected.said.emplace_back("place", place_name(*id));
    corrected.was.emplace_back("place", place_name(matter.row.place));
}

void GeneralActs::correct_category(const Standing& matter, const std::string& said,
                                   Planner::Corrected& corrected, std::vector<FieldProblem>& faults) {
    const auto index = around_.places.categories(tx_, planner_.today());
    const auto id = CategoryId::parse(said);
    const auto* category = id ? index->find(*id) : index->by_code(said);
    if (category == nullptr) {
        faults.push_back({"fields.category", "category_unknown", {}, {}});
        return;
    }
    corrected.category = category->id;
    corrected.said.emplace_back("category", category->name);
    const auto* before = matter.row.category ? index->find(*matter.row.category) : nullptr;
    corrected.was.emplace_back("category", before == nullptr ? std::string() : before->name);
}

Result<void, MatterRefusal> GeneralActs::correct(Standing& matter, const Actor& actor, const Form& form) {
    std::vector<FieldProblem> faults;
    Planner::Corrected corrected;
    if (const auto* said = text_in(form, "place")) correct_place(matter, *said, corrected, faults);
    if (const auto* said = text_in(form, "category")) correct_category(matter, *said, corrected, faults);
    if (const auto* said = text_in(form, "subkind")) {
        const auto& kinds = matter.workflow->subkinds;
        if (std::find(kinds.begin(), kinds.end(), *said) == kinds.end())
            faults.push_back({"fields.subkind", "not_on_the_list", {}, {}});
        corrected.was.emplace_back("subkind", matter.row.subkind);
    }
    if (!faults.empty()) return fail(MatterRefusal{MatterRule::invalid, {}, std::move(faults), {}});
    Heading heading;
    for (const auto& sealed : journal::load_chain(tx_, {"matter", matter.row.id.value()}))
        heading.read(journal::unseal(sealed, county_.keys));
    for (const char* name : {"subject", "text", "address"})
        if (text_in(form, name) != nullptr) corrected.was.emplace_back(name, heading.value(name));
    planner_.correct(matter, actor, form, corrected);
    return {};
}

}  // namespace lianxin::matter
