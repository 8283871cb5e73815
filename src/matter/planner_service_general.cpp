// What may be done to any matter, prepared: cards, corrections, links, splitting, remarks. Nothing that was
// recorded is lost: a corrected field stands in the record beside what it was. Merging has a file of its own.
#include <algorithm>
#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>
#include <boost/json/value.hpp>

#include "base/public_number.hpp"
#include "matter/form_service.hpp"
#include "matter/planner_service.hpp"
#include "matter/state_rows.hpp"

namespace lianxin::matter {

using access::Relation;

namespace {

std::string json_text(const std::string& text) {
    return boost::json::serialize(boost::json::string(text));
}

const std::string* text_in(const Form& form, std::string_view field) {
    const auto* value = form.find_as<TextValue>(general_field(field));
    return value == nullptr ? nullptr : &value->text;
}

}  // namespace

std::vector<journal::NewField> Planner::general_entry(const Standing& matter, const Form& form) {
    std::vector<journal::NewField> fields;
    add_form(fields, general_fields(), form, matter.row.key);
    return fields;
}

// It moves nothing. Whoever has work on it now finds it as news: on a merged matter, those who work on the
// other, where an entry says under which number it stands.
void Planner::remark(Standing& matter, const Actor& actor, const Form& form) {
    apply(matter, actor, form, unmoved(matter.state),
          {name_of(General::remark), {}, 0, {}, &general_fields()}, now_);
    Standing& stands = survivor(matter);
    if (&stands != &matter) {
        apply(stands, actor, Form{}, unmoved(stands.state),
              {"any.remarked", {{"f.other", json_text(matter.row.number), {}}}, 0, {}}, now_);
    }
    note_owners(stands, General::remark);
}

void Planner::note_owners(const Standing& matter, General action) {
    const std::size_t noted = plan_.notes.size();
    for (const PartState& part : matter.state.parts)
        if (!part.ended)
            plan_.notes.push_back({part.owner, {}, matter.row.id, name_of(action), access::Relation::owner});
    note_once(matter, noted);
}

Result<void, Refusal> Planner::card(Standing& matter, const Actor& actor, PartNo part, const Form& form) {
    const Form nothing;
    const Asked asked = resolve(matter, Action{part, {}, {}}, nothing);
    const auto decision = put_card(facts(matter, actor, nothing, asked, now_), part);
    if (!decision) return fail(decision.error());
    EntryText text{name_of(General::card), general_entry(matter, form), part, {}};
    text.fields.push_back({"card", name_of(decision->after.part(part)->card), {}});
    text.fields.push_back({"urged", matter.state.part(part)->owner.text(), {}});
    const std::size_t notes = plan_.notes.size();
    apply(matter, actor, nothing, *decision, std::move(text), now_);
    for (std::size_t at = notes; at < plan_.notes.size(); ++at) plan_.notes[at].kind = name_of(General::card);
    return {};
}

void Planner::correct(Standing& matter, const Actor& actor, const Form& form, const Corrected& corrected) {
    EntryText text{name_of(General::correct), general_entry(matter, form), 0, {}};
    // Places and categories are named in the entry as they were called; their ids are the projection's.
    for (auto& field : text.fields)
        for (const auto& [name, said] : corrected.said)
            if (field.name == "f." + name) field.value = json_text(said);
    for (const auto& [name, was] : corrected.was)
        text.fields.push_back({"f.was_" + name, json_text(was), matter.row.key});
    Correction& change = text.more.corrected.emplace();
    change.category = corrected.category;
    change.place = corrected.place;
    if (const auto* subkind = text_in(form, "subkind")) change.subkind = *subkind;
    if (text_in(form, "subject") != nullptr) change.subject_seq = matter.row.version + 1;
    if (corrected.category) matter.row.category = corrected.category;
    if (corrected.place) {
        matter.row.place = *corrected.place;
        matter.lineage = lineage_of(*corrected.place).value_or(place::Lineage{});
        for (int level = 1; level <= place::max_level; ++level)
            change.lineage.push_back(matter.lineage.at(level));
    }
    if (!change.subkind.empty()) matter.row.subkind = change.subkind;
    apply(matter, actor, Form{}, unmoved(matter.state), std::move(text), now_);
}

bool Planner::follow_tree(Standing& matter) {
    const PlaceId stands = place::standing_place(tx_, matter.row.place, today());
    const auto& lineage = lineage_of(stands);
    if (!lineage || (*lineage == matter.lineage && stands == matter.row.place)) return false;
    EntryText text{"followed_tree", {}};
    Correction& change = text.more.corrected.emplace();
    change.place = stands;
    for (int level = 1; level <= place::max_level; ++level) change.lineage.push_back(lineage->at(level));
    matter.row.place = stands;
    matter.lineage = *lineage;
    apply(matter, engine(), Form{}, unmoved(matter.state), std::move(text), now_);
    return true;
}

void Planner::link(Standing& matter, Standing& other, const Actor& actor, const Form& form) {
    for (Standing* one : {&matter, &other}) {
        Standing& another = one == &matter ? other : matter;
        EntryText text{name_of(General::link), general_entry(*one, form), 0, {}};
        // Each record names the other by its own number.
        std::erase_if(text.fields, [](const journal::NewField& field) { return field.name == "f.other"; });
        text.fields.push_back({"f.other", json_text(another.row.number), {}});
        text.more.links.push_back({std::string(link_kind::related), another.row.id});
        apply(*one, actor, Form{}, unmoved(one->state), std::move(text), now_);
    }
}

// Each piece is a matter of its own, taken in anew, by the same resident under the same receipt.
Result<void, Refusal> Planner::split(Standing& matter, const Actor& actor, const Form& form) {
    const auto* pieces = form.find_as<ChecklistValue>(general_field("pieces"));
    require(pieces != nullptr, "the form of a split was checked");
    EntryText text{name_of(General::split), general_entry(matter, form), 0, {}};
    std::vector<std::string> subjects = pieces->items;
    subjects.insert(subjects.end(), pieces->others.begin(), pieces->others.end());
    boost::json::array numbers;
    for (const std::string& subject : subjects) {
        auto piece = open_piece(matter, actor, subject);
        if (!piece) return fail(piece.error());
        numbers.emplace_back((*piece)->row.number);
        text.more.links.push_back({std::string(link_kind::split_to), (*piece)->row.id});
        matter.children.push_back({(*piece)->row.workflow, {"matter", (*piece)->row.id.value()}, true});
    }
    text.fields.push_back({"f.numbers", boost::json::serialize(numbers), {}});
    apply(matter, actor, Form{}, unmoved(matter.state), std::move(text), now_);
    return {};
}

Result<Standing*, Refusal> Planner::open_piece(Standing& matter, const Actor& actor,
                                               const std::string& subject) {
    const WorkflowPtr kind = around_.workflows.current(matter.row.workflow);
    require(kind != nullptr, "the kind of a matter under way is one of the pack's");
    MatterRow row = matter.row;
    row.id = county_.new_id<MatterNoun>();
    give_number(row, now_);
    row.workflow_hash = kind->hash;
    row.parent = matter.row.id;
    row.merged_into.reset();
    row.source_index.reset();
    row.opening_entry = county_.new_id<EntryNoun>();
    row.received_at = now_;
    if (!row.host && !actor.relations.posts.empty()) row.host = actor.relations.posts.front();
    const std::string number = row.number;
    Standing& piece = open(kind, std::move(row), matter.involved);
    Actor asking = actor;
    for (const Relation relation : {Relation::reporter, kind->answer_to, Relation::host}) {
        asking.set.add(relation);
        if (!asking.relations.are(relation)) asking.relations.relations.push_back(relation);
    }
    std::vector<journal::NewField> fields{{"subject", subject, piece.row.key},
                                          {"text", subject, piece.row.key},
                                          {"number", number, {}},
                                          {"channel", piece.row.channel, {}},
                                          {"f.other", json_text(matter.row.number), {}}};
    if (const auto begun = begin(piece, asking, Form{}, std::move(fields)); !begun)
        return fail(begun.error());
    return &piece;
}

Result<void, Refusal> Planner::change_over(Standing& matter, const Actor& actor, const Form& form,
                                           std::span<const StateChoice> choices) {
    const WorkflowPtr from = matter.workflow;
    const WorkflowPtr next = around_.workflows.current(matter.row.workflow);
    if (next == nullptr || next->hash == from->hash)
        return fail(Refusal{ActRefusal::version_is_current, {}, {}});
    auto moved = translate(*from, matter.state, *next, choices, now_);
    if (!moved) return fail(Refusal{ActRefusal::version_does_not_fit, {}, {}});
    const MatterState before = std::move(matter.state);
    matter.state = moved->matter;
    matter.workflow = next;
    matter.row.workflow_hash = next->hash;
    matter.notices = load_notice_facts(tx_, matter.row.id, *next);
    matter.ballots = load_ballot_facts(tx_, matter.row.id, *next);
    load_surroundings(matter);
    const Form nothing;
    const Asked asked = resolve(matter, Action{}, nothing);
    const auto decision = matter::change_over(facts(matter, actor, nothing, asked, now_), *from, before);
    if (!decision) return fail(Refusal{ActRefusal::version_does_not_fit, {}, {}});
    EntryText text{name_of(General::move), general_entry(matter, form), 0, {}};
    std::erase_if(text.fields, [](const journal::NewField& field) { return field.name == "f.state"; });
    text.fields.push_back({"f.from_version", json_text(hex(from->hash)), {}});
    text.fields.push_back({"f.to_version", json_text(hex(next->hash)), {}});
    text.more.workflow_hash = next->hash;
    for (const ClockState& left : moved->left)
        text.more.clocks.push_back(clock_row(*from, left, county_.calendar.version()));
    apply(matter, actor, nothing, *decision, std::move(text), now_);
    return {};
}

}  // namespace lianxin::matter
