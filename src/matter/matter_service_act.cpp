// Acting on a matter, listing what could be done, voting.
#include <algorithm>
#include <boost/json/object.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <boost/json/value.hpp>
#include <boost/json/value_to.hpp>
#include <map>

#include "access/policy.hpp"
#include "matter/conditions_hold.hpp"
#include "matter/filled_in_service.hpp"
#include "matter/general_service.hpp"
#include "matter/intake_service.hpp"
#include "place/place_service.hpp"

namespace lianxin::matter {

namespace {

namespace json = boost::json;

MatterRefusal not_found() {
    return {};
}

std::string answer_text(const Acted& acted) {
    return json::serialize(json::object{{"id", acted.id.value()},
                                        {"version", acted.version},
                                        {"workflow", acted.workflow},
                                        {"state", acted.state}});
}

std::optional<Acted> answer_from(BytesView body) {
    boost::system::error_code error;
    const json::value parsed = json::parse({reinterpret_cast<const char*>(body.data()), body.size()}, error);
    if (error || !parsed.is_object()) return {};
    const json::object& answer = parsed.get_object();
    return Acted{MatterId(answer.at("id").as_int64()), answer.at("version").as_int64(),
                 json::value_to<std::string>(answer.at("workflow")),
                 json::value_to<std::string>(answer.at("state"))};
}

std::optional<Result<Acted, MatterRefusal>> first_answer(store::Transaction& tx,
                                                         const std::optional<store::AnswerKey>& key) {
    if (!key) return {};
    const auto known = store::find_answer(tx, *key);
    if (!known)
        return Result<Acted, MatterRefusal>(fail(refusal_of(CommitRefusal::same_key_with_other_content)));
    if (!*known) return {};
    const auto answer = answer_from((*known)->body);
    if (!answer) return {};
    return Result<Acted, MatterRefusal>(*answer);
}

bool may_backdate(const Standing& matter, const access::ActingPerson& who) {
    return matter.row.channel == "import" && who.kind != access::ActingPerson::Kind::resident &&
           who.kind != access::ActingPerson::Kind::anonymous;
}

// `stands`: the matter itself, or the one it was merged into, whose answer is spoken of then.
Result<Meant, MatterRefusal> meaning(store::Transaction& tx, Planner& planner, const Standing& matter,
                                     const Standing& stands, const access::ActingPerson& who,
                                     const ActionRequest& request, Instant now) {
    const Workflow& workflow = *stands.workflow;
    if (!request.workflow_hash.empty() && request.workflow_hash != hex(workflow.hash))
        return fail(MatterRefusal{MatterRule::workflow_changed, {}, {}, {}});
    Meant meant;
    meant.happened_at = now;
    if (request.happened_at && may_backdate(matter, who) && *request.happened_at <= now)
        meant.happened_at = *request.happened_at;
    meant.action.part = request.part;
    const PartState* part = stands.state.part(request.part);
    if (part != nullptr) meant.action.action = workflow.machine(part->machine).find_action(request.action);
    const auto beside = [&](const FormReading& reading) {
        if (!meant.action.action) return std::vector<FieldProblem>{};
        const ActionRule& rule = workflow.machine(part->machine).action(*meant.action.action);
        return faults_beside(workflow, reading, rule.needs, rule.accepts, planner.today());
    };
    auto form = read_filled_in(
        tx, matter.row.id, workflow, request.fields,
        [&](FieldIndex field) { return planner.checklist(stands, field).items; }, beside);
    if (!form) return fail(form.error());
    auto faults = unknown_names(tx, planner.posts(), workflow, matter.row.place, *form, planner.today());
    if (!faults.empty()) return fail(MatterRefusal{MatterRule::invalid, {}, std::move(faults), {}});
    meant.form = std::move(*form);
    return meant;
}

struct Planned {
    Acted acted;
    Plan plan;
    bool answered_before = false;
};

}  // namespace

Result<void, MatterRefusal> MatterService::do_it(store::Transaction& tx, County& county, Planner& planner,
                                                 Standing& matter, const Actor& actor,
                                                 const access::ActingPerson& who,
                                                 const ActionRequest& request, Instant now) {
    if (request.version && *request.version != matter.row.version)
        return fail(MatterRefusal{MatterRule::changed_meanwhile, {}, {}, {}});
    if (const auto general = general_named(request.action))
        return GeneralActs(planner, tx, county, around_, who, now).act(matter, actor, *general, request);
    const Standing& stands = planner.where_it_stands(matter);
    auto meant = meaning(tx, planner, matter, stands, who, request, now);
    if (!meant) return fail(meant.error());
    if (auto done = planner.act(matter, actor, *meant); !done)
        return fail(refusal_of(*stands.workflow, done.error()));
    return {};
}

Result<Acted, MatterRefusal> MatterService::act(County& county, const access::ActingPerson& who,
                                                const ActionRequest& request) {
    const Instant now = county.clock.now();
    around_.serials.reserve(county, county.zone.day_of(now).year(), 16);  // an action may open that many
    for (int attempt = 0;; ++attempt) {
        auto planned = county.database.read([&](store::Transaction& tx) -> Result<Planned, MatterRefusal> {
            if (auto first = first_answer(tx, request.idempotency)) {
                if (!*first) return fail(first->error());
                return Planned{**first, {}, true};
            }
            Planner planner(tx, county, around_, now);
            Standing* matter = planner.standing(request.matter);
            if (matter == nullptr) return fail(not_found());
            const Actor actor = planner.actor(who, *matter);
            // What may not be read does not exist; the check comes before every other.
            if (!actor.engine && !access::may_read_matter(actor.set, is_sealed(matter->row)))
                return fail(not_found());
            if (auto done = do_it(tx, county, planner, *matter, actor, who, request, now); !done)
                return fail(done.error());
            const Standing& stands = planner.where_it_stands(*matter);
            const std::string& state = stands.workflow->matter().state(stands.state.parts.at(0).state).name;
            return Planned{{matter->row.id, matter->row.version, matter->row.workflow, state},
                           std::move(planner.plan()),
                           false};
        });
        if (!planned) return fail(planned.error());
        if (planned->answered_before) return planned->acted;
        planned->plan.idempotency = request.idempotency;
        const std::string text = answer_text(planned->acted);
        planned->plan.answer = {200, Bytes(text.begin(), text.end())};
        const auto committed = commit(county, planned->plan);
        if (committed) return planned->acted;
        // Who named the version they saw is told; who did not gets the matter as it is now.
        const bool again = committed.error() == CommitRefusal::answered_before ||
                           (committed.error() == CommitRefusal::changed_meanwhile && !request.version);
        if (!again || attempt == 4) return fail(refusal_of(committed.error()));
    }
}

namespace {

// Where an action takes the matter, for pages that put the likely next step first and the rare ones last.
const char* leads(const Machine& machine, const ActionRule& rule, bool part) {
    const auto lies_elsewhere = [](const OwnerSelector& owner) {
        return owner.kind == OwnerSelector::Kind::field || owner.kind == OwnerSelector::Kind::previous ||
               owner.kind == OwnerSelector::Kind::owner_of;
    };
    if (rule.to && machine.state(*rule.to).end) return part ? "answers" : "ends";
    if (rule.to && machine.state(*rule.to).counts_as == CountsAs::closed) return "answers";
    if (!rule.card.empty()) return "urges";
    return rule.owner && lies_elsewhere(*rule.owner) ? "hands_over" : "goes_on";
}

using Receivers = std::vector<FormHints::Receiver>;

Receivers as_offered(const std::vector<party::PostView>& posts) {
    Receivers offered;
    for (const party::PostView& view : posts) {
        const bool of_unit = !view.unit_name.empty();
        std::string hint = of_unit ? view.place_name : std::string();
        for (const auto& holder : view.holders) {
            if (holder.name.empty()) continue;
            hint += (hint.empty() ? "" : " · ") + holder.name;
        }
        offered.push_back({view.post.id, view.post.kind + "@" + (of_unit ? view.unit_name : view.place_name),
                           std::move(hint)});
    }
    return offered;
}

// For each field of the action that says of which posts.
std::map<FieldIndex, Receivers> receivers_of(Planner& planner, const Standing& matter, const Actor& actor,
                                             PartNo part, const ActionRule& rule) {
    std::map<FieldIndex, Receivers> found;
    for (const auto* fields : {&rule.needs, &rule.accepts})
        for (const FieldIndex field : *fields)
            if (const auto& of = rule_at(matter.workflow->fields, field);
                of.reach != Reach::any || !of.right.empty())
                found.emplace(field, as_offered(planner.receivers(matter, actor, part, field)));
    return found;
}

// Where on its path they may look for people: those above read more than they do.
std::vector<PlaceId> places_searched(const access::ActingPerson& who, const place::Lineage& lineage) {
    std::vector<PlaceId> places;
    place::Lineage above;
    for (std::size_t level = 1; level < lineage.by_level.size(); ++level) {
        above.by_level[level] = lineage.by_level[level];
        if (lineage.has(static_cast<int>(level)) &&
            place::may(access::PlacePermission::read_households, who, above))
            places.push_back(lineage.by_level[level]);
    }
    return places;
}

OfferView offer_view(const Standing& matter, const Offer& offer, const FormHints& hints) {
    const Workflow& workflow = *matter.workflow;
    const MachineIndex index = matter.state.part(offer.part)->machine;
    const Machine& machine = workflow.machine(index);
    const ActionRule& rule = machine.action(offer.action);
    std::vector<FieldIndex> waived;
    for (const FieldIndex field : rule.needs)
        if (is_waived(rule_at(workflow.fields, field), matter.category_flags, matter.row.subkind))
            waived.push_back(field);
    OfferView view;
    view.workflow = workflow.name;
    view.action = rule.name;
    view.part = offer.part;
    view.machine = index.value == 0 ? std::string() : machine.name;
    view.enabled = !offer.refusal;
    view.leads = leads(machine, rule, index.value != 0);
    if (offer.refusal) view.reason = name_of(*offer.refusal);
    view.form = form_schema(workflow, rule.needs, rule.accepts, waived, hints);
    for (const auto* fields : {&rule.needs, &rule.accepts})
        for (const FieldIndex field : *fields) view.fields.push_back(rule_at(workflow.fields, field).name);
    return view;
}

}  // namespace

Result<std::vector<OfferView>, MatterRefusal> MatterService::actions(County& county,
                                                                     const access::ActingPerson& who,
                                                                     MatterId id) {
    const Instant now = county.clock.now();
    return county.database.read([&](store::Transaction& tx) -> Result<std::vector<OfferView>, MatterRefusal> {
        Planner planner(tx, county, around_, now);
        Standing* matter = planner.standing(id);
        if (matter == nullptr) return fail(not_found());
        const Actor actor = planner.actor(who, *matter);
        const bool reads = access::may_read_matter(actor.set, is_sealed(matter->row));
        if (!reads && actor.elector) return std::vector<OfferView>{};  // they vote, and that is no action
        if (!reads) return fail(not_found());
        const Standing& stands = planner.where_it_stands(*matter);
        const Workflow& workflow = *stands.workflow;
        FormHints hints;
        hints.listed = [&](FieldIndex field) { return planner.checklist(stands, field).items; };
        hints.searched = places_searched(who, matter->lineage);
        hints.names = [&](FieldIndex field) { return planner.names_said(stands, field); };
        std::vector<OfferView> views;
        for (const Offer& offer : planner.offers(*matter, actor)) {
            const ActionRule& rule =
                workflow.machine(stands.state.part(offer.part)->machine).action(offer.action);
            // Somebody else's actions are no business of this reader; what is theirs but not possible now
            // says why.
            if (offer.refusal == ActRefusal::not_yours || offer.refusal == ActRefusal::not_on_own_work)
                continue;
            std::map<FieldIndex, Receivers> receivers;
            if (!offer.refusal) receivers = receivers_of(planner, stands, actor, offer.part, rule);
            // It must name somebody, and there is nobody to whom they may give it.
            if (std::any_of(rule.needs.begin(), rule.needs.end(), [&](FieldIndex field) {
                    return receivers.contains(field) && receivers.at(field).empty();
                }))
                continue;
            hints.receivers = [&](FieldIndex field) {
                const auto found = receivers.find(field);
                return found == receivers.end() ? std::nullopt : std::optional(found->second);
            };
            views.push_back(offer_view(stands, offer, hints));
        }
        for (OfferView& view : GeneralActs(planner, tx, county, around_, who, now).offers(*matter, actor))
            views.push_back(std::move(view));
        return views;
    });
}

Result<void, MatterRefusal> MatterService::vote(County& county, const access::ActingPerson& who, MatterId id,
                                                std::string_view choice) {
    if (choice != "yes" && choice != "no" && choice != "abstained" && choice != "invalid")
        return fail(MatterRefusal{MatterRule::invalid, {}, {{"choice", "not_on_the_list", 0, {}}}, {}});
    if (!who.party) return fail(MatterRefusal{MatterRule::not_of_the_electorate, {}, {}, {}});
    return county.database.write([&](store::Transaction& tx) -> Result<void, MatterRefusal> {
        lock_matter(tx, id);
        const auto matter = load_matter(tx, id);
        if (!matter) return fail(not_found());
        const WorkflowPtr workflow = around_.workflows.by_hash(matter->row.workflow_hash);
        require(workflow != nullptr, "the workflow of a matter is loaded");
        for (const BallotFact& ballot : load_ballot_facts(tx, id, *workflow)) {
            if (!ballot.open) continue;
            const std::string& name = rule_at(workflow->ballots, ballot.ballot).name;
            switch (cast_vote(tx, id, name, ballot.round, *who.party, choice)) {
                case VoteOutcome::counted:
                    return {};
                case VoteOutcome::already_voted:
                    return fail(MatterRefusal{MatterRule::already_voted, {}, {}, {}});
                case VoteOutcome::not_of_the_electorate:
                    return fail(MatterRefusal{MatterRule::not_of_the_electorate, {}, {}, {}});
            }
        }
        return fail(MatterRefusal{MatterRule::refused, ActRefusal::ballot_is_not_open, {}, {}});
    });
}

}  // namespace lianxin::matter
