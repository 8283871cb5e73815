#include "matter/planner_service.hpp"

#include <algorithm>

#include "access/policy.hpp"
#include "party/oversight_store.hpp"
#include "place/place_store.hpp"

namespace lianxin::matter {

using access::Relation;
using access::RelationSet;

namespace {

bool among(const std::vector<PostId>& posts, PostId post) {
    return std::find(posts.begin(), posts.end(), post) != posts.end();
}

}  // namespace

Planner::Planner(store::Transaction& snapshot, County& county, const Surroundings& around, Instant now)
    : tx_(snapshot), county_(county), around_(around), now_(now), posts_(snapshot, around.owners) {}

Standing* Planner::standing(MatterId id) {
    if (const auto found = matters_.find(id); found != matters_.end()) return found->second.get();
    announce_matter(tx_, id);
    const auto loaded = load_matter(tx_, id);
    if (!loaded) return nullptr;
    auto matter = std::make_unique<Standing>();
    matter->workflow = around_.workflows.by_hash(loaded->row.workflow_hash);
    if (!matter->workflow) throw Fault("the workflow a matter was begun under is not loaded");
    matter->row = loaded->row;
    matter->milestones = loaded->milestones;
    matter->ratings = load_ratings(tx_, id);
    matter->state = load_state(tx_, *loaded, *matter->workflow, matter->ratings);
    matter->lineage = load_lineage_of(tx_, id);
    matter->involved = load_involved(tx_, id);
    matter->notices = load_notice_facts(tx_, id, *matter->workflow);
    matter->ballots = load_ballot_facts(tx_, id, *matter->workflow);
    matter->children = load_children(tx_, id);
    matter->links = load_links(tx_, id);
    load_surroundings(*matter);
    return (matters_[id] = std::move(matter)).get();
}

const std::optional<place::Lineage>& Planner::lineage_of(PlaceId place) {
    const auto [known, fresh] = lineages_.try_emplace(place);
    if (fresh) known->second = place::load_lineage(tx_, place, today());
    return known->second;
}

Standing& Planner::open(WorkflowPtr workflow, MatterRow row, std::vector<InvolvedRow> involved) {
    auto matter = std::make_unique<Standing>();
    matter->workflow = std::move(workflow);
    matter->row = std::move(row);
    matter->row.version = 0;
    matter->involved = std::move(involved);
    matter->lineage = lineage_of(matter->row.place).value_or(place::Lineage{});
    matter->state.host = matter->row.host;
    matter->state.received = matter->row.received_at;
    matter->state.subkind = matter->row.subkind;
    matter->state.anonymous = matter->row.anonymous;
    load_surroundings(*matter);
    return *(matters_[matter->row.id] = std::move(matter));
}

// What does not change while the matter runs, and what the pack says of its category.
void Planner::load_surroundings(Standing& matter) {
    std::string_view urgency;
    if (matter.row.category) {
        const auto categories = around_.places.categories(tx_, today());
        if (const auto* category = categories->find(*matter.row.category)) {
            matter.category_code = category->code;
            urgency = categories->urgency(*category);
            if (category->no_photo) matter.category_flags.emplace_back("no_photo");
        }
    }
    // What was answered elsewhere, on paper, brings no photo along.
    if (matter.row.channel == "import" && matter.category_flags.empty())
        matter.category_flags.emplace_back("no_photo");
    if (!matter.row.service_item.empty()) matter.service = around_.tables.service(matter.row.service_item);
    load_limits(matter, urgency);
    load_lists(matter);
    if (matter.row.about_kind == "post")
        matter.post_vacant = party::holdings_of_post(tx_, PostId(matter.row.about_id), today()).empty();
}

void Planner::load_limits(Standing& matter, std::string_view urgency) const {
    matter.limits.clear();
    const auto& clocks = matter.workflow->clocks;
    for (std::size_t i = 0; i < clocks.size(); ++i) {
        std::optional<calendar::Period> period;
        if (clocks[i].limit == ClockLimit::table)
            period = around_.tables.limit(clocks[i].name, matter.row.subkind, urgency);
        if (clocks[i].limit == ClockLimit::item && matter.service != nullptr)
            period = matter.service->deadline;
        if (period) matter.limits.push_back({ClockIndex{static_cast<std::uint16_t>(i)}, *period});
    }
}

// Of the service applied for, whose list is all there is to ask for; else of the one its category may mean.
void Planner::load_lists(Standing& matter) const {
    matter.lists.clear();
    const bool chosen = matter.service != nullptr;
    const auto* service = chosen ? matter.service : around_.tables.service_of(matter.category_code);
    if (service == nullptr) return;
    const auto& fields = matter.workflow->fields;
    for (std::size_t i = 0; i < fields.size(); ++i) {
        if (fields[i].list_source.empty()) continue;
        matter.lists.push_back(
            {FieldIndex{static_cast<std::uint16_t>(i)}, listed_for(fields[i], service), chosen});
    }
}

FormContext::LoadedList Planner::checklist(const Standing& matter, FieldIndex field) const {
    for (const auto& list : matter.lists)
        if (list.field == field) return list;
    return {field, {}};
}

std::optional<PostId> Planner::answer(const OwnerSelector& selector, PostId from, const Standing& matter) {
    party::SelectorContext context;
    context.place = matter.row.place;
    context.day = today();
    switch (selector.kind) {
        case OwnerSelector::Kind::superior_of:
            return posts_.answers_to(from, today());
        case OwnerSelector::Kind::leader_of: {
            context.owner = from;
            const auto found = posts_.resolve_exactly(std::string_view("leader@owner"), context);
            return found ? std::optional(found->post) : std::nullopt;
        }
        case OwnerSelector::Kind::desk_of_item: {
            const auto found =
                matter.service == nullptr ? std::nullopt : posts_.desk_of_unit(matter.service->unit, context);
            return found ? std::optional(found->post) : std::nullopt;
        }
        case OwnerSelector::Kind::kind_at: {
            const auto found = posts_.resolve_exactly(selector.post_kind + "@" + selector.level, context);
            return found ? std::optional(found->post) : std::nullopt;
        }
        default:
            return {};
    }
}

// Outside the line of the post complained of; above it only while nobody is there to oversee it.
bool Planner::stands_in_line(PostId complained_of, PostId post, bool overseen) {
    const auto line = party::line_of(posts_, complained_of, post);
    return line != party::Line::outside && (line != party::Line::above || overseen);
}

// Whom a matter concerns does not decide it. A desk may have to: owner lists end there.
bool Planner::judges_itself(const Standing& matter, PostId post) {
    const auto party = access::name_of(Relation::party_to);
    const bool concerned = std::any_of(
        matter.involved.begin(), matter.involved.end(),
        [&](const InvolvedRow& involved) { return involved.post == post && involved.role == party; });
    if (!concerned) return false;
    const auto known = posts_.post(post);
    return known && !known->desk;
}

Planner::Barring Planner::barring_of(const Standing& matter) {
    Barring barring;
    if (is_sealed(matter.row)) barring.sealed = matter.row.sealed_line;
    if (barring.sealed) barring.overseer = party::overseer_of(posts_, *barring.sealed, today());
    Apart apart = apart_from(matter);
    barring.hands = std::move(apart.hands);
    barring.housemates = std::move(apart.housemates);
    return barring;
}

bool Planner::bars(const Barring& barring, const Standing& matter, PostId post) {
    return (barring.sealed && stands_in_line(*barring.sealed, post, barring.overseer.has_value())) ||
           judges_itself(matter, post) || had_a_hand(barring.hands, post);
}

Planner::Asked Planner::resolve(const Standing& matter, const Action& action, const Form& form) {
    Asked asked;
    const Barring barring = barring_of(matter);
    asked.overseer = barring.overseer;
    asked.named_hands = hands_named(matter, form);
    std::vector<PostId> passed_over;
    const auto barred = [&](PostId post) {
        for (auto& [field, hands, above] : asked.named_hands)
            if (!among(hands.posts, post) && had_a_hand(hands, post)) hands.posts.push_back(post);
        if (had_a_hand(barring.hands, post)) passed_over.push_back(post);
        const bool is = bars(barring, matter, post);
        if (is && !among(asked.barred, post)) asked.barred.push_back(post);
        return is;
    };
    if (barring.sealed) (void)barred(*barring.sealed);
    if (asked.overseer) (void)barred(*asked.overseer);
    asked.housemates = barring.housemates;
    for (const PartyId person : barring.hands.people)
        if (std::find(asked.housemates.begin(), asked.housemates.end(), person) == asked.housemates.end())
            asked.apart.push_back(person);
    for (const OwnerQuestion& question : owner_questions(*matter.workflow, matter.state, action, form)) {
        const auto post = answer(question.selector, question.from, matter);
        if (post && !barred(*post)) asked.owners.found.push_back({question.selector, question.from, *post});
    }
    for (const OwnerSelector& rung : matter.workflow->ladder) {
        auto post = answer(rung, PostId(), matter);
        if (post && barred(*post)) post.reset();
        asked.owners.ladder.push_back(post);
    }
    if (matter.named) (void)barred(*matter.named);
    for (const PartState& part : matter.state.parts) {
        (void)barred(part.owner);
        if (part.previous) (void)barred(*part.previous);
    }
    for (const Form::Entry& entry : form.entries())
        if (const auto* posts = std::get_if<PostsValue>(&entry.value))
            for (const PostId post : posts->posts) (void)barred(post);
    asked.outsider = outsider(barring.hands, passed_over);
    for (auto& [field, hands, above] : asked.named_hands)
        for (const PostId post : std::vector(hands.posts))
            for (const PostId higher : posts_.line_above(post))
                if (!barred(higher) && !among(hands.posts, higher)) above.push_back(higher);
    if (const PartState* part = matter.state.part(action.part);
        part != nullptr && !matter.category_code.empty()) {
        if (const auto post = posts_.post(part->owner))
            asked.in_scope = around_.tables.in_scope(post->kind, matter.category_code);
    }
    return asked;
}

Facts Planner::facts(const Standing& matter, const Actor& actor, const Form& form, const Asked& asked,
                     Instant at) const {
    Facts facts{*matter.workflow, matter.state,       actor.relations,       form,
                matter.notices,   matter.ballots,     matter.children,       asked.owners,
                matter.limits,    matter.lists,       matter.category_flags, asked.barred,
                asked.in_scope,   matter.post_vacant, matter.named,          at,
                county_.calendar, county_.zone,       asked.overseer};
    facts.asker = matter.asker;
    facts.apart = asked.apart;
    facts.outsider = asked.outsider;
    facts.beyond = asked.beyond;
    facts.figures = asked.figures;
    facts.housemates = asked.housemates;
    facts.holders = asked.holders;
    facts.named_hands = asked.named_hands;
    return facts;
}

Actor Planner::actor(const access::ActingPerson& who, const Standing& matter) {
    if (who.kind == access::ActingPerson::Kind::engine) return engine();
    Actor actor;
    actor.set = relations_to(who, matter, posts_, today());
    actor.elector = who.party && !matter.ballots.empty() && is_elector(tx_, matter.row.id, *who.party);
    // Who works on the matter it was merged into works for this one's resident too.
    if (matter.row.merged_into)
        if (const RelationSet there = relations_to(who, survivor(matter), posts_, today());
            there.any_of({Relation::owner, Relation::lead, Relation::co_handler}))
            actor.set.add(Relation::co_handler);
    for (int i = 0; i <= static_cast<int>(Relation::anyone); ++i) {
        const auto relation = static_cast<Relation>(i);
        if (actor.set.has(relation)) actor.relations.relations.push_back(relation);
    }
    for (const access::HeldPost& held : who.posts) actor.relations.posts.push_back(held.post);
    actor.relations.party = who.party;
    if (who.kind == access::ActingPerson::Kind::staff) actor.party = who.party;
    // Asked of few: a resident, a handler or a listener puts no card on anybody.
    if (access::allows(access::MatterPermission::supervise, actor.set, is_sealed(matter.row)))
        for (const PartState& part : matter.state.parts)
            if (!part.ended && !stands_over(who, part.owner)) actor.relations.not_over.push_back(part.owner);
    return actor;
}

Actor Planner::engine() {
    Actor actor;
    actor.engine = true;
    actor.set.add(Relation::engine);
    actor.relations.relations.push_back(Relation::engine);
    return actor;
}

Result<void, Refusal> Planner::begin(Standing& matter, const Actor& actor, const Form& form,
                                     std::vector<journal::NewField> fields) {
    const Asked asked = resolve(matter, Action{}, form);
    const auto decision = matter::begin(facts(matter, actor, form, asked, matter.row.received_at));
    if (!decision) return fail(decision.error());
    apply(matter, actor, form, *decision, {"taken_in", std::move(fields)}, matter.row.received_at);
    return {};
}

namespace {

std::vector<FieldIndex> reaches_of(const Standing& matter, const Action& action) {
    const PartState* part = matter.state.part(action.part);
    if (part == nullptr || !action.action) return {};
    return matter.workflow->machine(part->machine).action(*action.action).reaches;
}

}  // namespace

Result<void, Refusal> Planner::act(Standing& matter, const Actor& actor, const Meant& meant) {
    if (matter.row.merged_into) return speak_of_answer(matter, actor, meant);
    Asked asked = resolve(matter, meant.action, meant.form);
    asked.beyond = beyond_reach(matter, actor, meant.action.part, meant.form);
    asked.figures = figures_before(matter, meant.form, reaches_of(matter, meant.action));
    asked.holders = holders_named(matter, meant.form, asked.figures);
    const auto decision = decide(facts(matter, actor, meant.form, asked, meant.happened_at), meant.action);
    if (!decision) return fail(decision.error());
    const PartState* part = matter.state.part(meant.action.part);
    const Machine& machine = matter.workflow->machine(part->machine);
    const std::string& name = machine.action(*meant.action.action).name;
    apply(matter, actor, meant.form, *decision,
          {part->machine.value == 0 ? name : machine.name + "." + name, meant.more}, meant.happened_at);
    return {};
}

Result<void, Refusal> Planner::hold(Standing& matter, NoticeIndex notice, const Subject& source) {
    const Actor engine = Planner::engine();
    const Form nothing;
    const Asked asked = resolve(matter, Action{}, nothing);
    const auto decision = matter::hold(facts(matter, engine, nothing, asked, now_), notice, source);
    if (!decision) return fail(decision.error());
    apply(matter, engine, nothing, *decision,
          {"held", {{"source", source.kind + ":" + std::to_string(source.id), {}}}}, now_);
    return {};
}

bool Planner::recount(Standing& matter) {
    const auto changes = matter::recount(*matter.workflow, matter.state, county_.calendar, county_.zone);
    if (changes.empty()) return false;
    Decision decision;
    decision.clocks = changes;
    decision.after = matter.state;
    for (const ClockChange& change : changes) {
        for (ClockState& clock : decision.after.clocks)
            if (clock.clock == change.after.clock && clock.part == change.after.part) clock = change.after;
    }
    apply(matter, engine(), Form{}, decision, {"recounted", {{"calendar", county_.calendar.version(), {}}}},
          now_);
    return true;
}

std::optional<Refusal> Planner::refusal(const Standing& matter, const Actor& actor, General action,
                                        PartNo part) {
    const Form nothing;
    return refusal_of(action, facts(matter, actor, nothing, Asked{}, now_), part);
}

void Planner::renew_secret(Standing& matter, const Digest& secret_hash) {
    Change change;
    change.secret_hash = secret_hash;
    add_entry(matter, std::move(change), {"secret_renewed", {}}, now_);
}

std::vector<Offer> Planner::offers(Standing& matter, const Actor& actor) {
    if (matter.row.merged_into) return offers_of_answer(matter, actor);
    const Form nothing;
    // Each part asks about its own owner; the questions of all parts are answered together.
    Asked all;
    for (const PartState& part : matter.state.parts) {
        Asked asked = resolve(matter, Action{part.no, {}, {}}, nothing);
        for (auto& found : asked.owners.found) all.owners.found.push_back(std::move(found));
        if (part.no == 0) {
            all.owners.ladder = asked.owners.ladder;
            all.barred = asked.barred;
            all.overseer = asked.overseer;
            all.apart = asked.apart;
            all.in_scope = asked.in_scope;
        }
    }
    return available(facts(matter, actor, nothing, all, now_));
}

}  // namespace lianxin::matter
