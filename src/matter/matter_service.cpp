#include "matter/matter_service.hpp"

#include <boost/json/object.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <boost/json/value.hpp>
#include <boost/json/value_to.hpp>

#include "matter/figure.hpp"
#include "matter/intake_service.hpp"

namespace lianxin::matter {

std::string_view code_of(const MatterRefusal& refusal) {
    switch (refusal.code) {
        case MatterRule::not_found:
            return "not_found";
        case MatterRule::not_allowed:
            return "not_allowed";
        case MatterRule::workflow_unknown:
            return "workflow_unknown";
        case MatterRule::workflow_changed:
            return "workflow_changed";
        case MatterRule::changed_meanwhile:
            return "changed_meanwhile";
        case MatterRule::same_key_with_other_content:
            return "same_key_with_other_content";
        case MatterRule::invalid:
            return "invalid";
        case MatterRule::refused:
            return refusal.act ? name_of(*refusal.act) : "refused";
        case MatterRule::not_of_the_electorate:
            return "not_of_the_electorate";
        case MatterRule::already_voted:
            return "already_voted";
        case MatterRule::heard_outside:
            return "heard_outside";
    }
    return "refused";
}

int status_of(const MatterRefusal& refusal) {
    switch (refusal.code) {
        case MatterRule::not_found:
            return 404;
        case MatterRule::not_allowed:
        case MatterRule::not_of_the_electorate:
            return 403;
        case MatterRule::workflow_unknown:
        case MatterRule::invalid:
            return 422;
        case MatterRule::workflow_changed:
        case MatterRule::changed_meanwhile:
        case MatterRule::already_voted:
        case MatterRule::heard_outside:
            return 409;
        case MatterRule::same_key_with_other_content:
            return 422;
        case MatterRule::refused:
            break;
    }
    if (refusal.act == ActRefusal::not_yours || refusal.act == ActRefusal::not_on_own_work ||
        refusal.act == ActRefusal::post_beyond_reach)
        return 403;
    if (refusal.act == ActRefusal::form_incomplete || refusal.act == ActRefusal::unknown_action) return 422;
    return 409;
}

namespace {

// What the limit counts: a figure of the field's own sort, or rows and letters.
FieldProblem::LimitIn limit_in(FormRule fault, const FieldRule& rule) {
    using In = FieldProblem::LimitIn;
    switch (fault) {
        case FormRule::too_small:
        case FormRule::too_large:
        case FormRule::above_other:
        case FormRule::below_other:
        case FormRule::short_of_other:
        case FormRule::below_share:
        case FormRule::above_share:
        case FormRule::sum_too_large:
            if (rule.type == FieldType::measure) return In::thousandths;
            return figure_sort(rule) == FigureSort::money ? In::fen : In::itself;
        case FormRule::not_after_other:
        case FormRule::not_before_other:
        case FormRule::day_past_deadline:
            return In::days;
        default:
            return In::itself;
    }
}

}  // namespace

MatterRefusal refusal_of(const Workflow& workflow, const Refusal& refusal) {
    MatterRefusal out;
    out.code = MatterRule::refused;
    out.act = refusal.code;
    for (const FormFault& fault : refusal.faults) {
        const FieldRule& rule = rule_at(workflow.fields, fault.field);
        FieldProblem problem{"fields." + rule.name, name_of(fault.rule), fault.limit, fault.item};
        problem.limit_in = limit_in(fault.rule, rule);
        if (fault.other) problem.other = rule_at(workflow.fields, *fault.other).name;
        out.faults.push_back(std::move(problem));
    }
    out.workflow = workflow.name;
    if (refusal.clock) out.clock = rule_at(workflow.clocks, *refusal.clock).name;
    return out;
}

MatterRefusal refusal_of(CommitRefusal refusal) {
    MatterRefusal out;
    switch (refusal) {
        case CommitRefusal::answered_before:
        case CommitRefusal::changed_meanwhile:
        case CommitRefusal::already_taken_in:
            out.code = MatterRule::changed_meanwhile;
            break;
        case CommitRefusal::same_key_with_other_content:
            out.code = MatterRule::same_key_with_other_content;
            break;
        case CommitRefusal::upload_gone:
            out.code = MatterRule::invalid;
            out.faults.push_back({"uploads", "upload_unknown", {}, {}});
            break;
        case CommitRefusal::post_not_vacant:
            out.code = MatterRule::refused;
            out.act = ActRefusal::post_is_not_vacant;
            break;
        case CommitRefusal::post_must_stay_held:
            out.code = MatterRule::refused;
            out.act = ActRefusal::post_must_stay_held;
            break;
    }
    return out;
}

Digest receipt_hash(const County& county, std::string_view secret) {
    return keyed_hash(county.keys.purpose_key("receipt_secret"), as_bytes(secret));
}

namespace {

namespace json = boost::json;

constexpr std::string_view answer_context = "matter.answer";

// The first answer holds the receipt's secret, so it is kept sealed with the resident's key: "key id:sealed".
Bytes sealed_answer(County& county, journal::KeyId key, const TakenIn& taken) {
    json::array due;
    for (const DueView& one : taken.due) due.push_back({{"clock", one.clock}, {"due", one.due.micros}});
    const std::string text = json::serialize(json::object{{"id", taken.id.value()},
                                                          {"number", taken.number},
                                                          {"secret", taken.secret},
                                                          {"workflow", taken.workflow},
                                                          {"state", taken.state},
                                                          {"received_at", taken.received_at.micros},
                                                          {"entry", taken.entry.value()},
                                                          {"due", due}});
    const std::string head = key.text() + ":";
    const Bytes sealed = county.keys.seal(key, text, answer_context);
    Bytes body(head.begin(), head.end());
    body.insert(body.end(), sealed.begin(), sealed.end());
    return body;
}

std::optional<TakenIn> opened_answer(County& county, BytesView body) {
    const std::string_view text = as_text(body);
    const std::size_t colon = text.find(':');
    const auto key = journal::KeyId::parse(text.substr(0, colon));
    if (colon == std::string_view::npos || !key) return {};
    const auto opened = county.keys.unseal_text(*key, body.subspan(colon + 1), answer_context);
    if (!opened) return {};  // the resident was erased since
    const json::object answer = json::parse(*opened).as_object();
    TakenIn taken;
    taken.id = MatterId(answer.at("id").as_int64());
    taken.number = json::value_to<std::string>(answer.at("number"));
    taken.secret = json::value_to<std::string>(answer.at("secret"));
    taken.workflow = json::value_to<std::string>(answer.at("workflow"));
    taken.state = json::value_to<std::string>(answer.at("state"));
    taken.received_at = {answer.at("received_at").as_int64()};
    taken.entry = EntryId(answer.at("entry").as_int64());
    for (const json::value& due : answer.at("due").as_array())
        taken.due.push_back({json::value_to<std::string>(due.at("clock")), {due.at("due").as_int64()}});
    taken.repeated = true;
    return taken;
}

// Nothing when the key is new.
std::optional<Result<TakenIn, MatterRefusal>> first_answer(store::Transaction& tx, County& county,
                                                           const std::optional<store::AnswerKey>& key) {
    if (!key) return {};
    const auto answer = store::find_answer(tx, *key);
    if (!answer) return fail(refusal_of(CommitRefusal::same_key_with_other_content));
    if (!*answer) return {};
    auto opened = opened_answer(county, (*answer)->body);
    if (!opened) return fail(MatterRefusal{});
    return std::move(*opened);
}

}  // namespace

struct MatterService::Intended {
    TakenIn taken;
    Plan plan;
};

// One attempt, as far as the commit. What was taken in before under this key is the answer again; the commit
// finds out too, so a first attempt looks for it only where it would refuse: what was taken in then may be
// refused now (its uploads are claimed).
Result<MatterService::Intended, MatterRefusal> MatterService::intend(County& county,
                                                                     const access::ActingPerson& who,
                                                                     const NewMatter& asked,
                                                                     Attempt attempt) {
    const Instant now = county.clock.now();
    around_.serials.reserve(county, county.zone.day_of(now).year(), 8);
    if (asked.happened_at) around_.serials.reserve(county, county.zone.day_of(*asked.happened_at).year(), 8);
    auto intended = county.database.read([&](store::Transaction& tx) -> Result<Intended, MatterRefusal> {
        const auto decide = [&]() -> Result<Intended, MatterRefusal> {
            Planner planner(tx, county, around_, now);
            auto taken = Intake(planner, tx, county, around_, who, now).plan(asked);
            if (!taken) return fail(taken.error());
            return Intended{std::move(*taken), std::move(planner.plan())};
        };
        auto fresh = attempt == Attempt::first ? decide() : fail(MatterRefusal{});
        if (fresh) return fresh;
        if (auto before = first_answer(tx, county, asked.idempotency)) {
            if (!*before) return fail(before->error());
            return Intended{std::move(**before), {}};
        }
        return attempt == Attempt::first ? std::move(fresh) : decide();
    });
    if (!intended || intended->taken.repeated) return intended;
    intended->plan.idempotency = asked.idempotency;
    if (asked.idempotency) {
        const journal::KeyId key = intended->plan.entries.front().change.opened->matter.key;
        intended->plan.answer = {201, sealed_answer(county, key, intended->taken)};
    }
    return intended;
}

namespace {

// A matter that this one is about may have gone on while we decided, and a repeat may have come beside the
// first.
bool worth_another_attempt(CommitRefusal refusal) {
    return refusal == CommitRefusal::answered_before || refusal == CommitRefusal::changed_meanwhile;
}

}  // namespace

Result<TakenIn, MatterRefusal> MatterService::take_in(County& county, const access::ActingPerson& who,
                                                      const NewMatter& asked) {
    for (int attempt = 0;; ++attempt) {
        auto intended = intend(county, who, asked, Attempt::again);
        if (!intended) return fail(intended.error());
        if (intended->taken.repeated) return std::move(intended->taken);
        const auto committed = commit(county, intended->plan);
        if (committed) {
            intended->taken.entry_hash = committed->front();
            return std::move(intended->taken);
        }
        if (!worth_another_attempt(committed.error()) || attempt == 4)
            return fail(refusal_of(committed.error()));
    }
}

void MatterService::take_in_later(County& county, const access::ActingPerson& who, NewMatter asked,
                                  const std::function<void(const TakenIn&)>& soon,
                                  std::function<void(TakingIn)> done) {
    auto intended = intend(county, who, asked, Attempt::first);
    if (!intended)
        return done(
            [refusal = intended.error()]() -> Result<TakenIn, MatterRefusal> { return fail(refusal); });
    if (intended->taken.repeated) return done([taken = intended->taken] { return taken; });
    const Instant now = county.clock.now();
    TakenIn& taken = intended->taken;
    taken.entry_hash = journal::opening_hash(intended->plan.entries.front().entry, now);
    soon(taken);
    commit_later(county, std::move(intended->plan), now,
                 [this, &county, who, asked = std::move(asked), taken = std::move(taken),
                  done = std::move(done)](CommitOutcome outcome) {
                     done([=, this, &county]() mutable -> Result<TakenIn, MatterRefusal> {
                         const auto committed = outcome();
                         if (committed) return std::move(taken);
                         if (!worth_another_attempt(committed.error()))
                             return fail(refusal_of(committed.error()));
                         return take_in(county, who, asked);
                     });
                 });
}

}  // namespace lianxin::matter
