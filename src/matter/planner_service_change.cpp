// A decision as the change of an entry: rows as they are to be, by name.
#include <algorithm>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>
#include <boost/json/value.hpp>

#include "matter/attachment_service.hpp"
#include "matter/change_store.hpp"
#include "matter/form_service.hpp"
#include "matter/planner_service.hpp"
#include "matter/state_rows.hpp"
#include "matter/timeline_service.hpp"
#include "party/party_store.hpp"

namespace lianxin::matter {

namespace {

// Free words and pictures are a resident's or about one; posts, days, numbers and choices are not.
bool holds_words(const FieldValue& value) {
    return std::holds_alternative<TextValue>(value) || std::holds_alternative<RatingValue>(value) ||
           std::holds_alternative<ChecklistValue>(value) || std::holds_alternative<CriteriaValue>(value) ||
           std::holds_alternative<AttachmentsValue>(value) || std::holds_alternative<PartiesValue>(value) ||
           std::holds_alternative<TableValue>(value);
}

void add_actor(std::vector<journal::NewField>& fields, const Standing& matter, const Actor& actor,
               PartNo part) {
    using access::Relation;
    Relation as = Relation::anyone;
    for (const Relation relation : {Relation::engine, Relation::lead, Relation::owner, Relation::co_handler,
                                    Relation::superior_of_owner, Relation::leader, Relation::dispatcher,
                                    Relation::oversight, Relation::host, matter.workflow->answer_to,
                                    Relation::reporter, Relation::applicant, Relation::party_to}) {
        if (!actor.set.has(relation)) continue;
        as = relation;
        break;
    }
    fields.push_back({"actor", std::string(access::name_of(as)), {}});
    if (actor.party) fields.push_back({"actor.party", actor.party->text(), {}});
    const PartState* at = matter.state.part(part);
    if (at != nullptr && actor.relations.hold(at->owner)) {
        fields.push_back({"actor.post", at->owner.text(), {}});
    } else if (actor.party && !actor.relations.posts.empty()) {
        fields.push_back({"actor.post", actor.relations.posts.front().text(), {}});
    }
}

// A piece of work that got a further card: which, and who is urged by it.
void add_card(std::vector<journal::NewField>& fields, const MatterState& before, const MatterState& after) {
    for (const journal::NewField& field : fields)
        if (field.name == "card") return;
    for (const PartState& part : after.parts) {
        const PartState* was = before.part(part.no);
        if (part.card <= (was == nullptr ? Card::none : was->card)) continue;
        fields.push_back({"card", name_of(part.card), {}});
        fields.push_back({"urged", part.owner.text(), {}});
        return;
    }
}

std::string steps_text(const Workflow& workflow, const MatterState& after, const std::vector<Step>& steps) {
    std::string text;
    for (const Step& step : steps) {
        const PartState* part = after.part(step.part);
        if (part == nullptr) continue;
        if (!text.empty()) text += ' ';
        text += workflow.machine(part->machine).action(step.action).name;
    }
    return text;
}

}  // namespace

void add_form(std::vector<journal::NewField>& fields, const Workflow& workflow, const Form& form,
              journal::KeyId key) {
    for (const Form::Entry& entry : form.entries()) {
        journal::NewField field;
        field.name = "f." + rule_at(workflow.fields, entry.field).name;
        field.value = boost::json::serialize(value_json(rule_at(workflow.fields, entry.field), entry.value));
        if (holds_words(entry.value)) field.sealed_with = key;
        fields.push_back(std::move(field));
    }
}

void Planner::apply(Standing& matter, const Actor& actor, const Form& form, const Decision& decision,
                    EntryText text, Instant at) {
    const PartNo part = text.part.value_or(decision.steps.empty() ? PartNo{0} : decision.steps.front().part);
    add_actor(text.fields, matter, actor, part);
    add_form(text.fields, text.terms == nullptr ? *matter.workflow : *text.terms, form, matter.row.key);
    if (part != 0) text.fields.push_back({"part", std::to_string(part), {}});
    if (decision.steps.size() > 1)
        text.fields.push_back({"steps", steps_text(*matter.workflow, decision.after, decision.steps), {}});
    if (std::any_of(decision.effects.begin(), decision.effects.end(),
                    [](const Effect& effect) { return effect.kind == EffectRule::Kind::certificate; }))
        text.fields.push_back({std::string(conferring), "1", {}});
    if (decision.told_twice) text.fields.push_back({"told_twice", "1", {}});
    add_card(text.fields, matter.state, decision.after);
    Change change = change_of(matter, actor, form, decision, at);
    if (text.more.milestones) change.milestones = text.more.milestones;
    change.corrected = std::move(text.more.corrected);
    change.merged_into = text.more.merged_into;
    change.workflow_hash = text.more.workflow_hash;
    change.clocks.insert(change.clocks.end(), text.more.clocks.begin(), text.more.clocks.end());
    change.ratings.insert(change.ratings.end(), text.more.ratings.begin(), text.more.ratings.end());
    change.links = std::move(text.more.links);
    matter.links.insert(matter.links.end(), change.links.begin(), change.links.end());
    change.unlinked = std::move(text.more.unlinked);
    for (const LinkRow& gone : change.unlinked) std::erase(matter.links, gone);
    matter.state = decision.after;
    add_entry(matter, std::move(change), std::move(text), at);
    claim_attachments(matter, form, plan_.entries.back().entry.id);
    count_measures(matter, form, plan_.entries.back().entry.id, at);
    carry_out(matter, actor, decision, form);
    if (is_withdrawn(matter, decision)) go_on_without(matter);
}

Change Planner::change_of(Standing& matter, const Actor& actor, const Form& form, const Decision& decision,
                          Instant at) {
    const Workflow& workflow = *matter.workflow;
    Change change;
    if (matter.row.version == 0) {
        change.opened.emplace();
        change.opened->matter = matter.row;
        for (int level = 1; level <= place::max_level; ++level)
            change.opened->lineage.push_back(matter.lineage.at(level));
        change.involved = matter.involved;
    }
    // A part's row holds its earliest deadline, so a clock that changed changes it too.
    for (const PartState& part : decision.after.parts) {
        const bool moved = std::any_of(decision.moves.begin(), decision.moves.end(),
                                       [&](const PartMove& move) { return move.after.no == part.no; });
        const bool clocked =
            std::any_of(decision.clocks.begin(), decision.clocks.end(),
                        [&](const ClockChange& clock) { return clock.after.part == part.no; });
        if (moved || clocked) change.parts.push_back(part_row(workflow, part, decision.after.clocks));
    }
    for (const ClockChange& clock : decision.clocks)
        change.clocks.push_back(clock_row(workflow, clock.after, county_.calendar.version()));
    for (const HoldChange& hold : decision.holds)
        change.holds.push_back(
            {hold.hold.name, hold.hold.source.kind, hold.hold.source.id, hold.hold.since, !hold.opened});
    for (const TallyChange& tally : decision.tallies)
        change.tallies.push_back({tally.part, rule_at(workflow.tallies, tally.tally), tally.count});
    for (const Step& step : decision.steps) {
        const PartState* part = decision.after.part(step.part);
        if (!actor.party || part == nullptr || !is_remembered(workflow, part->machine, step.action)) continue;
        change.done.push_back(
            {step.part, workflow.machine(part->machine).action(step.action).name, *actor.party});
    }
    mark_involved(matter, form, decision, change);
    mark_ratings(matter, form, decision, change, at);
    mark_ballots(matter, decision, change, at);
    mark_notices(matter, form, decision, change);
    const Milestones before = matter.milestones;
    mark_milestones(matter, decision, at);
    if (change.opened || !(matter.milestones == before)) change.milestones = matter.milestones;
    mark_publication(matter, before, form, decision, change);
    return change;
}

// Who is named in the form belongs to the matter from now on, and whoever had a piece of it and has it no
// more; nobody twice.
void Planner::mark_involved(Standing& matter, const Form& form, const Decision& decision, Change& change) {
    std::vector<InvolvedRow> named;
    for (const PartState& part : decision.after.parts) {
        const PartState* before = matter.state.part(part.no);
        if (before != nullptr && before->owner != part.owner)
            named.push_back({std::string(access::name_of(access::Relation::has_handled)), {}, before->owner});
    }
    for (const Effect& effect : decision.effects) {
        if (effect.kind != EffectRule::Kind::involve) continue;
        const std::string role(access::name_of(effect.whom));
        if (const auto* parties = form.find_as<PartiesValue>(effect.field))
            for (const PartyId party : parties->parties) named.push_back({role, party, {}});
        if (const auto* posts = form.find_as<PostsValue>(effect.field))
            for (const PostId post : posts->posts) named.push_back({role, {}, post});
    }
    for (InvolvedRow& row : named) {
        if (std::find(matter.involved.begin(), matter.involved.end(), row) != matter.involved.end()) continue;
        matter.involved.push_back(row);
        change.involved.push_back(std::move(row));
    }
}

// A quantity that was filled in counts: one measure per field, in its own kind and unit.
void Planner::count_measures(const Standing& matter, const Form& form, EntryId entry, Instant at) {
    for (const Form::Entry& filled : form.entries()) {
        const auto* value = std::get_if<MeasureValue>(&filled.value);
        if (value == nullptr) continue;
        plan_.measures.push_back({county_.new_id<measure::MeasureNoun>(),
                                  {"matter", matter.row.id.value()},
                                  rule_at(matter.workflow->fields, filled.field).measure_kind,
                                  value->unit,
                                  value->scaled,
                                  entry,
                                  at});
    }
}

void Planner::mark_milestones(Standing& matter, const Decision& decision, Instant at) const {
    Milestones& m = matter.milestones;
    if (decision.told) m.told_at = at;
    if (!m.contacted_at) {
        // The first act that is a resident's clock's object: whoever does it has been in touch.
        for (const ClockChange& change : decision.clocks) {
            const ClockRule& rule = rule_at(matter.workflow->clocks, change.after.clock);
            if (rule.start == ClockStart::receipt && change.kind == ClockChange::Kind::stopped &&
                !rule.stopped_by.empty())
                m.contacted_at = at;
        }
        if (decision.told) m.contacted_at = at;
    }
    for (const PartMove& move : decision.moves) {
        if (move.after.no != 0) continue;
        const bool closed = move.phase == CountsAs::closed;
        const bool going_on = move.phase == CountsAs::open || move.phase == CountsAs::open_explained;
        if (closed && !m.closed_at) m.closed_at = at;
        if (going_on) m.closed_at.reset();
        if (matter.workflow->matter().state(move.after.state).published && !m.published_at)
            m.published_at = at;
    }
    if (decision.ended_as) mark_end(matter, matter.workflow->matter().state(*decision.ended_as), at);
    for (const Effect& effect : decision.effects) {
        if (effect.kind == EffectRule::Kind::publish) m.published_at = at;
        if (effect.kind == EffectRule::Kind::unpublish) m.published_at.reset();
    }
    m.asked_times = decision.after.asked_times;
    m.asked_late = decision.after.asked_late;
    m.asked_before = lines_text(decision.after.asked_before);
    m.could_ask = lines_text(decision.after.could_ask);
}

// An end that counts as closed closes what nothing had closed before.
void Planner::mark_end(Standing& matter, const StateRule& end, Instant at) {
    Milestones& m = matter.milestones;
    if (!m.ended_at) m.ended_at = at;
    if (!end.ends_as) return;
    m.ended_as = name_of(*end.ends_as);
    const bool closes = end.ends_as == EndsAs::closed || end.ends_as == EndsAs::settled;
    if (closes && !m.closed_at) m.closed_at = at;
}

void Planner::mark_ratings(Standing& matter, const Form& form, const Decision& decision, Change& change,
                           Instant at) const {
    if (decision.after.rated && !matter.state.rated && !matter.ratings.empty()) {
        for (const Form::Entry& entry : form.entries()) {
            const auto* value = std::get_if<RatingValue>(&entry.value);
            if (value == nullptr) continue;
            RatingRow& rating = matter.ratings.back();
            rating.rated_at = at;
            rating.solved = value->solved == Solved::yes ? 2 : value->solved == Solved::partly ? 1 : 0;
            rating.grade = value->grade;
            change.ratings.push_back(rating);
        }
    }
    if (decision.rating_asked) {
        matter.ratings.push_back({static_cast<std::int32_t>(matter.ratings.size() + 1), at, {}, {}, {}});
        change.ratings.push_back(matter.ratings.back());
    }
}

void Planner::mark_ballots(Standing& matter, const Decision& decision, Change& change, Instant at) {
    for (const BallotChange& ballot : decision.ballots) {
        const BallotRule& rule = rule_at(matter.workflow->ballots, ballot.ballot);
        BallotRow row;
        row.name = rule.name;
        row.round = ballot.round;
        row.opened_at = at;
        row.secret = rule.secret;
        BallotFact fact{ballot.ballot, ballot.round, ballot.opened, ballot.count, ballot.outcome};
        if (ballot.opened) {
            party::SelectorContext context;
            context.place = matter.row.place;
            context.day = today();
            // Nobody votes on what they ask for or what is about them, nor on somebody they live with.
            const auto apart = apart_from(matter).hands.people;
            const std::string plural = rule.electorate.post_kind + "@" + rule.electorate.level;
            for (const PostId post : posts_.all_of(std::string_view(plural), context)) {
                for (const PartyId voter : party::holders(tx_, post, context.day))
                    if (!std::binary_search(apart.begin(), apart.end(), voter)) row.voters.push_back(voter);
            }
            std::sort(row.voters.begin(), row.voters.end());
            row.voters.erase(std::unique(row.voters.begin(), row.voters.end()), row.voters.end());
            row.electorate = static_cast<std::int64_t>(row.voters.size());
            fact.count = {row.electorate, 0, 0, 0, 0};
            matter.ballots.push_back(fact);
        } else {
            row.closed_at = at;
            row.electorate = ballot.count.electorate;
            row.present = ballot.count.present;
            row.yes = ballot.count.yes;
            row.no = ballot.count.no;
            row.abstained = ballot.count.abstained;
            if (ballot.outcome) row.outcome = name_of(*ballot.outcome);
            for (BallotFact& known : matter.ballots)
                if (known.ballot == ballot.ballot && known.round == ballot.round) known = fact;
        }
        change.ballots.push_back(std::move(row));
    }
}

void Planner::mark_notices(Standing& matter, const Form& form, const Decision& decision, Change& change) {
    for (const NoticeChange& notice : decision.notices) {
        const NoticeRule& rule = rule_at(matter.workflow->notices, notice.notice);
        NoticeRow row;
        row.kind = static_cast<std::int32_t>(notice.kind);
        row.id = notice.id.value_or(NoticeId());
        row.name = rule.name;
        row.from = notice.from;
        row.until = notice.until;
        row.period = rule.period.text();
        if (rule.in_house) row.audience = "staff";
        if (notice.kind == NoticeChange::Kind::opened) {
            row.id = county_.new_id<NoticeNoun>();
            row.place = matter.row.place;
            if (const auto* kind = posts_.offices().places.find(rule.place);
                kind != nullptr && matter.lineage.has(kind->level))
                row.place = matter.lineage.at(kind->level);
            row.shows = shown(matter, rule.shows, form);
            matter.notices.push_back({notice.notice, row.id, notice.from, notice.until, false});
        }
        if (notice.kind == NoticeChange::Kind::restarted) correct_shown(matter, rule, form, row);
        for (NoticeFact& fact : matter.notices) {
            if (fact.id != row.id) continue;
            fact.from = notice.from;
            fact.until = notice.until;
            fact.withdrawn = notice.kind == NoticeChange::Kind::withdrawn;
        }
        change.notices.push_back(std::move(row));
    }
}

void Planner::add_entry(Standing& matter, Change change, EntryText text, Instant at) {
    matter.row.version += 1;
    text.fields.push_back({"change", encode(change), {}});
    journal::NewEntry entry;
    entry.id = matter.row.version == 1 ? matter.row.opening_entry : county_.new_id<EntryNoun>();
    entry.chain = {"matter", matter.row.id.value()};
    entry.kind = std::move(text.kind);
    entry.workflow = matter.row.workflow_hash;
    entry.happened_at = at;
    entry.fields = std::move(text.fields);
    plan_.entries.push_back(
        {matter.row.id, matter.row.version, std::move(change), journal::prepare(entry, county_.keys)});
}

void Planner::claim_attachments(const Standing& matter, const Form& form, EntryId entry) {
    for (const Form::Entry& filled : form.entries()) {
        const auto* files = std::get_if<AttachmentsValue>(&filled.value);
        if (files == nullptr) continue;
        for (const auto& file : files->files) {
            const auto upload = load_upload(tx_, file.upload);
            if (!upload) continue;  // the commit finds it gone
            plan_.attachments.push_back(
                {file.upload, matter.row.id, entry, reseal_key(county_, *upload, matter.row.key)});
        }
    }
}

}  // namespace lianxin::matter
