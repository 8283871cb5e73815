#include "matter/explore_test.hpp"

#include <algorithm>
#include <exception>

#include "notice/notice_period.hpp"

namespace lianxin::matter::testing {
namespace {

using access::Relation;

constexpr std::size_t most_standings = 30'000;
constexpr PostId root{1}, leading{2}, first_unit{11}, second_unit{12};

ActionIndex action_at(std::size_t at) {
    return ActionIndex{static_cast<std::uint16_t>(at)};
}

template <class T>
bool among(const std::vector<T>& items, const T& item) {
    return std::find(items.begin(), items.end(), item) != items.end();
}

Day day_after(Instant now, int days) {
    return Zone{}.day_of({now.micros + days * micros_per_day});
}

}  // namespace

std::optional<PostId> Town::seated(const OwnerSelector& selector) {
    if (selector.post_kind == "nobody") return {};
    const auto text = selector_text(selector, "");
    if (text == "desk@county") return root;
    const auto [seat, fresh] = seats_.emplace(text, PostId(100 + static_cast<std::int64_t>(seats_.size())));
    return seat->second;
}

std::optional<PostId> Town::superior(PostId post) {
    if (post == root) return {};
    return post == leading ? root : leading;
}

OwnerTable Town::table(const MatterState& matter, const Action& action, const Form& form) {
    OwnerTable owners;
    for (const auto& rung : flow_.ladder) owners.ladder.push_back(seated(rung));
    const auto put = [&](const OwnerSelector& selector, PostId from) {
        const auto post = selector.kind == OwnerSelector::Kind::kind_at ? seated(selector) : superior(from);
        if (post) owners.found.push_back({selector, from, *post});
    };
    for (const auto& question : owner_questions(flow_, matter, action, form))
        put(question.selector, question.from);
    for (const auto& machine : flow_.machines)
        for (const auto& rule : machine.actions)
            for (const auto& who : rule.who)
                if (who.kind == WhoRule::Kind::post) put(who.post, PostId());
    return owners;
}

Exploration::Exploration(Workflow flow, std::function<std::optional<LawBound>(std::string_view)> law)
    : flow_(std::move(flow)), law_(std::move(law)), town_(flow_) {
    for (auto& machine : flow_.machines)
        for (auto& action : machine.actions)
            if (action.limit) action.limit->max = std::min<std::int64_t>(action.limit->max, 2);
}

const Machine& Exploration::machine_of(const PartState& part) const {
    return flow_.machine(part.machine);
}

template <class Decide>
Result<Decision, Refusal> Exploration::ask(const Standing& at, const Hand& hand, const Form& form,
                                           const Action& action, Decide decide_it) {
    const Relations actor{hand.relations, hand.posts, hand.party};
    const auto owners = town_.table(at.matter, action, form);
    std::vector<TableLimit> limits;
    std::vector<FormContext::LoadedList> lists;
    for (std::size_t i = 0; i < flow_.clocks.size(); ++i)
        if (flow_.clocks[i].limit == ClockLimit::table)
            limits.push_back({ClockIndex{static_cast<std::uint16_t>(i)}, {10, calendar::Unit::working_day}});
    for (std::size_t i = 0; i < flow_.fields.size(); ++i)
        if (flow_.fields[i].type == FieldType::checklist)
            lists.push_back({FieldIndex{static_cast<std::uint16_t>(i)}, {"a", "b"}});
    const Facts facts{flow_,
                      at.matter,
                      actor,
                      form,
                      at.notices,
                      at.ballots,
                      at.children,
                      owners,
                      limits,
                      lists,
                      {},
                      {},
                      true,
                      true,
                      {},
                      at.now,
                      calendar::WorkingCalendar::china(),
                      Zone{}};
    return decide_it(facts);
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

std::string Exploration::key(const Standing& standing) const {
    std::string out;
    const auto put = [&](std::int64_t number) {
        out += std::to_string(number);
        out += ',';
    };
    for (const auto& part : standing.matter.parts) {
        if (part.no != 0 && part.ended && !part.lead) continue;
        out += part.no == 0 ? "m" : "p";
        for (const std::int64_t fact : {std::int64_t{part.machine.value}, std::int64_t{part.state.value},
                                        std::int64_t{part.bound}, std::int64_t{part.ended}})
            put(fact);
        // Clocks of the state itself follow from the state.
        for (const auto& clock : standing.matter.clocks) {
            if (clock.part != part.no || !clock.live()) continue;
            if (rule_at(flow_.clocks, clock.clock).start == ClockStart::state) continue;
            out += 'c';
            put(clock.clock.value);
            put(static_cast<int>(clock.stage));
        }
        for (const auto& tally : standing.matter.tallies) {
            if (tally.part != part.no || part.no != 0) continue;
            out += 't';
            put(tally.name.value);
            put(tally.count > 0);
        }
        // Who did what counts where the next step must be in another hand.
        for (const auto& rule : machine_of(part).actions)
            for (const auto& done : standing.matter.done)
                if (done.part == part.no && among(rule.from, part.state) &&
                    among(rule.apart_from, done.action)) {
                    out += 'd';
                    put(done.action.value);
                    put(done.party == PartyId(1000 + part.owner.value()));
                }
    }
    for (std::size_t i = 0; i < flow_.notices.size(); ++i) {
        const NoticeFact* latest = nullptr;
        for (const auto& notice : standing.notices)
            if (notice.notice.value == i && !notice.withdrawn) latest = &notice;
        out += 'n';
        put(latest == nullptr ? -1 : standing.now >= latest->until ? 1 : 0);
    }
    for (std::size_t i = 0; i < flow_.ballots.size(); ++i) {
        const BallotFact* latest = nullptr;
        for (const auto& ballot : standing.ballots)
            if (ballot.ballot.value == i) latest = &ballot;
        out += 'b';
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
        while (from_ < all_.size() && all_.size() < most_standings) look(from_++);
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
    nothing.matter.host = leading;
    std::vector<const Condition*> conditions;
    for (const auto& who : start.who) {
        auto by = hands(nothing, nullptr, who);
        if (who.kind == WhoRule::Kind::engine) by.push_back({{Relation::engine}, {}, {}});
        for (const auto& hand : by)
            for (const auto& form : forms(start.needs, start.accepts, conditions, nullptr, nothing.now)) {
                const auto decided = ask(nothing, hand, form, Action{},
                                         [](const Facts& facts) { return matter::begin(facts); });
                if (decided)
                    became(SIZE_MAX, nothing, *decided);
                else if (decided.error().code != ActRefusal::not_yours)
                    harms.insert(std::string("a start is refused: ") + name_of(decided.error().code));
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
    if (chained_.insert(here).second) left_to_clocks(at, part.no);
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

void Exploration::by_people(std::size_t at, const PartState& part, ActionIndex index) {
    const auto& machine = machine_of(part);
    const auto& rule = machine.action(index);
    if (rule.opens) {
        const auto& parts = all_[at].matter.parts;
        if (parts.size() > 2 || std::any_of(parts.begin(), parts.end(),
                                            [](const auto& each) { return each.no > 0 && !each.ended; }))
            return;
    }
    std::vector<const Condition*> conditions;
    for (const auto& branch : rule.to_when) conditions.push_back(&branch.when);
    for (const auto& next : rule.then) conditions.push_back(&next.when);
    for (const auto& who : rule.who)
        for (const auto& hand : hands(all_[at], &part, who))
            for (const auto& form : forms(rule.needs, rule.accepts, conditions, &part, all_[at].now)) {
                std::vector<BallotCount> counts{{}};
                if (rule.closes_ballot) counts = {{10, 10, 10, 0, 0}, {10, 10, 0, 10, 0}, {10, 1, 1, 0, 0}};
                for (const auto& count : counts) {
                    Standing before = all_[at];
                    before.now = {before.now.micros + 60 * 1'000'000};
                    for (auto& ballot : before.ballots)
                        if (ballot.open) ballot.count = count;
                    Action action;
                    action.part = part.no;
                    action.action = index;
                    const auto decided = ask(before, hand, form, action,
                                             [&](const Facts& facts) { return decide(facts, action); });
                    if (decided) {
                        const std::pair here{part.machine.value, part.state.value};
                        if (who.kind == WhoRule::Kind::relation &&
                            (who.relation == Relation::owner || who.relation == Relation::anyone))
                            owner_acts_.insert(here);
                        const auto& waits = machine.state(part.state).waits_for;
                        if (waits && who.kind == WhoRule::Kind::relation && who.relation == *waits)
                            waited_acts_.insert(here);
                        became(at, before, *decided);
                    } else if (refused_for_good(decided.error())) {
                        harms.insert("\"" + rule.name +
                                     "\" is refused for good: " + name_of(decided.error().code));
                    }
                }
            }
}

void Exploration::by_clock(std::size_t at, const ClockState& clock) {
    const auto* part = all_[at].matter.part(clock.part);
    if (part == nullptr || part->ended) return;
    Standing before = all_[at];
    before.now = std::max(before.now, *clock.wakes);
    Action action;
    action.part = clock.part;
    action.action = machine_of(*part).find_action(rule_at(flow_.clocks, clock.clock).due);
    action.trigger.kind = Trigger::Kind::clock;
    action.trigger.clock = clock.clock;
    const auto decided =
        ask(before, {}, {}, action, [&](const Facts& facts) { return decide(facts, action); });
    if (decided) return became(at, before, *decided);
    harms.insert("clock \"" + rule_at(flow_.clocks, clock.clock).name + "\" runs out in " +
                 machine_of(*part).state(part->state).name +
                 " and is refused: " + name_of(decided.error().code));
}

// Objections come and are decided; what was opened about it ends.
void Exploration::by_others(std::size_t at) {
    for (const auto& notice : std::vector<NoticeFact>(all_[at].notices)) {
        const auto& rule = rule_at(flow_.notices, notice.notice);
        if (rule.objection.empty() || !all_[at].matter.holds.empty()) continue;
        const auto decided = ask(all_[at], {}, {}, Action{}, [&](const Facts& facts) {
            return matter::hold(facts, notice.notice, {"matter", 77});
        });
        if (decided) became(at, all_[at], *decided);
    }
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
    for (const auto& hold : all_[at].matter.holds) ends(hold.name, hold.source);
    for (const auto& child : all_[at].children)
        if (child.open) ends(child.kind, child.subject);
    for (const auto& trigger : endings) {
        Standing before = all_[at];
        for (auto& child : before.children)
            if (child.subject == trigger.child) child.open = false;
        const auto decided = ask(before, {}, {}, Action{0, {}, trigger},
                                 [&](const Facts& facts) { return child_ended(facts, trigger); });
        if (decided)
            became(at, before, *decided);
        else
            harms.insert("the end of \"" + trigger.child_kind +
                         "\" is refused: " + name_of(decided.error().code));
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
        Action action;
        action.part = no;
        action.action = machine_of(*part).find_action(rule_at(flow_.clocks, next->clock).due);
        action.trigger.kind = Trigger::Kind::clock;
        action.trigger.clock = next->clock;
        const auto decided =
            ask(now, {}, {}, action, [&](const Facts& facts) { return decide(facts, action); });
        if (!decided) return;
        const auto before = *part;
        now.matter = decided->after;
        part = now.matter.part(no);
        if (part->ended) return;
        const bool moved = part->state != before.state || part->owner != before.owner;
        if (moved && !stood.insert({part->state.value, part->owner.value()}).second)
            harms.insert("left to the clocks it comes round to " + machine_of(*part).state(part->state).name);
        if (moved && harms.size() > 40) return;
    }
}

void Exploration::check_law(const Standing& before, const Decision& decision) {
    if (!law_) return;
    const auto& calendar = calendar::WorkingCalendar::china();
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

// What follows from an action is a step like any other: from where it may be taken.
void Exploration::check_steps(const Standing& before, const Decision& decision) {
    for (const auto& step : decision.steps) {
        const auto* after = decision.after.part(step.part);
        if (after == nullptr) continue;
        taken_.insert({after->machine.value, step.action.value});
        const auto* was = before.matter.part(step.part);
        const auto& rule = flow_.machine(after->machine).action(step.action);
        if (step.because == Step::Because::limit && was != nullptr && !among(rule.from, was->state))
            harms.insert("\"" + rule.name + "\" is taken in a state it does not name");
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
        if (change.opened) after.ballots.push_back({change.ballot, change.round, true, {}, {}});
        for (auto& ballot : after.ballots)
            if (!change.opened && ballot.ballot == change.ballot && ballot.round == change.round) {
                ballot.open = false;
                ballot.outcome = change.outcome;
            }
    }
    for (const auto& effect : decision.effects)
        if (effect.kind == EffectRule::Kind::open &&
            std::none_of(after.children.begin(), after.children.end(),
                         [&](const ChildFact& child) { return child.open && child.kind == effect.workflow; }))
            after.children.push_back(
                {effect.workflow, {"matter", 100 + static_cast<std::int64_t>(after.children.size())}, true});
    return after;
}

void Exploration::became(std::size_t from, Standing before, const Decision& decision) {
    check_law(before, decision);
    check_steps(before, decision);
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
    const auto [found, fresh] = known_.emplace(key(after), all_.size());
    if (from != SIZE_MAX) edges_.insert({from, found->second});
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

std::optional<Standing> Exploration::anything(const Standing& at, std::mt19937_64& random) {
    const auto pick = [&](std::size_t of) { return static_cast<std::size_t>(random() % of); };
    const ClockState* next = nullptr;
    for (const auto& clock : at.matter.clocks)
        if (clock.stage == ClockState::Stage::running && clock.wakes &&
            (next == nullptr || *clock.wakes < *next->wakes))
            next = &clock;
    Standing before = at;
    Action action;
    Hand hand;
    Form form;
    if (next != nullptr && pick(4) == 0) {
        const auto* part = at.matter.part(next->part);
        before.now = std::max(before.now, *next->wakes);
        action.part = next->part;
        action.action = machine_of(*part).find_action(rule_at(flow_.clocks, next->clock).due);
        action.trigger.kind = Trigger::Kind::clock;
        action.trigger.clock = next->clock;
    } else {
        const auto& part = at.matter.parts[pick(at.matter.parts.size())];
        const auto& machine = machine_of(part);
        action.part = part.no;
        action.action = action_at(pick(machine.actions.size()));
        const auto& rule = machine.action(*action.action);
        if (rule.who.empty()) return {};
        const auto by = hands(at, &part, rule.who[pick(rule.who.size())]);
        if (by.empty() || (rule.opens && at.matter.parts.size() > 6)) return {};
        hand = by[pick(by.size())];
        before.now = {before.now.micros + static_cast<std::int64_t>(pick(72)) * 3'600'000'000};
        if (next != nullptr && *next->wakes < before.now) before.now = std::max(at.now, *next->wakes);
        std::vector<const Condition*> conditions;
        for (const auto& branch : rule.to_when) conditions.push_back(&branch.when);
        for (const auto& follow : rule.then) conditions.push_back(&follow.when);
        const auto all = forms(rule.needs, rule.accepts, conditions, &part, before.now);
        form = all[pick(all.size())];
        for (auto& ballot : before.ballots)
            if (ballot.open)
                ballot.count = pick(2) == 0 ? BallotCount{10, 10, 10, 0, 0} : BallotCount{10, 10, 0, 10, 0};
    }
    const auto decided =
        ask(before, hand, form, action, [&](const Facts& facts) { return decide(facts, action); });
    if (!decided) {
        if (action.trigger.kind == Trigger::Kind::clock)
            harms.insert(std::string("a clock is refused: ") + name_of(decided.error().code));
        return {};
    }
    check_nothing_unsaid(before.matter, *decided);
    return after_of(before, *decided);
}

void Exploration::wander(std::uint64_t seed, std::size_t steps) {
    std::mt19937_64 random(seed);
    begin();
    const auto beginnings = all_;
    if (beginnings.empty()) return;
    Standing now = beginnings.front();
    std::size_t since = 0;
    for (std::size_t taken = 0; taken < steps; ++taken) {
        auto next = anything(now, random);
        if (next) now = std::move(*next);
        const auto& root_part = now.matter.parts.front();
        if (root_part.ended && !now.told) harms.insert("it ended and nobody was told");
        for (const auto& part : now.matter.parts) {
            if (part.ended) continue;
            const bool timed =
                std::any_of(now.matter.clocks.begin(), now.matter.clocks.end(), [&](const auto& clock) {
                    return clock.part == part.no && clock.stage == ClockState::Stage::running;
                });
            if (!timed) harms.insert("no deadline in " + machine_of(part).state(part.state).name);
            if (part.owner == PostId())
                harms.insert("no owner in " + machine_of(part).state(part.state).name);
        }
        if (root_part.ended) ++ended;
        if (root_part.ended || ++since > 400) {
            now = beginnings[random() % beginnings.size()];
            since = 0;
        }
    }
}

void Exploration::judge() {
    if (!complete) return;
    for (std::size_t m = 0; m < flow_.machines.size(); ++m) {
        const auto& machine = flow_.machines[m];
        const auto of = static_cast<std::uint16_t>(m);
        for (std::size_t i = 0; i < machine.states.size(); ++i) {
            const auto& state = machine.states[i];
            const std::pair here{of, static_cast<std::uint16_t>(i)};
            if (!reached_.contains(here)) {
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
            if (!taken_.contains({of, static_cast<std::uint16_t>(i)}))
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
