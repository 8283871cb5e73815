#include "matter/explore_test.hpp"

#include <algorithm>
#include <exception>

#include "matter/permission.hpp"
#include "notice/notice_period.hpp"

namespace lianxin::matter::testing {
namespace {

using access::Relation;

constexpr std::size_t most_standings = 30'000;
constexpr PostId root{1}, leading{2}, asked_first{10}, first_unit{11}, second_unit{12};

ActionIndex action_at(std::size_t at) {
    return ActionIndex{static_cast<std::uint16_t>(at)};
}

template <class T>
bool among(const std::vector<T>& items, const T& item) {
    return std::find(items.begin(), items.end(), item) != items.end();
}

const calendar::WorkingCalendar& working_days() {
    static const auto calendar = calendar::WorkingCalendar::china();
    return calendar;
}

bool seats(County county, const OwnerSelector& selector) {
    return selector.post_kind != "nobody" && (county == County::everybody || selector.post_kind == "desk");
}

// Limits count to two; of the ladder stand its lowest and its highest rung that are there.
Workflow made_small(Workflow flow, County county) {
    for (auto& machine : flow.machines)
        for (auto& action : machine.actions)
            if (action.limit) action.limit->max = std::min<std::int64_t>(action.limit->max, 2);
    auto& rungs = flow.ladder;
    std::erase_if(rungs, [&](const OwnerSelector& rung) { return !seats(county, rung); });
    if (rungs.size() > 2) rungs = {rungs.front(), rungs.back()};
    return flow;
}

Day day_after(Instant now, int days) {
    return Zone{}.day_of({now.micros + days * micros_per_day});
}

}  // namespace

Town::Town(const Workflow& flow, County county) : flow_(flow), county_(county) {
    std::vector<OwnerSelector> kinds, anchored(1);
    anchored.front().kind = OwnerSelector::Kind::superior_of;
    const auto note = [&](const OwnerSelector& selector) {
        using Kind = OwnerSelector::Kind;
        auto* into = selector.kind == Kind::kind_at                                           ? &kinds
                     : selector.kind == Kind::superior_of || selector.kind == Kind::leader_of ? &anchored
                                                                                              : nullptr;
        if (into == nullptr) return;
        if (std::none_of(into->begin(), into->end(), [&](const auto& old) { return old.same_as(selector); }))
            into->push_back(selector);
    };
    for (const auto& machine : flow.machines) {
        for (const auto& state : machine.states)
            for (const auto& selector : state.owner) note(selector);
        for (const auto& action : machine.actions) {
            if (action.owner) note(*action.owner);
            for (const auto& who : action.who)
                if (who.kind == WhoRule::Kind::post) note(who.post);
        }
        if (machine.start.owner) note(*machine.start.owner);
        for (const auto& who : machine.start.who)
            if (who.kind == WhoRule::Kind::post) note(who.post);
    }
    std::vector<PostId> posts{root, leading, asked_first, first_unit, second_unit};
    for (const auto& rung : flow.ladder) owners_.ladder.push_back(seated(rung));
    for (const auto& kind : kinds)
        if (const auto post = seated(kind)) owners_.found.push_back({kind, PostId(), *post});
    for (const auto& [text, post] : seats_) posts.push_back(post);
    for (int more = 1; more < 6; ++more) posts.emplace_back(20 + more);
    for (const auto& selector : anchored)
        for (const auto post : posts)
            if (const auto above = superior(post)) owners_.found.push_back({selector, post, *above});
}

std::optional<PostId> Town::seated(const OwnerSelector& selector) {
    if (selector.post_kind == "nobody") nowhere.insert(selector_text(selector, ""));
    if (!seats(county_, selector)) return {};
    const auto text = selector_text(selector, "");
    if (text == "desk@county") return root;
    const auto [seat, fresh] = seats_.emplace(text, PostId(100 + static_cast<std::int64_t>(seats_.size())));
    return seat->second;
}

std::optional<PostId> Town::superior(PostId post) {
    if (post == root) return {};
    return post == leading ? root : leading;
}

// Only what a decision says it will ask.
OwnerTable Town::asked(const MatterState& matter, const Action& action, const Form& form) const {
    OwnerTable few;
    few.ladder = owners_.ladder;
    for (const auto& question : owner_questions(flow_, matter, action, form))
        if (const auto post = owners_.find(question.selector, question.from))
            few.found.push_back({question.selector, question.from, *post});
    return few;
}

Exploration::Exploration(Workflow flow, Law law, Scale scale, County county)
    : flow_(scale == Scale::small ? made_small(std::move(flow), county) : std::move(flow)),
      law_(std::move(law)),
      town_(flow_, county),
      county_(county) {
    for (std::size_t i = 0; i < flow_.clocks.size(); ++i)
        if (flow_.clocks[i].limit == ClockLimit::table)
            limits_.push_back({ClockIndex{static_cast<std::uint16_t>(i)}, {10, calendar::Unit::working_day}});
    for (std::size_t i = 0; i < flow_.fields.size(); ++i)
        if (flow_.fields[i].type == FieldType::checklist)
            lists_.push_back({FieldIndex{static_cast<std::uint16_t>(i)}, {"a", "b"}});
    const auto previous = [](const OwnerSelector& selector) {
        return selector.kind == OwnerSelector::Kind::previous;
    };
    for (const auto& machine : flow_.machines) {
        for (const auto& state : machine.states)
            goes_back_ = goes_back_ || std::any_of(state.owner.begin(), state.owner.end(), previous);
        for (const auto& action : machine.actions) {
            goes_back_ = goes_back_ || (action.owner && previous(*action.owner));
            apart_ = apart_ || !action.apart_from.empty();
            for (const auto& guard : action.guards)
                if (guard.kind == GuardRule::Kind::before) in_time_.insert(guard.clock);
            for (const auto& branch : action.to_when)
                asks_parts_ = asks_parts_ || branch.when.subject == ConditionSubject::part_ended_as;
            for (const auto& follow : action.then)
                asks_parts_ = asks_parts_ || follow.when.subject == ConditionSubject::part_ended_as;
        }
    }
}

const Machine& Exploration::machine_of(const PartState& part) const {
    return flow_.machine(part.machine);
}

template <class Answer, class Ask>
Answer Exploration::ask(const Standing& at, const Hand& hand, const Form& form, const OwnerTable& owners,
                        Ask ask_it) const {
    const Relations actor{hand.relations, hand.posts, hand.party};
    const Facts facts{flow_,  at.matter, actor,          form,  at.notices, at.ballots, at.children,
                      owners, limits_,   lists_,         {},    {},         true,       true,
                      {},     at.now,    working_days(), Zone{}};
    return ask_it(facts);
}

Result<Decision, Refusal> Exploration::decided(const Standing& at, const Hand& hand, const Form& form,
                                               const Action& action) {
    using Answer = Result<Decision, Refusal>;
    const auto decide_it = [&](const Facts& facts) { return decide(facts, action); };
    auto answer = ask<Answer>(at, hand, form, town_.all(), decide_it);
    // What the service loads beforehand is enough, once for every rule and state.
    const auto& part = *at.matter.part(action.part);
    const std::tuple question{part.machine.value, part.state.value, action.action->value,
                              static_cast<int>(action.trigger.kind)};
    if (asked_.insert(question).second) {
        const auto few = town_.asked(at.matter, action, form);
        const auto again = ask<Answer>(at, hand, form, few, decide_it);
        if (answer.has_value() != again.has_value() || (answer && answer->after.parts != again->after.parts))
            harms.insert("what is asked beforehand does not suffice for \"" +
                         machine_of(part).action(*action.action).name + "\"");
    }
    return answer;
}

std::vector<Exploration::Hand> Exploration::hands(const Standing& at, const PartState* part,
                                                  const WhoRule& who) {
    const auto post = [](PostId id) { return Hand{{}, {id}, PartyId(1000 + id.value())}; };
    if (who.kind == WhoRule::Kind::post) {
        const auto found = town_.seated(who.post);
        return found ? std::vector{post(*found)} : std::vector<Hand>{};
    }
    if (who.kind != WhoRule::Kind::relation) return {};
    switch (who.relation) {
        case Relation::owner:
            return part == nullptr ? std::vector<Hand>{} : std::vector{post(part->owner)};
        case Relation::lead: {
            const auto* lead = at.matter.leading();
            return lead == nullptr ? std::vector<Hand>{} : std::vector{post(lead->owner)};
        }
        case Relation::superior_of_owner: {
            const auto above = part == nullptr ? std::nullopt : Town::superior(part->owner);
            return above ? std::vector{post(*above)} : std::vector<Hand>{};
        }
        default:
            return {Hand{{who.relation}, {}, PartyId(5000 + static_cast<int>(who.relation))}};
    }
}

FieldValue Exploration::answer(const FieldRule& field, const PartState* part, Instant now) const {
    const auto least = field.min.value_or(1);
    switch (field.type) {
        case FieldType::text:
            return TextValue{std::string(static_cast<std::size_t>(std::max<std::int64_t>(least, 1)), 'x')};
        case FieldType::attachments: {
            AttachmentsValue files;
            for (std::int64_t i = 0; i < std::max<std::int64_t>(least, 1); ++i)
                files.files.push_back({i + 1, FileKind::photo});
            return files;
        }
        case FieldType::checklist:
            return ChecklistValue{{"a"}, {}};
        case FieldType::criteria: {
            CriteriaValue criteria;
            for (const auto& item : rule_at(flow_.lists, *field.list).items)
                criteria.answers.push_back({item, field.criteria != CriteriaRule::none, "so"});
            return criteria;
        }
        case FieldType::posts:
        case FieldType::post: {
            const auto one = part != nullptr && part->owner == first_unit ? second_unit : first_unit;
            PostsValue posts{{one}, {}};
            for (std::int64_t i = 1; field.type == FieldType::posts && i < least; ++i)
                posts.posts.emplace_back(20 + i);
            if (field.lead) posts.lead = one;
            return posts;
        }
        case FieldType::parties:
        case FieldType::party: {
            PartiesValue parties;
            for (std::int64_t i = 0; i < std::max<std::int64_t>(least, 1); ++i)
                parties.parties.emplace_back(9000 + i);
            return parties;
        }
        case FieldType::day:
            return field.day == DayRule::past ? day_after(now, -1) : day_after(now, 7);
        case FieldType::rating:
            return RatingValue{Solved::yes, 5, {}};
        case FieldType::choice:
            return ChoiceValue{field.choices.front()};
        case FieldType::number:
            return NumberValue{least};
        case FieldType::measure:
            return MeasureValue{std::max<std::int64_t>(least, 1), field.units.front()};
        case FieldType::money:
            return MoneyValue{std::max<std::int64_t>(least, 1)};
        case FieldType::yes_no:
            return true;
        case FieldType::table: {
            TableValue table;
            for (std::int64_t i = 0; i < std::max<std::int64_t>(least, 1); ++i) {
                TableValue::Row row(field.columns.size());
                row.front() = std::string("x");
                if (field.columns.front().type != ColumnType::text) row.front() = std::int64_t{1};
                table.rows.push_back(row);
            }
            return table;
        }
    }
    return TextValue{"x"};
}

// One answer per outcome the condition can have.
std::vector<FieldValue> Exploration::variants(const FieldRule& field, const Condition& condition,
                                              const PartState* part, Instant now) const {
    switch (condition.subject) {
        case ConditionSubject::rating_solved:
            return {RatingValue{Solved::yes, 5, {}}, RatingValue{Solved::partly, 3, {}},
                    RatingValue{Solved::no, 1, {}}};
        case ConditionSubject::rating_grade:
            return {RatingValue{Solved::yes, 5, {}}, RatingValue{Solved::yes, 1, {}}};
        case ConditionSubject::field_choice: {
            std::vector<FieldValue> all;
            for (const auto& choice : field.choices) all.emplace_back(ChoiceValue{choice});
            return all;
        }
        case ConditionSubject::field_number: {
            std::vector<FieldValue> all;
            for (const auto number : {condition.number - 1, condition.number, condition.number + 1}) {
                if (field.type == FieldType::number) all.emplace_back(NumberValue{number});
                if (field.type == FieldType::money) all.emplace_back(MoneyValue{number});
                if (field.type == FieldType::measure)
                    all.emplace_back(MeasureValue{number, field.units.front()});
            }
            return all;
        }
        default:
            if (field.type == FieldType::yes_no) return {true, false};
            return {answer(field, part, now)};
    }
}

std::vector<Form> Exploration::forms(const std::vector<FieldIndex>& needs,
                                     const std::vector<FieldIndex>& accepts,
                                     const std::vector<const Condition*>& conditions, const PartState* part,
                                     Instant now) const {
    Form plain;
    for (const auto field : needs) plain.set(field, answer(rule_at(flow_.fields, field), part, now));
    std::vector<Form> all{plain};
    for (const auto* condition : conditions) {
        const bool of_field = condition->subject == ConditionSubject::rating_solved ||
                              condition->subject == ConditionSubject::rating_grade ||
                              condition->subject == ConditionSubject::field_choice ||
                              condition->subject == ConditionSubject::field_number ||
                              condition->subject == ConditionSubject::field_filled;
        if (!of_field || (!among(needs, condition->field) && !among(accepts, condition->field))) continue;
        for (const auto& value : variants(rule_at(flow_.fields, condition->field), *condition, part, now)) {
            Form varied = plain;
            varied.set(condition->field, value);
            if (!among(all, varied)) all.push_back(varied);
        }
    }
    return all;
}

// Of the posts beside the ladder the units are one to another.
std::int64_t Exploration::place_of(std::optional<PostId> post) const {
    if (!post) return 0;
    return post == second_unit ? first_unit.value() : post->value();
}

void Exploration::key_of_part(const Standing& standing, const PartState& part, std::string& out) const {
    const auto put = [&](std::int64_t number) { out.push_back(static_cast<char>(number)); };
    put(part.no == 0 ? 'm' : part.ended ? 'e' : 'p');
    put(part.machine.value);
    put(part.lead);
    if (part.ended && !asks_parts_) return put(place_of(part.owner));
    for (const std::int64_t fact :
         {std::int64_t{part.state.value}, std::int64_t{part.bound}, place_of(part.owner),
          part.rung ? std::int64_t{part.rung->value} : -1, std::int64_t{part.previous == part.owner}})
        put(fact);
    if (goes_back_) put(place_of(part.previous));
    // Clocks of the state itself follow from the state.
    for (const auto& clock : standing.matter.clocks) {
        if (clock.part != part.no || !clock.live()) continue;
        if (in_time_.contains(clock.clock)) put(standing.now > clock.due ? 'l' : 'i');
        if (rule_at(flow_.clocks, clock.clock).start == ClockStart::state) continue;
        put('c');
        put(clock.clock.value);
        put(static_cast<int>(clock.stage));
    }
    // Who did what counts where the next step must be in another hand.
    for (const auto& rule : machine_of(part).actions)
        for (const auto& done : standing.matter.done)
            if (done.part == part.no && among(rule.apart_from, done.action)) {
                put('d');
                put(done.action.value);
                put(done.party == PartyId(1000 + part.owner.value()));
            }
}

std::string Exploration::key(const Standing& standing) const {
    std::string out;
    const auto put = [&](std::int64_t number) { out.push_back(static_cast<char>(number)); };
    for (const auto& part : standing.matter.parts) key_of_part(standing, part, out);
    for (std::size_t i = 0; i < flow_.notices.size(); ++i) {
        const NoticeFact* latest = nullptr;
        for (const auto& notice : standing.notices)
            if (notice.notice.value == i && !notice.withdrawn) latest = &notice;
        put('n');
        put(latest == nullptr ? -1 : standing.now >= latest->until ? 1 : 0);
    }
    for (std::size_t i = 0; i < flow_.ballots.size(); ++i) {
        const BallotFact* latest = nullptr;
        for (const auto& ballot : standing.ballots)
            if (ballot.ballot.value == i) latest = &ballot;
        put('b');
        put(latest == nullptr ? -1
            : latest->open    ? 9
            : latest->outcome ? static_cast<int>(*latest->outcome)
                              : 8);
    }
    std::set<std::string> open;
    for (const auto& child : standing.children)
        if (child.open) open.insert(child.kind);
    for (const auto& kind : open) out += 'o' + kind;
    put(static_cast<std::int64_t>(standing.matter.holds.size()));
    put(standing.told);
    put(standing.matter.rated &&
        flow_.matter().state(standing.matter.parts.front().state).counts_as == CountsAs::closed);
    return out;
}

void Exploration::run() {
    try {
        begin();
        while (from_ < all_.size() && all_.size() < most_standings) {
            if (stop_at_harm && !harms.empty()) return;
            look(from_++);
        }
        complete = from_ == all_.size();
        judge();
    } catch (const std::exception& broken) {
        harms.insert(std::string("a rule of the engine is broken: ") + broken.what());
    }
    standings = all_.size();
}

void Exploration::begin() {
    const auto& start = flow_.matter().start;
    Standing nothing;
    nothing.now = *parse_local("2024-11-04 09:00:00", Zone{});
    nothing.matter.received = nothing.now;
    nothing.matter.subkind = flow_.subkinds.empty() ? "" : flow_.subkinds.front();
    nothing.matter.host = asked_first;
    std::vector<const Condition*> conditions;
    for (const auto& who : start.who) {
        auto by = hands(nothing, nullptr, who);
        if (who.kind == WhoRule::Kind::engine) by.push_back({{Relation::engine}, {}, {}});
        for (const auto& hand : by)
            for (const auto& form : forms(start.needs, start.accepts, conditions, nullptr, nothing.now)) {
                const auto begun =
                    ask<Result<Decision, Refusal>>(nothing, hand, form, town_.all(), matter::begin);
                if (begun)
                    became(SIZE_MAX, nothing, *begun);
                else if (begun.error().code != ActRefusal::not_yours)
                    harms.insert(std::string("a start is refused: ") + name_of(begun.error().code));
            }
    }
    if (all_.empty()) harms.insert("nobody can begin it");
}

void Exploration::look(std::size_t at) {
    const auto parts = all_[at].matter.parts;
    if (parts.front().ended) return;
    const auto& state = flow_.matter().state(parts.front().state);
    for (const auto& ballot : all_[at].ballots)
        if (ballot.open && state.ballot != ballot.ballot)
            harms.insert("a ballot is left open in " + state.name);
    for (const auto& part : parts)
        if (part.no > 0 && !part.ended && state.parts != part.machine)
            harms.insert("a part is left behind in " + state.name);
    for (const auto& part : parts)
        if (!part.ended) look_at_part(at, part);
    const auto clocks = all_[at].matter.clocks;
    for (const auto& clock : clocks)
        if (clock.stage == ClockState::Stage::running && clock.wakes) by_clock(at, clock);
    by_others(at);
}

void Exploration::look_at_part(std::size_t at, const PartState& part) {
    const auto& machine = machine_of(part);
    const auto& state = machine.state(part.state);
    const std::pair here{part.machine.value, part.state.value};
    reached_.insert(here);
    const auto& clocks = all_[at].matter.clocks;
    const bool timed = std::any_of(clocks.begin(), clocks.end(), [&](const ClockState& clock) {
        return clock.part == part.no && clock.stage == ClockState::Stage::running;
    });
    if (!timed) harms.insert("no deadline runs in " + state.name);
    if (part.owner == PostId()) harms.insert("nobody owns it in " + state.name);
    for (std::size_t i = 0; i < machine.actions.size(); ++i)
        if (among(machine.actions[i].from, part.state)) by_people(at, part, action_at(i));
    const std::tuple owned{part.machine.value, part.state.value, part.owner.value(),
                           part.rung ? part.rung->value + 1 : 0};
    if (chained_.insert(owned).second) left_to_clocks(at, part.no);
}

bool Exploration::refused_for_good(const Refusal& refusal) {
    switch (refusal.code) {
        case ActRefusal::nobody_to_own_it:
        case ActRefusal::no_way_on:
        case ActRefusal::form_incomplete:
        case ActRefusal::not_in_this_state:  // of what follows from it: the action itself was possible
        case ActRefusal::not_yours:
            return true;
        default:
            return false;
    }
}

// What was counted, shown or asked for before is not part of where a matter stands: whatever asks for it is
// tried with it and without (judge() asks whether a limit can be come to).
std::vector<Exploration::Past> Exploration::pasts(const PartState& part, const ActionRule& rule) const {
    const auto& machine = machine_of(part);
    std::vector<Past> all(1);
    bool counted = rule.limit.has_value();
    for (const auto& next : rule.then) counted = counted || machine.action(next.action).limit;
    if (counted) {
        all.emplace_back();
        for (const auto& other : machine.actions)
            if (other.limit) all.back().tallies.push_back({part.no, other.limit->tally, 1});
    }
    if (rule.card.size() > 1) {
        all.emplace_back();
        all.back().card = rule.card[rule.card.size() - 2];
    }
    if (std::any_of(rule.effects.begin(), rule.effects.end(), [](const EffectRule& effect) {
            return effect.when && effect.when->subject == ConditionSubject::told_twice;
        })) {
        all.emplace_back();
        all.back().asked = true;
    }
    return all;
}

void Exploration::Past::lay(MatterState& matter, PartNo part) const {
    matter.tallies = tallies;
    matter.asked_times = asked ? 1 : 0;
    for (auto& each : matter.parts)
        if (each.no == part) each.card = card;
    for (auto& clock : matter.clocks)
        if (clock.part == part) clock.card = card;
}

void Exploration::acted(const PartState& part, const WhoRule& who) {
    const std::pair here{part.machine.value, part.state.value};
    if (who.kind != WhoRule::Kind::relation) return;
    if (who.relation == Relation::owner || who.relation == Relation::anyone) owner_acts_.insert(here);
    const auto& waits = machine_of(part).state(part.state).waits_for;
    if (waits && who.relation == *waits) waited_acts_.insert(here);
}

bool Exploration::by_hand(std::size_t at, Standing before, const Hand& hand, const Action& action,
                          const std::vector<Form>& all) {
    const auto part = *before.matter.part(action.part);
    const auto& rule = machine_of(part).action(*action.action);
    std::vector<BallotCount> ballots{{}};
    if (rule.closes_ballot) ballots = {{10, 10, 10, 0, 0}, {10, 10, 0, 10, 0}, {10, 1, 1, 0, 0}};
    bool some = false;
    for (const auto& past : pasts(part, rule))
        for (const auto& form : all)
            for (const auto& count : ballots) {
                past.lay(before.matter, part.no);
                for (auto& ballot : before.ballots)
                    if (ballot.open) ballot.count = count;
                const auto answer = decided(before, hand, form, action);
                some = some || answer;
                if (answer)
                    became(at, before, *answer);
                else if (answer.error().code == ActRefusal::not_by_the_same_person)
                    kept_apart_.insert({part.machine.value, action.action->value});
                else if (refused_for_good(answer.error()))
                    harms.insert("\"" + rule.name +
                                 "\" is refused for good: " + name_of(answer.error().code));
            }
    return some;
}

void Exploration::by_people(std::size_t at, const PartState& part, ActionIndex index) {
    const auto& rule = machine_of(part).action(index);
    const auto& parts = all_[at].matter.parts;
    if (rule.opens &&
        std::any_of(parts.begin(), parts.end(), [](const auto& each) { return each.no > 0 && !each.ended; }))
        return;
    std::vector<const Condition*> conditions;
    for (const auto& branch : rule.to_when) conditions.push_back(&branch.when);
    for (const auto& next : rule.then) conditions.push_back(&next.when);
    for (const auto& effect : rule.effects)
        if (effect.when) conditions.push_back(&*effect.when);
    std::vector<Form> all;
    Standing before = all_[at];
    before.now = {before.now.micros + 60 * 1'000'000};
    Action action;
    action.part = part.no;
    action.action = index;
    bool done = false;
    for (const auto& who : rule.who)
        for (const auto& hand : hands(before, &part, who)) {
            if (all.empty()) all = forms(rule.needs, rule.accepts, conditions, &part, before.now);
            // The same in another hand leads to the same, unless hands are kept apart.
            const bool may =
                done && !apart_
                    ? ask<bool>(before, hand, {}, town_.all(),
                                [&](const Facts& facts) { return !refusal_of(facts, before.matter, action); })
                    : by_hand(at, before, hand, action, all);
            if (may) acted(part, who);
            done = done || may;
        }
}

void Exploration::by_clock(std::size_t at, const ClockState& clock) {
    const auto* part = all_[at].matter.part(clock.part);
    if (part == nullptr || part->ended) return;
    Standing before = all_[at];
    before.now = std::max(before.now, *clock.wakes);
    const auto action = run_out(*part, clock.clock);
    if (!action.action) return;
    const auto& machine = machine_of(*part);
    const auto state = part->state;
    for (const auto& past : pasts(*part, machine.action(*action.action))) {
        past.lay(before.matter, clock.part);
        const auto answer = decided(before, {}, {}, action);
        if (answer)
            became(at, before, *answer);
        else
            harms.insert("clock \"" + rule_at(flow_.clocks, clock.clock).name + "\" runs out in " +
                         machine.state(state).name + " and is refused: " + name_of(answer.error().code));
    }
}

Action Exploration::run_out(const PartState& part, ClockIndex clock) const {
    Action action;
    action.part = part.no;
    action.action = machine_of(part).find_action(rule_at(flow_.clocks, clock).due);
    action.trigger.kind = Trigger::Kind::clock;
    action.trigger.clock = clock;
    return action;
}

std::vector<Trigger> Exploration::endings_of(const Standing& at) const {
    std::vector<Trigger> endings;
    const auto ends = [&](const std::string& kind, const Subject& subject) {
        std::set<std::string> outcomes{"dismissed", "withdrawn"};
        for (const auto& machine : flow_.machines)
            for (const auto& rule : machine.actions)
                for (const auto& who : rule.who)
                    if (who.kind == WhoRule::Kind::child && who.child_kind == kind)
                        outcomes.insert(who.outcome);
        for (const auto& outcome : outcomes) {
            Trigger trigger;
            trigger.kind = Trigger::Kind::child;
            trigger.child_kind = kind;
            trigger.outcome = outcome;
            trigger.child = subject;
            endings.push_back(trigger);
        }
    };
    for (const auto& hold : at.matter.holds) ends(hold.name, hold.source);
    for (const auto& child : at.children)
        if (child.open) ends(child.kind, child.subject);
    return endings;
}

// Objections come and are decided; what was opened about it ends.
void Exploration::by_others(std::size_t at) {
    for (const auto& notice : std::vector<NoticeFact>(all_[at].notices)) {
        const auto& rule = rule_at(flow_.notices, notice.notice);
        if (rule.objection.empty() || !all_[at].matter.holds.empty()) continue;
        const auto held =
            ask<Result<Decision, Refusal>>(all_[at], {}, {}, town_.all(), [&](const Facts& facts) {
                return matter::hold(facts, notice.notice, {"matter", 77});
            });
        if (held) became(at, all_[at], *held);
    }
    for (const auto& trigger : endings_of(all_[at])) {
        Standing before = all_[at];
        for (auto& child : before.children)
            if (child.subject == trigger.child) child.open = false;
        const auto came = ask<Result<Decision, Refusal>>(
            before, {}, {}, town_.all(), [&](const Facts& facts) { return child_ended(facts, trigger); });
        if (came)
            became(at, before, *came);
        else
            harms.insert("the end of \"" + trigger.child_kind +
                         "\" is refused: " + name_of(came.error().code));
    }
}

// Nobody acts: what the clocks alone do must not lead round to where it was.
void Exploration::left_to_clocks(std::size_t at, PartNo no) {
    Standing now = all_[at];
    std::set<std::pair<std::uint16_t, std::int64_t>> stood;
    const auto* part = now.matter.part(no);
    stood.insert({part->state.value, part->owner.value()});
    for (int step = 0; step < 40; ++step) {
        const ClockState* next = nullptr;
        for (const auto& clock : now.matter.clocks)
            if (clock.part == no && clock.stage == ClockState::Stage::running && clock.wakes &&
                (next == nullptr || *clock.wakes < *next->wakes))
                next = &clock;
        part = now.matter.part(no);
        if (next == nullptr || part->ended) return;
        now.now = std::max(now.now, *next->wakes);
        const auto action = run_out(*part, next->clock);
        if (!action.action) return;
        const auto answer = decided(now, {}, {}, action);
        if (!answer) return;
        now.matter = answer->after;
        part = now.matter.part(no);
        if (part->ended) return;
        const bool came = std::any_of(answer->moves.begin(), answer->moves.end(), [&](const PartMove& move) {
            return move.after.no == no && move.entered;
        });
        if (!came || stood.insert({part->state.value, part->owner.value()}).second) continue;
        harms.insert("left to the clocks it comes round to " + machine_of(*part).state(part->state).name);
        return;
    }
}

void Exploration::check_law(const Standing& before, const Decision& decision) {
    if (!law_) return;
    const auto& calendar = working_days();
    for (const auto& notice : decision.notices) {
        const auto& rule = rule_at(flow_.notices, notice.notice);
        const auto bound = rule.floor.empty() ? std::nullopt : law_(rule.floor);
        if (notice.kind != NoticeChange::Kind::withdrawn && bound && bound->at_least &&
            notice.until < notice::end_of(calendar, Zone{}, notice.from, *bound->at_least))
            harms.insert("notice \"" + rule.name + "\" is shorter than the law asks");
    }
    for (const auto& change : decision.clocks) {
        const auto& rule = rule_at(flow_.clocks, change.after.clock);
        const auto bound = rule.law.empty() ? std::nullopt : law_(rule.law);
        if (bound && bound->at_most && change.after.period && change.after.extensions == 0 &&
            change.after.pauses.empty() &&
            calendar::due(calendar, Zone{}, change.after.started, *change.after.period) >
                calendar::due(calendar, Zone{}, change.after.started, *bound->at_most))
            harms.insert("clock \"" + rule.name + "\" is longer than the law allows");
        if (bound && bound->at_least && change.after.period &&
            calendar::due(calendar, Zone{}, change.after.started, *change.after.period) <
                calendar::due(calendar, Zone{}, change.after.started, *bound->at_least))
            harms.insert("clock \"" + rule.name + "\" is shorter than the law asks");
    }
    (void)before;
}

void Exploration::check_steps(const Decision& decision) {
    for (std::size_t i = 0; i < decision.steps.size(); ++i) {
        const auto& step = decision.steps[i];
        const auto* part = decision.after.part(step.part);
        if (part == nullptr) continue;
        const auto machine = part->machine.value;
        const bool instead =
            i + 1 < decision.steps.size() && decision.steps[i + 1].because == Step::Because::limit;
        if (step.because == Step::Because::limit || instead) continue;
        taken_.insert({machine, step.action.value});
        const auto& rule = flow_.machines[machine].action(step.action);
        const auto applied = [&](char sort, std::size_t at) {
            applied_.insert({machine, step.action.value, sort, at});
        };
        for (std::size_t at = 0; at < rule.then.size(); ++at)
            for (std::size_t later = i + 1; later < decision.steps.size(); ++later)
                if (decision.steps[later].action == rule.then[at].action) applied('t', at);
        for (std::size_t at = 0; at < rule.to_when.size(); ++at)
            if (rule.to_when[at].to == part->state) applied('b', at);
        for (std::size_t at = 0; at < rule.effects.size(); ++at)
            for (const auto& effect : decision.effects)
                if (effect.because == step.action && effect.kind == rule.effects[at].kind &&
                    effect.whom == rule.effects[at].whom && effect.workflow == rule.effects[at].workflow)
                    applied('e', at);
    }
}

// Where something was counted, and where a limit came about.
void Exploration::note_counts(std::size_t from, std::size_t to, const Decision& decision) {
    const Step* because = nullptr;
    for (const auto& step : decision.steps)
        if (step.because == Step::Because::limit) because = &step;
    for (const auto& change : decision.tallies) {
        const auto machine = decision.after.part(change.part)->machine.value;
        const std::pair tally{machine, change.tally.value};
        if (because == nullptr)
            counted_at_[tally].insert(to);
        else
            limits_at_[{machine, because->action.value}].insert(
                {change.count > 1 ? from : SIZE_MAX, tally.second});
    }
}

Standing Exploration::after_of(const Standing& before, const Decision& decision) const {
    Standing after = before;
    after.matter = decision.after;
    const auto& machine = flow_.matter();
    if (!before.matter.parts.empty()) {
        const auto was = machine.state(before.matter.parts.front().state).counts_as;
        const auto is = machine.state(decision.after.parts.front().state).counts_as;
        if (was == CountsAs::closed && is == CountsAs::open) after.told = false;
    }
    after.told = after.told || decision.told;
    for (const auto& change : decision.notices) {
        if (change.kind == NoticeChange::Kind::opened)
            std::erase_if(after.notices, [&](const NoticeFact& old) { return old.notice == change.notice; });
        if (change.kind == NoticeChange::Kind::opened)
            after.notices.push_back({change.notice,
                                     NoticeId{100 + static_cast<std::int64_t>(change.notice.value)},
                                     change.from, change.until, false});
        for (auto& notice : after.notices) {
            if (change.id != notice.id) continue;
            if (change.kind == NoticeChange::Kind::withdrawn) notice.withdrawn = true;
            notice.from = change.from;
            notice.until = change.until;
        }
    }
    for (const auto& change : decision.ballots) {
        if (change.opened) {
            std::erase_if(after.ballots, [&](const auto& old) { return old.ballot == change.ballot; });
            after.ballots.push_back({change.ballot, change.round, true, {}, {}});
        }
        for (auto& ballot : after.ballots)
            if (!change.opened && ballot.ballot == change.ballot && ballot.round == change.round) {
                ballot.open = false;
                ballot.outcome = change.outcome;
            }
    }
    std::erase_if(after.children, [](const ChildFact& child) { return !child.open; });
    for (const auto& effect : decision.effects)
        if (effect.kind == EffectRule::Kind::open &&
            std::none_of(after.children.begin(), after.children.end(),
                         [&](const ChildFact& child) { return child.kind == effect.workflow; })) {
            const auto id = after.children.empty() ? 100 : after.children.back().subject.id + 1;
            after.children.push_back({effect.workflow, {"matter", id}, true});
        }
    return after;
}

// Of parts that are over, only who led last and how they ended can still matter.
void Exploration::tidy(MatterState& matter) const {
    matter.tallies.clear();
    matter.asked_times = 0;
    matter.asked_before.clear();
    for (auto& part : matter.parts) part.card = Card::none;
    for (auto& clock : matter.clocks) clock.card = Card::none;
    const auto* leading_part = matter.leading();
    const PartNo leads = leading_part == nullptr ? 0 : leading_part->no;
    std::set<Named> ways;
    std::erase_if(matter.parts, [&](const PartState& part) {
        if (part.no == 0 || !part.ended || part.no == leads) return false;
        return !asks_parts_ || !ways.insert({part.machine.value, part.state.value}).second;
    });
    std::map<PartNo, PartNo> numbers;
    for (auto& part : matter.parts) {
        const auto no = static_cast<PartNo>(numbers.size());
        numbers.emplace(part.no, no);
        part.no = no;
    }
    const auto gone = [&](const auto& of) {
        const auto found = numbers.find(of.part);
        return found == numbers.end() || (found->second != 0 && matter.part(found->second)->ended);
    };
    std::erase_if(matter.clocks, gone);
    std::erase_if(matter.done, gone);
    for (auto& clock : matter.clocks) clock.part = numbers.at(clock.part);
    for (auto& done : matter.done) done.part = numbers.at(done.part);
}

void Exploration::became(std::size_t from, Standing before, const Decision& decision) {
    check_law(before, decision);
    check_steps(decision);
    for (const auto& move : decision.moves)
        if (move.after.no != 0 && !move.cancelled) {
            reached_.insert({move.after.machine.value, move.after.state.value});
            if (move.from)
                part_ways_[move.after.machine.value].insert({move.from->value, move.after.state.value});
        }
    Standing after = after_of(before, decision);
    const auto& machine = flow_.matter();
    const auto& first = after.matter.parts.front();
    reached_.insert({0, first.state.value});
    if (first.ended && !after.told)
        harms.insert("it ends as " + machine.state(first.state).name + " and nobody was told");
    tidy(after.matter);
    const auto [found, fresh] = known_.emplace(key(after), all_.size());
    if (from != SIZE_MAX) edges_.insert({from, found->second});
    note_counts(from, found->second, decision);
    if (fresh) all_.push_back(std::move(after));
}

// What a decision says changed, laid over what was, gives what it says is now: nothing happens unsaid.
void Exploration::check_nothing_unsaid(const MatterState& before, const Decision& decision) {
    auto parts = before.parts;
    for (const auto& move : decision.moves) {
        std::erase_if(parts, [&](const PartState& part) { return part.no == move.after.no; });
        parts.push_back(move.after);
    }
    std::sort(parts.begin(), parts.end(), [](const auto& a, const auto& b) { return a.no < b.no; });
    auto now = decision.after.parts;
    std::sort(now.begin(), now.end(), [](const auto& a, const auto& b) { return a.no < b.no; });
    if (parts != now) harms.insert("a part changed and no move says so");
    for (const auto& clock : decision.after.clocks) {
        const auto* was = before.clock(clock.clock, clock.part);
        const bool said = std::any_of(decision.clocks.begin(), decision.clocks.end(),
                                      [&](const ClockChange& change) { return change.after == clock; });
        if (!said && (was == nullptr || *was != clock)) harms.insert("a clock changed and nothing says so");
    }
    if (decision.steps.empty() && !before.parts.empty() && decision.holds.empty())
        harms.insert("something was decided and no step says what");
}

const ClockState* Exploration::next_clock(const MatterState& matter) {
    const ClockState* next = nullptr;
    for (const auto& clock : matter.clocks)
        if (clock.stage == ClockState::Stage::running && clock.wakes &&
            (next == nullptr || *clock.wakes < *next->wakes))
            next = &clock;
    return next;
}

// Somebody does something, mostly what can be done here; what may not be is refused.
std::optional<Standing> Exploration::somebody_acts(Standing before, std::mt19937_64& random) {
    const auto pick = [&](std::size_t of) { return static_cast<std::size_t>(random() % of); };
    const auto part = before.matter.parts[pick(before.matter.parts.size())];
    const auto& machine = machine_of(part);
    Action action;
    action.part = part.no;
    action.action = action_at(pick(machine.actions.size()));
    for (int again = 0; again < 8 && !among(machine.action(*action.action).from, part.state); ++again)
        action.action = action_at(pick(machine.actions.size()));
    const auto& rule = machine.action(*action.action);
    const auto by = hands(before, &part, rule.who[pick(rule.who.size())]);
    if (by.empty() || (rule.opens && before.matter.parts.size() > 6)) return {};
    const auto* next = next_clock(before.matter);
    auto later = Instant{before.now.micros + static_cast<std::int64_t>(pick(72)) * 3'600'000'000};
    if (next != nullptr && *next->wakes < later) later = std::max(before.now, *next->wakes);
    before.now = later;
    std::vector<const Condition*> conditions;
    for (const auto& branch : rule.to_when) conditions.push_back(&branch.when);
    for (const auto& follow : rule.then) conditions.push_back(&follow.when);
    const auto all = forms(rule.needs, rule.accepts, conditions, &part, before.now);
    for (auto& ballot : before.ballots)
        if (ballot.open)
            ballot.count = pick(2) == 0 ? BallotCount{10, 10, 10, 0, 0} : BallotCount{10, 10, 0, 10, 0};
    const auto answer = decided(before, by[pick(by.size())], all[pick(all.size())], action);
    if (!answer) return {};
    check_nothing_unsaid(before.matter, *answer);
    return after_of(before, *answer);
}

std::optional<Standing> Exploration::clock_runs_out(Standing before) {
    const auto* next = next_clock(before.matter);
    if (next == nullptr) return {};
    before.now = std::max(before.now, *next->wakes);
    const auto answer = decided(before, {}, {}, run_out(*before.matter.part(next->part), next->clock));
    if (!answer) {
        harms.insert(std::string("a clock is refused: ") + name_of(answer.error().code));
        return {};
    }
    check_nothing_unsaid(before.matter, *answer);
    return after_of(before, *answer);
}

// An objection comes, or one is decided; what was opened about it ends.
std::optional<Standing> Exploration::others_act(Standing before, std::mt19937_64& random) {
    using Answer = Result<Decision, Refusal>;
    const auto save = [&](const Answer& answer) -> std::optional<Standing> {
        if (!answer) return {};
        // The end of a matter that this one does not wait for changes nothing.
        if (!answer->steps.empty() || !answer->holds.empty() || !answer->moves.empty())
            check_nothing_unsaid(before.matter, *answer);
        return after_of(before, *answer);
    };
    if (before.matter.holds.empty() && !before.notices.empty() && random() % 2 == 0) {
        const auto notice = before.notices.back().notice;
        if (rule_at(flow_.notices, notice).objection.empty()) return {};
        return save(ask<Answer>(before, {}, {}, town_.all(), [&](const Facts& facts) {
            return matter::hold(facts, notice, {"matter", 77});
        }));
    }
    const auto endings = endings_of(before);
    if (endings.empty()) return {};
    const auto& trigger = endings[random() % endings.size()];
    for (auto& child : before.children)
        if (child.subject == trigger.child) child.open = false;
    return save(ask<Answer>(before, {}, {}, town_.all(),
                            [&](const Facts& facts) { return child_ended(facts, trigger); }));
}

void Exploration::check_standing(const Standing& now) {
    const auto& whole = now.matter.parts.front();
    if (whole.ended && !now.told) harms.insert("it ended and nobody was told");
    for (const auto& part : now.matter.parts) {
        if (part.ended) continue;
        const bool timed =
            std::any_of(now.matter.clocks.begin(), now.matter.clocks.end(), [&](const auto& clock) {
                return clock.part == part.no && clock.stage == ClockState::Stage::running;
            });
        if (!timed) harms.insert("no deadline in " + machine_of(part).state(part.state).name);
        if (part.owner == PostId()) harms.insert("no owner in " + machine_of(part).state(part.state).name);
    }
}

void Exploration::wander(std::uint64_t seed, std::size_t steps) {
    std::mt19937_64 random(seed);
    begin();
    const auto beginnings = all_;
    if (beginnings.empty()) return;
    Standing now = beginnings.front();
    std::size_t since = 0;
    for (std::size_t tried = 0; decisions < steps && tried < 20 * steps; ++tried) {
        const auto chance = random() % 8;
        auto next = chance == 0   ? clock_runs_out(now)
                    : chance == 1 ? others_act(now, random)
                                  : somebody_acts(now, random);
        if (!next) continue;
        ++decisions;
        now = std::move(*next);
        check_standing(now);
        const bool over = now.matter.parts.front().ended;
        if (over) ++ended;
        if (over || ++since > 400) {
            now = beginnings[random() % beginnings.size()];
            since = 0;
        }
    }
}

// Every action of every standing that may not be: the wrong state, the wrong hand, the empty form.
std::size_t Exploration::refuse_everything() {
    std::size_t refused = 0;
    const Hand stranger{{Relation::complained_of}, {PostId(999)}, PartyId(999)};
    for (const auto& at : all_)
        for (const auto& part : at.matter.parts)
            for (std::size_t i = 0; i < machine_of(part).actions.size(); ++i) {
                const auto& rule = machine_of(part).actions[i];
                Action action;
                action.part = part.no;
                action.action = action_at(i);
                const auto expect = [&](const Hand& hand, const Form& form, ActRefusal code) {
                    const auto answer = decided(at, hand, form, action);
                    ++refused;
                    if (answer || answer.error().code != code)
                        harms.insert("\"" + rule.name + "\" is not refused as " + name_of(code) + " but " +
                                     (answer ? "done" : name_of(answer.error().code)));
                };
                const bool over = part.ended || at.matter.parts.front().ended;
                const bool here = among(rule.from, part.state);
                if (over || !here) {
                    expect(stranger, {}, over ? ActRefusal::already_ended : ActRefusal::not_in_this_state);
                    continue;
                }
                const bool anybody = std::any_of(rule.who.begin(), rule.who.end(), [](const WhoRule& who) {
                    return who.kind == WhoRule::Kind::relation && who.relation == Relation::anyone;
                });
                if (!anybody) expect(stranger, {}, ActRefusal::not_yours);
                refused += refuse_empty_form(at, part, action, rule);
            }
    return refused;
}

std::size_t Exploration::refuse_empty_form(const Standing& at, const PartState& part, const Action& action,
                                           const ActionRule& rule) {
    std::size_t refused = 0;
    for (const auto& who : rule.who)
        for (const auto& hand : hands(at, &part, who)) {
            const bool possible = ask<bool>(at, hand, {}, town_.all(), [&](const Facts& facts) {
                return !refusal_of(facts, at.matter, action);
            });
            if (!possible || rule.needs.empty()) continue;
            const auto answer = decided(at, hand, {}, action);
            ++refused;
            if (answer || answer.error().code != ActRefusal::form_incomplete ||
                answer.error().faults.size() != rule.needs.size())
                harms.insert("an empty form of \"" + rule.name +
                             "\" is not refused for every field it needs");
        }
    return refused;
}

// A limit is come to where what it counts can be done, and done again later.
void Exploration::judge_limits() {
    std::vector<std::vector<std::size_t>> on(all_.size());
    for (const auto& [from, to] : edges_) on[from].push_back(to);
    std::map<std::pair<std::uint16_t, std::uint16_t>, std::vector<bool>> later;
    for (const auto& [tally, after] : counted_at_) {
        auto& reached = later[tally];
        reached.resize(all_.size());
        std::deque<std::size_t> open;
        for (const auto first : after) {
            reached[first] = true;
            open.push_back(first);
        }
        for (; !open.empty(); open.pop_front())
            for (const auto to : on[open.front()])
                if (!reached[to]) {
                    reached[to] = true;
                    open.push_back(to);
                }
    }
    for (const auto& [then, ways] : limits_at_)
        for (const auto& [from, tally] : ways) {
            const auto found = later.find({then.first, tally});
            if (from == SIZE_MAX || (found != later.end() && found->second[from])) taken_.insert(then);
        }
}

// What is written under a condition comes about in some standing.
void Exploration::judge_conditions() {
    const auto judge_one = [&](const Named& action, char sort, std::size_t at, const Condition& condition) {
        const bool played = condition.subject != ConditionSubject::subkind &&
                            condition.subject != ConditionSubject::anonymous &&
                            condition.subject != ConditionSubject::category_flag;
        if (played && !applied_.contains({action.first, action.second, sort, at}))
            harms.insert("what \"" + flow_.machines[action.first].actions[action.second].name +
                         "\" brings under a condition never comes about");
    };
    for (const auto& taken : taken_) {
        const auto& rule = flow_.machines[taken.first].actions[taken.second];
        for (std::size_t at = 0; at < rule.then.size(); ++at) judge_one(taken, 't', at, rule.then[at].when);
        for (std::size_t at = 0; at < rule.to_when.size(); ++at)
            judge_one(taken, 'b', at, rule.to_when[at].when);
        for (std::size_t at = 0; at < rule.effects.size(); ++at)
            if (rule.effects[at].when) judge_one(taken, 'e', at, *rule.effects[at].when);
    }
}

// Where posts are missing there may be no need to go to them; what is kept in other hands is needed all the
// same.
bool Exploration::is_needed(const Named& action) const {
    return county_ == County::everybody || kept_apart_.contains(action);
}

void Exploration::judge() {
    if (!complete) return;
    for (const auto& text : town_.nowhere) harms.insert("nobody anywhere is " + text);
    judge_limits();
    judge_conditions();
    for (std::size_t m = 0; m < flow_.machines.size(); ++m) {
        const auto& machine = flow_.machines[m];
        const auto of = static_cast<std::uint16_t>(m);
        for (std::size_t i = 0; i < machine.states.size(); ++i) {
            const auto& state = machine.states[i];
            const std::pair here{of, static_cast<std::uint16_t>(i)};
            if (!reached_.contains(here)) {
                if (county_ == County::everybody)
                    harms.insert("nothing leads to " + machine.name + "." + state.name);
                continue;
            }
            if (state.end) continue;
            if (state.counts_as != CountsAs::closed && !owner_acts_.contains(here))
                harms.insert("its owner can do nothing in " + machine.name + "." + state.name);
            if (state.waits_for && !waited_acts_.contains(here))
                harms.insert("whom it waits for can do nothing in " + state.name);
        }
        for (std::size_t i = 0; i < machine.actions.size(); ++i)
            if (const Named action{of, static_cast<std::uint16_t>(i)};
                !taken_.contains(action) && is_needed(action))
                harms.insert("nobody ever takes " + machine.name + "." + machine.actions[i].name);
        if (m == 0) continue;
        std::set<std::uint16_t> ending;
        for (std::size_t i = 0; i < machine.states.size(); ++i)
            if (machine.states[i].end) ending.insert(static_cast<std::uint16_t>(i));
        for (bool grown = true; grown;) {
            grown = false;
            for (const auto& [from, to] : part_ways_[of])
                if (ending.contains(to) && ending.insert(from).second) grown = true;
        }
        for (const auto& [in, state] : reached_)
            if (in == of && !ending.contains(state))
                harms.insert("from " + machine.name + "." + machine.states[state].name +
                             " no end is in reach");
    }
    std::vector<std::vector<std::size_t>> back(all_.size());
    for (const auto& [from, to] : edges_) back[to].push_back(from);
    std::vector<bool> ends(all_.size());
    std::deque<std::size_t> open;
    for (std::size_t i = 0; i < all_.size(); ++i)
        if (all_[i].matter.parts.front().ended) {
            ends[i] = true;
            open.push_back(i);
        }
    while (!open.empty()) {
        const auto at = open.front();
        open.pop_front();
        for (const auto from : back[at])
            if (!ends[from]) {
                ends[from] = true;
                open.push_back(from);
            }
    }
    for (std::size_t i = 0; i < all_.size(); ++i)
        if (!ends[i])
            harms.insert("no end is in reach from a standing in " +
                         flow_.matter().state(all_[i].matter.parts.front().state).name);
}

}  // namespace lianxin::matter::testing
