// Merging, prepared, and all that follows from it. A merged matter keeps its entries, its reporter and its
// number. It is told what the other is told, its reporter is asked as the other's is and may say that nothing
// was solved; and while no answer was given, it can be taken out again and stands where it stood.
#include <boost/json/serialize.hpp>
#include <boost/json/value.hpp>
#include <map>

#include "matter/attachment_service.hpp"
#include "matter/change_store.hpp"
#include "matter/form_service.hpp"
#include "matter/planner_service.hpp"
#include "matter/state_rows.hpp"
#include "matter/timeline_service.hpp"

namespace lianxin::matter {

using access::Relation;

namespace {

std::string json_text(const std::string& text) {
    return boost::json::serialize(boost::json::string(text));
}

// Who asked the merged matter stands before the other as one of those it answers, and as nothing else.
Actor asker_of(const Actor& actor, const Workflow& workflow) {
    Actor asker = actor;
    asker.relations = {};
    for (const Relation relation : {Relation::reporter, workflow.answer_to})
        if (actor.set.has(relation)) asker.relations.relations.push_back(relation);
    return asker;
}

// The other matter as somebody sees it who may not have rated yet, though its own reporter has.
Standing seen_by(const Standing& stands, const Standing& merged) {
    Standing seen = stands;
    seen.state.rated = merged.state.rated;
    return seen;
}

template <class Row, class Key>
const Row* row_of(const std::map<Key, Row>& rows, const Key& key) {
    const auto found = rows.find(key);
    return found == rows.end() ? nullptr : &found->second;
}

// The rows that entries left, each as the last one that names it says.
struct Rows {
    std::map<std::int32_t, PartRow> parts;
    std::map<std::pair<std::int32_t, std::string>, ClockRow> clocks;
    Milestones milestones;

