// Looking at one matter. Everything shown goes through what the reader is to it; personal data shown to staff
// leaves a mark that the resident can see.
#include <algorithm>

#include "access/policy.hpp"
#include "matter/ballot_view_service.hpp"
#include "matter/intake_service.hpp"
#include "matter/note_store.hpp"
#include "matter/service_progress_service.hpp"
#include "matter/state_rows.hpp"
#include "matter/timeline_service.hpp"
#include "place/place_store.hpp"

namespace lianxin::matter {

namespace {

using access::Relation;

const char* stage_name(ClockState::Stage stage) {
    switch (stage) {
        case ClockState::Stage::running:
            return "running";
        case ClockState::Stage::paused:
            return "paused";
        case ClockState::Stage::stopped_in_time:
            return "stopped_in_time";
        case ClockState::Stage::stopped_late:
            return "stopped_late";
        case ClockState::Stage::ran_out:
            return "ran_out";
    }
    return "";
}

std::vector<ClockView> clock_views(const County& county, const Standing& matter, bool resident, Instant now) {
    std::vector<ClockView> views;
    for (const ClockState& clock : matter.state.clocks) {
        if (resident && !matter.workflow->is_told(clock.clock)) continue;
        ClockView view;
        view.name = rule_at(matter.workflow->clocks, clock.clock).name;
        view.part = clock.part;
        view.state = stage_name(clock.stage);
        view.started = clock.started;
        view.due = clock.due;
        if (clock.card != Card::none) view.card = name_of(clock.card);
        view.told = matter.workflow->answer_to != Relation::host && matter.workflow->is_told(clock.clock);
        view.promised = rule_at(matter.workflow->clocks, clock.clock).limit == ClockLimit::item;
        if (clock.period) {
            auto pauses = clock.pauses;
            if (clock.paused_since) pauses.push_back({*clock.paused_since, {}});
            auto counted = calendar::deadline(county.calendar, county.zone, clock.started, *clock.period,
                                              pauses, clock.extension, now);
            view.why = std::move(counted.why);
            const auto& within = rule_at(matter.workflow->clocks, clock.clock).within;
            if (within && clock.due < counted.due)
                view.within = rule_at(matter.workflow->clocks, *within).name;
        }
        views.push_back(std::move(view));
    }
    return views;
}

constexpr int most_entries = 2000;

void announce_people(store::Transaction& tx, const Standing& matter, Day today) {
    for (const PartState& part : matter.state.parts) {
        party::announce_post_view(tx, part.owner, today);
        if (part.person) party::announce_party(tx, *part.person);
    }
}

std::vector<PartView> part_views(store::Transaction& tx, const Standing& matter, bool resident, Day today) {
    std::vector<PartView> views;
    for (const PartState& part : matter.state.parts) {
        const Machine& machine = matter.workflow->machine(part.machine);
        PartView view;
        view.no = part.no;
        view.machine = part.machine.value == 0 ? std::string() : machine.name;
        view.state = machine.state(part.state).name;
        view.tone = tone_of(machine.state(part.state));
        view.owner = part.owner;
        if (const auto post = party::load_post_view(tx, part.owner, today)) {
            view.owner_kind = post->post.kind;
            view.owner_title = post->unit_name.empty() ? post->place_name : post->unit_name;
            // Until one of them accepts it, whoever wants to know calls any of them.
            for (const auto& holder : post->holders)
                if (!part.person) view.person = (view.person ? *view.person + "、" : "") + holder.name;
        }
        if (part.person) {
            const auto person = party::load_party(tx, *part.person);
            if (person && !person->name.empty()) view.person = person->name;
        }
        view.lead = part.lead && !part.led_by;
        if (part.led_by && !part.ended)
            if (const auto post = party::load_post_view(tx, *part.led_by, today))
                view.led_by =
                    post->post.kind + "@" + (post->unit_name.empty() ? post->place_name : post->unit_name);
        view.ended = part.ended;
        if (part.card != Card::none) view.card = name_of(part.card);
        view.due = due_of(*matter.workflow, matter.state, part.no, resident);
        views.push_back(std::move(view));
    }
    return views;
}

std::vector<RatingView> rating_views(const Standing& matter) {
    static constexpr const char* solved[] = {"no", "partly", "yes"};
    std::vector<RatingView> views;
    for (const RatingRow& rating : matter.ratings) {
        views.push_back({rating.round, rating.asked_at, rating.rated_at,
                         rating.solved ? solved[std::clamp(*rating.solved, 0, 2)] : "", rating.grade});
    }
    return views;
}

// `stands`: the matter itself, or the one it was merged into.
void fill_heading(MatterView& view, const Standing& matter, const Standing& stands, bool resident) {
    const StateRule& state = stands.workflow->matter().state(stands.state.parts.at(0).state);
    view.id = matter.row.id;
    view.number = matter.row.number;
    view.workflow = matter.row.workflow;
    view.workflow_hash = hex(stands.row.workflow_hash);
    view.subkind = matter.row.subkind;
    view.category = matter.row.category;
    view.place = matter.row.place;
    if (matter.row.about_id != 0) view.about = Subject{matter.row.about_kind, matter.row.about_id};
    view.parent = matter.row.parent;
    view.channel = matter.row.channel;
    view.anonymous = matter.row.anonymous;
    view.state = state.name;
    view.phase = name_of(state.counts_as);
    view.tone = tone_of(state);
    view.due = due_of(*stands.workflow, stands.state, 0, resident);
    view.merged_into = matter.row.merged_into;
    view.received_at = matter.row.received_at;
    view.told_at = matter.milestones.told_at;
    view.closed_at = stands.milestones.closed_at;
    view.ended_at = matter.milestones.ended_at;
    view.version = matter.row.version;
}

std::vector<ChildView> child_views(Planner& planner, const Standing& matter,
                                   const access::ActingPerson& who) {
    std::vector<ChildView> views;
    for (const ChildFact& child : matter.children) {
        const Standing* below = planner.standing(MatterId(child.subject.id));
        if (below == nullptr ||
            !access::may_read_matter(planner.actor(who, *below).set, is_sealed(below->row)))
            continue;
        views.push_back({below->row.id, below->row.number, below->row.workflow, child.open});
    }
    return views;
}

std::optional<AboutView> about_view(Planner& planner, const Standing& matter,
                                    const access::ActingPerson& who) {
    if (!matter.row.parent) return {};
    const Standing* above = planner.standing(*matter.row.parent);
    if (above == nullptr || !access::may_read_matter(planner.actor(who, *above).set, is_sealed(above->row)))
        return {};
    const auto& root = above->state.parts.at(0);
    return AboutView{above->row.id,
                     above->row.number,
                     above->row.workflow,
                     above->workflow->matter().state(root.state).name,
                     {}};
}

// Kinds of matter about a matter that the reader may begin about this one.
std::vector<std::string> kinds_to_open(const Workflows& workflows, const Actor& actor) {
    std::vector<std::string> kinds;
    for (const WorkflowPtr& kind : workflows.all_current()) {
        if (kind->about != "matter") continue;
        const auto& who = kind->matter().start.who;
        if (std::any_of(who.begin(), who.end(), [&](const WhoRule& rule) {
                return rule.kind == WhoRule::Kind::relation && actor.set.has(rule.relation);
            }))
            kinds.push_back(kind->name);
    }
    return kinds;
}

// Others beside it, as far as the reader may know of them.
std::vector<LinkView> link_views(Planner& planner, const Standing& matter, const access::ActingPerson& who) {
    std::vector<LinkView> views;
    for (const LinkRow& link : matter.links) {
        const Standing* other = planner.standing(link.other);
        if (other == nullptr ||
            !access::may_read_matter(planner.actor(who, *other).set, is_sealed(other->row)))
            continue;
        views.push_back({link.kind, other->row.id, other->row.number, other->row.workflow,
                         other->workflow->matter().state(other->state.parts.at(0).state).name});
    }
    return views;
}

// Who looked at the resident's data, for the resident.
std::vector<ReadView> read_views(store::Transaction& tx, MatterId matter, Day today, Zone zone) {
    std::vector<ReadView> views;
    for (const ReadMark& mark : reads_of(tx, matter)) {
        const auto post = mark.post ? party::load_post_view(tx, *mark.post, today) : std::nullopt;
        const std::string title =
            post ? post->post.kind + "@" + (post->unit_name.empty() ? post->place_name : post->unit_name)
                 : "";
        // Whoever comes back on the same day looked once.
        const bool again = std::any_of(views.begin(), views.end(), [&](const ReadView& seen) {
            return seen.post == title && seen.what == mark.what &&
                   zone.day_of(seen.at) == zone.day_of(mark.at);
        });
        if (!again) views.push_back({title, mark.what, mark.at});
    }
    return views;
}

// The posts a field of an entry names, in the order they were named.
std::vector<PostId> posts_named(const EntryView& entry, const std::string& field) {
    std::vector<PostId> named;
    for (const FieldView& filled : entry.fields) {
        const auto* value = filled.name == field ? filled.value.if_object() : nullptr;
        const auto* posts = value == nullptr ? nullptr : value->if_contains("posts");
        if (posts == nullptr || !posts->is_array()) continue;
        for (const auto& post : posts->get_array())
            named.push_back(post.is_string() ? PostId::parse(post.get_string()).value_or(PostId())
                                             : PostId());
    }
    return named;
}

// Whom each part was opened for: the posts of the actions that open parts, in order, for parts are numbered
// on. A part that was refused lies with another post, and is still that piece of the work.
void name_pieces(store::Transaction& tx, const Workflow& workflow, MatterView& view, Day today) {
    std::vector<PostId> opened_for;
    for (const EntryView& entry : view.timeline) {
        const auto action = entry.part == 0 ? workflow.matter().find_action(entry.action) : std::nullopt;
        const auto opens = action ? workflow.matter().action(*action).opens : std::nullopt;
        if (!opens) continue;
        const auto named = posts_named(entry, rule_at(workflow.fields, opens->for_each).name);
        opened_for.insert(opened_for.end(), named.begin(), named.end());
    }
    for (PartView& part : view.parts) {
        if (part.no < 1 || static_cast<std::size_t>(part.no) > opened_for.size()) continue;
        const auto post = party::load_post_view(tx, opened_for[static_cast<std::size_t>(part.no) - 1], today);
        if (!post) continue;
        part.given_to =
            post->post.kind + "@" + (post->unit_name.empty() ? post->place_name : post->unit_name);
    }
}

void mark_answers(const Workflow& workflow, std::vector<EntryView>& timeline) {
    const Machine& machine = workflow.matter();
    for (EntryView& entry : timeline) {
        const auto action = entry.part == 0 ? machine.find_action(entry.action) : std::nullopt;
        const auto to = action ? machine.action(*action).to : std::nullopt;
        entry.answers = entry.answers ||
                        (to && machine.state(*to).counts_as == CountsAs::closed && !machine.state(*to).end);
    }
}

// What the timeline tells of the matter besides its steps: which is the answer, and whose piece each part is.
void explain(County& county, const Workflow& workflow, MatterView& view, Day today) {
    mark_answers(workflow, view.timeline);
    mark_service(view);
    if (view.parts.size() < 2) return;
    county.database.read([&](store::Transaction& tx) { name_pieces(tx, workflow, view, today); });
}

struct Read {
    MatterView view;
    std::vector<journal::SealedEntry> chain;
    Reader reader;
    std::vector<AttachmentRow> attachments;
    bool personal = false;
    bool logged = false;
    bool ballot_paper = false;  // what the ballots show, and nothing else of it
};

// Whoever merely votes: what it is called and where it stands, the ballots, and what came of them.
Read ballot_paper(store::Transaction& tx, County& county, const Standing& matter, const Standing& stands,
                  const access::ActingPerson& who) {
    Read out;
    fill_heading(out.view, matter, stands, false);
    const auto place = place::load_place(tx, matter.row.place, county.zone.day_of(county.clock.now()));
    if (place && place->household && place->parent) out.view.place = *place->parent;
    out.view.category.reset();
    out.view.ballots = ballot_views(tx, county, matter, who);
    out.reader = {false, matter.workflow};
    out.chain = journal::load_chain(tx, {"matter", matter.row.id.value()}, 0, 1);
    out.ballot_paper = true;
    return out;
}

void fill_place_and_category(store::Transaction& tx, MatterView& view, const Standing& matter,
                             const Surroundings& around, Day today) {
    for (const auto& step : place::load_path(tx, matter.lineage, today))
        view.path.emplace_back(step.id, step.name);
    if (const auto place = place::load_place(tx, matter.row.place, today))
        view.place_name = place::name_among_others(tx, *place, today);
    if (!matter.row.category) return;
    const auto categories = around.places.categories(tx, today);
    if (const auto* category = categories->find(*matter.row.category)) view.category_name = category->name;
}

// Whoever asked sees who looked at what is theirs.
void log_read(County& county, const access::ActingPerson& who, const MatterView& view, Instant now) {
    if (!view.reporter && view.address.empty()) return;
    const auto post = who.posts.empty() ? std::nullopt : std::optional(who.posts.front().post);
    county.database.write([&](store::Transaction& tx) {
        insert_read(tx, {county.new_id<ReadNoun>(), view.id, who.account, post,
                         view.reporter ? "personal" : "address", now});
    });
}

}  // namespace

Result<MatterView, MatterRefusal> MatterService::view(County& county, const access::ActingPerson& who,
                                                      MatterId id) {
    const Instant now = county.clock.now();
    auto read = county.database.read([&](store::Transaction& tx) -> std::optional<Read> {
        Planner planner(tx, county, around_, now);
        Standing* matter = planner.standing(id);
        if (matter == nullptr) return {};
        const Actor actor = planner.actor(who, *matter);
        const bool sealed = is_sealed(matter->row);
        if (!access::may_read_matter(actor.set, sealed) && !actor.elector) return {};
        if (!access::may_read_matter(actor.set, sealed))
            return ballot_paper(tx, county, *matter, planner.where_it_stands(*matter), who);
        Read out;
        MatterView& view = out.view;
        announce_files(tx, id);
        journal::announce_chain(tx, {"matter", id.value()}, 0, most_entries);
        announce_people(tx, *matter, planner.today());
        const bool staff = who.kind == access::ActingPerson::Kind::staff;
        fill_heading(view, *matter, planner.where_it_stands(*matter), !staff);
        view.links = link_views(planner, *matter, who);
        fill_place_and_category(tx, view, *matter, around_, planner.today());
        view.clocks = clock_views(county, *matter, !staff, now);
        view.service = service_view(matter->service);
        view.so_far = planner.sums_so_far(*matter);
        view.parts = part_views(tx, *matter, !staff, planner.today());
        view.ballots = ballot_views(tx, county, *matter, who);
        view.ratings = rating_views(*matter);
        for (const NoticeFact& notice : matter->notices) view.notices.push_back(notice.id);
        view.children = child_views(planner, *matter, who);
        view.opened_by = about_view(planner, *matter, who);
        for (const Relation relation : actor.relations.relations)
            if (relation != Relation::anyone) view.my_relations.emplace_back(access::name_of(relation));
        if (staff) view.may_open = kinds_to_open(around_.workflows, actor);
        const bool asked_it = actor.set.has(matter->workflow->answer_to) || actor.set.has(Relation::reporter);
        out.personal = (asked_it && !staff) || access::may_read_personal(actor.set, sealed);
        const bool onlooker = !access::may_handle(actor.set, sealed) &&
                              !access::allows(access::MatterPermission::audit, actor.set, sealed);
        out.reader = {asked_it && !staff, matter->workflow, out.personal, onlooker, &around_.workflows};
        out.logged = out.personal && !out.reader.resident;
        if (asked_it) view.reads = read_views(tx, id, planner.today(), county.zone);
        out.attachments = attachments_of(tx, id);
        out.chain = journal::load_chain(tx, {"matter", id.value()}, 0, most_entries);
        return out;
    });
    if (!read) return fail(MatterRefusal{});
    Timeline timeline(county, read->reader, read->attachments);
    timeline.add(read->chain);
    MatterView& view = read->view;
    const Heading heading = timeline.heading();
    view.subject = heading.value("subject");
    if (read->ballot_paper) return std::move(view);
    view.text = heading.value("text");
    if (view.opened_by) view.opened_by->because = heading.value("because");
    if (read->personal) {
        view.address = heading.value("address");
        if (!view.anonymous)
            view.reporter = PersonView{heading.value("reporter.name"), heading.value("reporter.phone"),
                                       heading.value("reporter.email")};
    }
    county.database.read([&](store::Transaction& tx) { timeline.name_people(tx, county.zone.day_of(now)); });
    view.names = timeline.take_names();
    view.certificate = timeline.confers();
    view.supervisions = timeline.supervisions();
    view.timeline = timeline.take();
    explain(county, *read->reader.workflow, view, county.zone.day_of(now));
    if (read->logged) log_read(county, who, view, now);
    return std::move(view);
}

}  // namespace lianxin::matter
