// What follows from a decision beyond the matter itself.
#include <algorithm>
#include <array>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>
#include <boost/json/value.hpp>
#include <set>
#include <utility>

#include "matter/form_service.hpp"
#include "matter/numbering_service.hpp"
#include "matter/outgoing_service.hpp"
#include "matter/planner_service.hpp"
#include "matter/state_rows.hpp"
#include "matter/timeline_service.hpp"
#include "party/contact_service.hpp"
#include "place/place_store.hpp"

namespace lianxin::matter {

using access::Relation;

namespace {

// Whether it led to where the matter counts as answered.
bool answers(const Workflow& workflow, const Decision& decision) {
    return std::any_of(decision.moves.begin(), decision.moves.end(), [&](const PartMove& move) {
        return move.after.no == 0 && move.phase == CountsAs::closed &&
               !workflow.matter().state(move.after.state).end;
    });
}

}  // namespace

std::vector<PartyId> Planner::parties_as(const Standing& matter, Relation relation) const {
    std::vector<PartyId> parties;
    for (const InvolvedRow& involved : matter.involved)
        if (involved.party && involved.role == access::name_of(relation)) parties.push_back(*involved.party);
    return parties;
}

void Planner::carry_out(Standing& matter, const Actor& actor, const Decision& decision, const Form& form) {
    const bool by_asker =
        !actor.engine && (actor.set.has(Relation::reporter) || actor.set.has(matter.workflow->answer_to));
    bool asks = decision.rating_asked;  // once, with the answer
    const std::size_t noted = plan_.notes.size();
    for (const Effect& effect : decision.effects) {
        switch (effect.kind) {
            case EffectRule::Kind::tell: {
                Told whole;
                if (effect.whom == matter.workflow->answer_to) {
                    whole.rating_asked = std::exchange(asks, false);
                    whole.answers = answers(*matter.workflow, decision);
                    if (by_asker) whole.merged = Told::Merged::how_it_stands;
                    if (is_withdrawn(matter, decision)) whole.merged = Told::Merged::nothing;
                }
                tell(matter, effect, form, std::move(whole));
                break;
            }
            case EffectRule::Kind::note:
                note(matter, effect);
                break;
            case EffectRule::Kind::open:
                open_child(matter, effect);
                break;
            case EffectRule::Kind::appoint:
                appoint(matter, effect, form);
                break;
            case EffectRule::Kind::dismiss:
                dismiss(matter, effect);
                break;
            case EffectRule::Kind::certificate:  // a mark in the entry
            case EffectRule::Kind::receipt:      // made after the commit, from the entry
            case EffectRule::Kind::ask_rating:   // a row of its own
            case EffectRule::Kind::publish:      // a milestone
            case EffectRule::Kind::unpublish:
            case EffectRule::Kind::withdraw_notice:  // a change of the notice
            case EffectRule::Kind::involve:          // rows of the change
                break;
        }
    }
    note_once(matter, noted);
    if (decision.ended_as) tell_parent(matter, *decision.ended_as);
}

// The answer stands under the receipt by being an entry; here it goes out over every channel the person
// chose, and to those whose matters were merged into this one.
void Planner::tell(const Standing& matter, const Effect& effect, const Form& form, Told whole) {
    Told told;
    told.state = whole.state = matter.workflow->matter().state(matter.state.parts.at(0).state).name;
    for (const Form::Entry& entry : form.entries()) {
        const FieldRule& rule = rule_at(matter.workflow->fields, entry.field);
        if (const auto* files = std::get_if<AttachmentsValue>(&entry.value))
            for (const auto& file : files->files) whole.files.push_back(file.upload);
        if (!rule.told) continue;
        told.values[rule.name] = value_json(rule, entry.value);
        if (const auto* named = std::get_if<PostsValue>(&entry.value)) name_posts(told, *named);
    }
    if (whole.merged == Told::Merged::everything) {
        whole.values = told.values;
        whole.names = told.names;
    } else {
        whole.files.clear();
    }
    if (!effect.posts.empty()) note(matter, effect);  // a post is told at its desk
    send(matter, effect.whom, told);
    if (effect.whom == matter.workflow->answer_to && whole.merged != Told::Merged::nothing)
        tell_merged(matter, whole);
}

// As they are called today, for a letter that is written later.
void Planner::name_posts(Told& told, const PostsValue& named) {
    for (const PostId post : named.posts) {
        if (const auto title = named_post(tx_, post, today()))
            told.names[post.text()] = {{"called", title->called}, {"holders", title->holders}};
    }
}

void Planner::send(const Standing& matter, Relation whom, const Told& told) {
    const boost::json::object payload{{"number", matter.row.number},
                                      {"workflow", matter.row.workflow},
                                      {"rules", hex(matter.row.workflow_hash)},
                                      {"state", told.state},
                                      {"told", told.values},
                                      {"names", told.names}};
    const std::string text = boost::json::serialize(payload);
    for (const PartyId party : parties_as(matter, whom)) {
        auto contacts = party::load_contacts(tx_, party);
        // Whoever is told as the matter begins may be on record only with it.
        for (const party::SealedContact& fresh : plan_.new_contacts)
            if (fresh.party == party) contacts.push_back(fresh);
        for (const party::SealedContact& contact : contacts) {
            auto message = outgoing(county_.keys, contact, text);
            if (!message) continue;
            message->id = county_.new_id<store::Outbox>();
            message->template_name = "told";
            message->not_before = now_;
            plan_.messages.push_back(std::move(*message));
        }
    }
    // Who is told in office finds it in the product, whoever holds the post.
    for (const InvolvedRow& involved : matter.involved)
        if (involved.post && involved.role == access::name_of(whom))
            plan_.notes.push_back({*involved.post, {}, matter.row.id, "told", whom});
}

void Planner::note(const Standing& matter, const Effect& effect) {
    std::string kind = "taken_in";
    if (matter.row.version > 1) {
        const PartState* part = matter.state.part(effect.part);
        kind = matter.workflow->machine(part == nullptr ? MachineIndex{} : part->machine)
                   .action(effect.because)
                   .name;
    }
    for (const PostId post : effect.posts)
        plan_.notes.push_back({post, {}, matter.row.id, kind, effect.whom});
    if (!effect.posts.empty()) return;
    const auto role = access::name_of(effect.whom);
    for (const InvolvedRow& involved : matter.involved) {
        if (involved.role != role) continue;
        if (involved.party)
            plan_.notes.push_back({{}, involved.party, matter.row.id, kind, effect.whom});
        else
            plan_.notes.push_back({involved.post, {}, matter.row.id, kind, effect.whom});
    }
}

// One act is noted once to whoever it concerns, by the post that has most to do with it: the owner's, then
// the lead's, then the first asker's, and only then that of somebody above.
void Planner::note_once(const Standing& matter, std::size_t from) {
    using enum Relation;
    static constexpr std::array nearest{owner, lead, co_handler, host, superior_of_owner};
    const auto rank = [](const PlannedNote& note) {
        return std::find(nearest.begin(), nearest.end(), note.as) - nearest.begin();
    };
    const auto first = plan_.notes.begin() + static_cast<std::ptrdiff_t>(from);
    const auto of_this = std::stable_partition(
        first, plan_.notes.end(), [&](const PlannedNote& note) { return note.matter == matter.row.id; });
    if (of_this - first < 2) return;
    std::stable_sort(first, of_this, [&](const auto& a, const auto& b) { return rank(a) < rank(b); });
    std::vector<PlannedNote> once;
    std::set<PartyId> people;
    std::set<PostId> posts;
    for (auto note = first; note != of_this; ++note) {
        const auto readers =
            note->party ? std::vector{*note->party} : party::holders(tx_, *note->post, today());
        bool somebody_new = readers.empty() && posts.insert(*note->post).second;
        for (const PartyId reader : readers) somebody_new = people.insert(reader).second || somebody_new;
        if (somebody_new) once.push_back(*note);
    }
    plan_.notes.erase(first, of_this);
    plan_.notes.insert(plan_.notes.end(), once.begin(), once.end());
}

void Planner::give_number(MatterRow& row, Instant at) const {
    matter::give_number(county_, around_.serials, county_.zone.day_of(at).year(), row);
}

// A matter about this one, begun by the engine: an accountability record, say. It shares the resident's key.
// Whom it concerns is the post that owned the piece of work in question, and who had accepted it there.
void Planner::open_child(Standing& matter, const Effect& effect) {
    const WorkflowPtr kind = around_.workflows.current(effect.workflow);
    require(kind != nullptr, "a workflow opens only kinds of matter the pack has");
    MatterRow row;
    row.id = county_.new_id<MatterNoun>();
    give_number(row, now_);
    row.workflow = kind->name;
    row.workflow_hash = kind->hash;
    row.subkind = kind->subkinds.empty() ? std::string() : kind->subkinds.front();
    row.category = matter.row.category;
    row.place = matter.row.place;
    row.about_kind = "matter";
    row.about_id = matter.row.id.value();
    row.parent = matter.row.id;
    row.sealed_line = matter.row.sealed_line;
    row.channel = "engine";
    row.anonymous = true;
    row.host = matter.state.parts.at(0).owner;
    row.opening_entry = county_.new_id<EntryNoun>();
    row.key = matter.row.key;
    row.received_at = now_;
    require(!effect.posts.empty(), "a piece of work has an owner");
    std::vector<InvolvedRow> involved;
    involved.push_back({std::string(access::name_of(kind->answer_to)), effect.person, effect.posts.front()});
    const MatterId id = row.id;
    Standing& child = open(kind, std::move(row), std::move(involved));
    // What it is about and why it was opened stand in it from the first.
    Heading heading;
    for (const auto& sealed : journal::load_chain(tx_, {"matter", matter.row.id.value()}))
        heading.read(journal::unseal(sealed, county_.keys));
    std::vector<journal::NewField> fields;
    if (const auto subject = heading.value("subject"); !subject.empty())
        fields.push_back({"subject", subject, child.row.key});
    if (matter.row.version > 1) {
        const PartState* part = matter.state.part(effect.part);
        const MachineIndex machine = part == nullptr ? MachineIndex{} : part->machine;
        fields.push_back({"because", matter.workflow->machine(machine).action(effect.because).name, {}});
    }
    const auto begun = begin(child, engine(), Form{}, std::move(fields));
    if (!begun) {
        matters_.erase(id);
        throw Fault("a matter that a workflow opens refused to begin");
    }
    matter.children.push_back({effect.workflow, {"matter", id.value()}, true});
}

void Planner::appoint(const Standing& matter, const Effect& effect, const Form&) {
    if (matter.row.about_kind != "post") return;
    for (const PartyId party : parties_as(matter, effect.whom)) {
        party::Holding holding;
        holding.id = county_.new_id<HoldingNoun>();
        holding.post = PostId(matter.row.about_id);
        holding.party = party;
        holding.from = today();
        plan_.appointments.push_back(
            {holding, party::name_to_publish(tx_, county_.keys, party), matter.row.id});
    }
}

// Who had left meanwhile, or been succeeded, is dismissed from nothing.
void Planner::dismiss(const Standing& matter, const Effect& effect) {
    if (matter.row.about_kind != "post") return;
    for (const PartyId party : parties_as(matter, effect.whom))
        plan_.dismissals.push_back({PostId(matter.row.about_id), party, matter.row.id});
}

// The end of a matter lifts what it held, and may be what the one above waits for.
void Planner::tell_parent(const Standing& matter, StateIndex ended_as) {
    if (!matter.row.parent) return;
    Standing* parent = standing(*matter.row.parent);
    if (parent == nullptr || parent->state.parts.empty() || parent->state.parts[0].ended) return;
    const Subject child{"matter", matter.row.id.value()};
    for (ChildFact& fact : parent->children)
        if (fact.subject == child) fact.open = false;
    Trigger trigger;
    trigger.kind = Trigger::Kind::child;
    trigger.child_kind = matter.row.workflow;
    trigger.outcome = matter.workflow->matter().state(ended_as).name;
    trigger.child = child;
    const Actor engine = Planner::engine();
    const Form nothing;
    const Asked asked = resolve(*parent, Action{0, {}, trigger}, nothing);
    const auto decision = child_ended(facts(*parent, engine, nothing, asked, now_), trigger);
    // What nothing waits for is decided all the same, as nothing: a refusal is never how it should be.
    if (!decision)
        throw Fault("what waits for the end of a matter is refused: " +
                    std::string(name_of(decision.error().code)));
    if (decision->steps.empty() && decision->holds.empty() && decision->moves.empty()) return;
    apply(*parent, engine, nothing, *decision,
          {std::string(child_ended_entry),
           {{"child", child.kind + ":" + std::to_string(child.id), {}},
            {"f.outcome",
             boost::json::serialize(boost::json::string(matter.row.workflow + "." + trigger.outcome)),
             {}}}},
          now_);
}

}  // namespace lianxin::matter