    void play(const Change& change) {
        for (const PartRow& part : change.parts) parts[part.no] = part;
        for (const ClockRow& clock : change.clocks) clocks[{clock.part, clock.name}] = clock;
        if (change.milestones) milestones = *change.milestones;
    }
};

}  // namespace

Standing& Planner::survivor(const Standing& matter) {
    Standing* stands = standing(matter.row.id);
    while (stands != nullptr && stands->row.merged_into) stands = standing(*stands->row.merged_into);
    require(stands != nullptr, "a matter is merged into one that is there");
    return *stands;
}

Result<void, Refusal> Planner::merge(Standing& matter, Standing& into, const Actor& actor, const Form& form) {
    const Form nothing;
    const Asked asked = resolve(matter, Action{0, {}, {}}, nothing);
    const auto decision = merge_away(facts(matter, actor, nothing, asked, now_));
    if (!decision) return fail(decision.error());
    EntryText text{name_of(General::merge), general_entry(matter, form), 0, {}};
    text.more.merged_into = into.row.id;
    text.more.links.push_back({std::string(link_kind::merged_into), into.row.id});
    apply(matter, actor, nothing, *decision, std::move(text), now_);
    matter.row.merged_into = into.row.id;

    EntryText taken{"any.merged", {{"f.other", json_text(matter.row.number), {}}}, 0, {}};
    taken.more.links.push_back({std::string(link_kind::merged_from), matter.row.id});
    apply(into, actor, nothing, unmoved(into.state), std::move(taken), now_);
    if (const PartState& owner = into.state.parts.at(0); !owner.ended)
        plan_.notes.push_back({owner.owner, {}, into.row.id, name_of(General::merge)});
    return {};
}

Planner::Stood Planner::stood_before_merger(const Standing& matter) {
    Rows rows, before;
    Change merger;
    for (const auto& sealed : journal::load_chain(tx_, {"matter", matter.row.id.value()})) {
        const journal::Entry entry = journal::unseal(sealed, county_.keys);
        const auto text = entry.field("change");
        if (!text) continue;
        const Change change = decode_change(*text);
        if (entry.header.kind == name_of(General::merge) && change.merged_into) {
            before = rows;
            merger = change;
        }
        rows.play(change);
    }
    Stood stood{matter.state, before.milestones};
    for (const PartRow& ended : merger.parts)
        if (const PartRow* row = row_of(before.parts, ended.no))
            for (PartState& part : stood.state.parts)
                if (part.no == ended.no) part = part_state(*matter.workflow, *row);
    for (const ClockRow& stopped : merger.clocks) {
        const ClockRow* row = row_of(before.clocks, std::pair(stopped.part, stopped.name));
        if (row == nullptr) continue;
        const ClockState ran = clock_state(*matter.workflow, *row);
        for (ClockState& clock : stood.state.clocks)
            if (clock.clock == ran.clock && clock.part == ran.part) clock = ran;
    }
    return stood;
}

Result<void, Refusal> Planner::unmerge(Standing& matter, Standing& from, const Actor& actor,
                                       const Form& form) {
    const Stood stood = stood_before_merger(matter);
    const Form nothing;
    const Asked asked = resolve(matter, Action{0, {}, {}}, nothing);
    const auto decision = go_on_alone(facts(matter, actor, nothing, asked, now_), stood.state);
    if (!decision) return fail(decision.error());
    EntryText text{name_of(General::unmerge), general_entry(matter, form), 0, {}};
    text.more.unlinked.push_back({std::string(link_kind::merged_into), from.row.id});
    // What was told meanwhile was about the other; of this one nobody has spoken since.
    matter.milestones = stood.milestones;
    text.more.milestones = stood.milestones;
    apply(matter, actor, nothing, *decision, std::move(text), now_);
    matter.row.merged_into.reset();
    note_owners(matter, General::unmerge);

    Told told;
    told.state = matter.workflow->matter().state(matter.state.parts.at(0).state).name;
    if (const auto* reason = form.find_as<TextValue>(general_field("reason")))
        told.values["reason"] = reason->text;
    send(matter, matter.workflow->answer_to, told);

    EntryText parted{"any.unmerged", {{"f.other", json_text(matter.row.number), {}}}, 0, {}};
    parted.more.unlinked.push_back({std::string(link_kind::merged_from), matter.row.id});
    apply(from, actor, nothing, unmoved(from.state), std::move(parted), now_);
    note_owners(survivor(from), General::unmerge);
    return {};
}

bool Planner::is_withdrawn(const Standing& matter, const Decision& decision) {
    return decision.ended_as &&
           matter.workflow->matter().state(*decision.ended_as).ends_as == EndsAs::withdrawn;
}

void Planner::go_on_without(Standing& withdrawn) {
    const Form nothing;
    for (const MatterId id : merged_from(tx_, withdrawn.row.id)) {
        Standing* other = standing(id);
        if (other == nullptr || other->row.merged_into != withdrawn.row.id) continue;
        if (const auto alone = unmerge(*other, withdrawn, engine(), nothing); !alone)
            throw Fault(std::string("what was merged into a matter that is taken back cannot go on: ") +
                        name_of(alone.error().code));
    }
}

// What one matter's resident is told, those merged into it are told: under their own number, with the same
// evidence, each sealed with their own key; and each is asked whether it solved anything.
void Planner::tell_merged(const Standing& matter, const Told& told) {
    for (const MatterId id : merged_from(tx_, matter.row.id)) {
        Standing* other = standing(id);
        if (other == nullptr) continue;
        EntryText text{"any.answered", {}, 0, {}};
        for (const auto& [name, value] : told.values)
            text.fields.push_back({"f." + std::string(name), boost::json::serialize(value), other->row.key});
        if (told.answers) text.fields.push_back({std::string(answering), "1", {}});
        const Milestones before = other->milestones;
        other->milestones.told_at = now_;
        if (!other->milestones.contacted_at) other->milestones.contacted_at = now_;
        if (!(other->milestones == before)) text.more.milestones = other->milestones;
        if (told.rating_asked) {
            other->state.rated = false;
            other->ratings.push_back(
                {static_cast<std::int32_t>(other->ratings.size() + 1), now_, {}, {}, {}});
            text.more.ratings.push_back(other->ratings.back());
        }
        apply(*other, engine(), Form{}, unmoved(other->state), std::move(text), now_);
        copy_files(*other, told);
        send(*other, other->workflow->answer_to, told);
        tell_merged(*other, told);
    }
}

void Planner::copy_files(const Standing& to, const Told& told) {
    for (const std::int64_t file : told.files) {
        const auto upload = load_upload(tx_, file);
        if (!upload) continue;
        PlannedAttachment copy{file, to.row.id, plan_.entries.back().entry.id,
                               reseal_key(county_, *upload, to.row.key)};
        copy.copied_as = county_.new_id<struct UploadNoun>().value();
        plan_.attachments.push_back(std::move(copy));
    }
}

std::vector<Offer> Planner::offers_of_answer(const Standing& matter, const Actor& actor) {
    const Standing seen = seen_by(survivor(matter), matter);
    const Workflow& workflow = *seen.workflow;
    const PartState& root = seen.state.parts.at(0);
    const Form nothing;
    const Asked asked = resolve(seen, Action{0, {}, {}}, nothing);
    std::vector<Offer> offers = available(facts(seen, asker_of(actor, workflow), nothing, asked, now_));
    std::erase_if(offers, [&](const Offer& offer) {
        return offer.part != 0 ||
               !is_about_the_answer(workflow, root.state, workflow.matter().action(offer.action));
    });
    return offers;
}

// Their words stand in their own record, under their own key. The other's tells that one of those merged into
// it spoke, under which number, and everything that comes of it.
Result<void, Refusal> Planner::speak_of_answer(Standing& matter, const Actor& actor, const Meant& meant) {
    Standing& stands = survivor(matter);
    const Workflow& workflow = *stands.workflow;
    const Standing seen = seen_by(stands, matter);
    if (meant.action.part != 0) return fail(Refusal{ActRefusal::not_in_this_state, {}, {}});
    if (meant.action.action) {
        const ActionRule& rule = workflow.matter().action(*meant.action.action);
        if (!is_about_the_answer(workflow, seen.state.parts.at(0).state, rule))
            return fail(Refusal{ActRefusal::not_in_this_state, {}, {}});
    }
    const Asked asked = resolve(seen, meant.action, meant.form);
    auto decision =
        decide(facts(seen, asker_of(actor, workflow), meant.form, asked, meant.happened_at), meant.action);
    if (!decision) return fail(decision.error());

    Decision own = unmoved(matter.state);
    own.after.rated = decision->after.rated;
    const std::string& name = workflow.matter().action(*meant.action.action).name;
    apply(matter, actor, meant.form, own, {name, meant.more, 0, {}, &workflow}, meant.happened_at);
    decision->after.rated = stands.state.rated;
    const bool moved = !decision->moves.empty();
    apply(stands, actor, Form{}, *decision,
          {moved ? "any.taken_up" : "any.rated", {{"f.other", json_text(matter.row.number), {}}}},
          meant.happened_at);
    return {};
}

}  // namespace lianxin::matter
