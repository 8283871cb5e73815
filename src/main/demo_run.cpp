#include "main/demo_run.hpp"

#include <algorithm>
#include <tuple>

#include "matter/matter_store.hpp"

namespace lianxin::demo {
namespace {

constexpr auto tick = std::chrono::hours(1);
constexpr auto look_again = std::chrono::hours(60);
constexpr std::string_view resident_alone = "resident";

std::string number(std::int64_t value) {
    return std::to_string(value);
}

}  // namespace

Run::Run(const DemoStage& stage, const Story& story, Cast& cast, Chance& chance, Instant end,
         DemoReport& report)
    : stage_(stage),
      story_(story),
      cast_(cast),
      chance_(chance),
      end_(end),
      report_(report),
      next_tick_(stage.clock.now()) {}

void Run::play() {
    prepare();
    while (!line_.empty() && line_.top().at < end_) {
        const Moment moment = line_.top();
        line_.pop();
        walk_to(moment.at);
        look(moment.telling);
    }
    walk_to(end_);
    count();
}

// Intake is spread over the year, a little denser towards its end: what is fresh is what a desk has in hand.
void Run::prepare() {
    const Instant first = next_tick_ + std::chrono::hours(24);
    const std::int64_t minutes = (end_ - first).count() / micros_per_minute;
    for (std::int64_t i = 0; i < story_.tellings; ++i) {
        tellings_.push_back(new_telling());
        std::int64_t at = chance_.between(0, minutes - 1);
        if (i % 6 == 0) at = minutes - chance_.between(120, 15 * 24 * 60);
        if (i % 40 == 1) at = minutes - chance_.between(3, 100);
        line_.push({awake(first + std::chrono::minutes(at), false, false), tellings_.size() - 1});
    }
    prepare_affairs(first);
}

Run::Telling Run::new_telling() {
    Telling telling;
    // Texts take turns before any is heard twice.
    const auto turn = tellings_.size() % story_.texts.size();
    telling.text = &story_.texts[(turn * 67 + tellings_.size() / story_.texts.size()) % story_.texts.size()];
    telling.channel = &chance_.by_share(story_.channels);
    telling.plan = &chance_.by_share(story_.plans);
    telling.rules = &story_.rules;
    telling.part_rules = &story_.part_rules;
    telling.scene = tellings_.size();
    telling.spot = cast_.spot(chance_);
    draw_words(telling);
    return telling;
}

// What {group}, {n}, … are in this telling.
void Run::draw_words(Telling& telling) {
    std::vector<std::string> above;
    for (const auto& name : telling.spot.names)
        if (!name.empty()) above.push_back(name);
    // The door itself is last; its group stands above it, its village two further up.
    const auto named = [&](std::size_t from_end) {
        return above.size() > from_end ? above[above.size() - 1 - from_end] : std::string();
    };
    telling.words["group"] = named(1);
    telling.words["village"] = named(3);
    telling.words["n"] = number(chance_.between(2, 9));
    telling.words["m"] = number(10 * chance_.between(3, 42));
    telling.words["d"] = number(chance_.between(3, 25));
    telling.words["y"] = number(100 * chance_.between(3, 60));
    telling.words["house"] = number(chance_.between(5, 48));
    telling.subject = filled(telling.text->subject, telling);
    telling.story = filled(telling.text->text, telling);
    telling.done = filled(telling.text->done, telling);
}

std::string Run::filled(const std::string& text, const Telling& telling) {
    const auto word = [&](const char* name) -> std::string_view {
        const auto found = telling.words.find(name);
        return found == telling.words.end() ? std::string_view() : std::string_view(found->second);
    };
    return pack::fill_placeholders(text, {{"group", word("group")},
                                          {"village", word("village")},
                                          {"n", word("n")},
                                          {"m", word("m")},
                                          {"d", word("d")},
                                          {"y", word("y")},
                                          {"house", word("house")}});
}

// Hour by hour; hours at which no clock wakes are passed over.
void Run::walk_to(Instant at) {
    constexpr int at_once = 500;
    while (next_tick_ <= at) {
        next_tick_ = tick_from(first_waking(at).value_or(at + std::chrono::microseconds(1)));
        if (next_tick_ > at) break;
        stage_.clock.set(next_tick_);
        while (stage_.town.matters().run_due_clocks(stage_.county, next_tick_, at_once) == at_once) {
        }
        next_tick_ = next_tick_ + tick;
    }
    stage_.clock.set(std::max(stage_.clock.now(), at));
}

std::optional<Instant> Run::first_waking(Instant until) {
    const auto due =
        stage_.county.database.read([&](store::Transaction& tx) { return matter::due_clocks(tx, until, 1); });
    if (due.empty()) return {};
    return due.front().wakes;
}

Instant Run::tick_from(Instant at) const {
    if (at <= next_tick_) return next_tick_;
    const auto hours = (at - next_tick_ + tick - std::chrono::microseconds(1)) / tick;
    return next_tick_ + hours * tick;
}

void Run::look(std::size_t index) {
    Telling& telling = tellings_[index];
    if (!telling.id) {
        if (telling.affair) settle_about(telling);
        take_in(telling);
        if (!telling.id) return;
    } else if (see(telling)) {
        if (const auto choice = choose(telling, *telling.seen)) act(telling, *telling.seen, *choice);
    }
    if (see(telling)) schedule(index, *telling.seen);
}

void Run::take_in(Telling& telling) {
    matter::NewMatter asked;
    asked.workflow = story_.workflow;
    asked.subkind = telling.text->subkind;
    set_category(telling, asked);
    if (!telling.affair && telling.hurried && !story_.hurry_plans.empty())
        for (const auto& plan : story_.plans)
            if (plan.name == story_.hurry_plans.front()) telling.plan = &plan;
    if (!telling.hurried) telling.pace_tenths = telling.plan->pace_tenths;

    if (!telling.channel->place.empty()) asked.place = cast_.above(telling.spot, telling.channel->place);
    const auto who = taker(telling);
    if (!who) {
        ++report_.refusals["take_in: nobody holds " + telling.channel->by];
        return;
    }
    const bool staff = who->kind == access::ActingPerson::Kind::staff;
    asked.on_behalf = telling.affair ? telling.affair->on_behalf : staff;
    asked.reporter = reporter(telling);
    asked.anonymous = asked.reporter.name.empty() && (asked.on_behalf || !staff);
    asked.channel = telling.channel->name;
    asked.subject = telling.subject;
    asked.text = telling.story;
    asked.about = telling.about;
    if (telling.affair) {
        asked.workflow = telling.affair->workflow;
        asked.service_item = telling.affair->service_item;
        asked.fields = fields(telling, telling.affair->fields);
        for (auto& [name, value] : fields(telling, telling.text->fields)) asked.fields[name] = value;
    } else if (chance_.percent(60)) {
        if (const auto picture = photo(telling, false)) asked.uploads.push_back(*picture);
    }
    const auto taken = stage_.town.matters().take_in(stage_.county, *who, asked);
    if (!taken) {
        std::string why = "take_in " + asked.workflow + ": " + std::string(matter::code_of(taken.error()));
        for (const auto& fault : taken.error().faults) why += " " + fault.field + " " + fault.code;
        ++report_.refusals[why];
        return;
    }
    telling.id = taken->id;
    ++(telling.affair ? report_.affairs : report_.taken_in);
}

void Run::set_category(Telling& telling, matter::NewMatter& asked) {
    if (telling.text->category.empty()) return;
    auto& around = stage_.town.matters().surroundings();
    const auto index = stage_.county.database.read([&](store::Transaction& tx) {
        return around.places.categories(tx, stage_.county.zone.day_of(stage_.clock.now()));
    });
    const auto* category = index->by_code(telling.text->category);
    if (category == nullptr) return;
    asked.category = category->id;
    const auto hurry = story_.hurry.find(std::string(index->urgency(*category)));
    const auto asking = story_.hurry.find(telling.text->subkind);
    telling.hurried = hurry != story_.hurry.end() || asking != story_.hurry.end();
    if (telling.hurried) telling.pace_tenths = hurry != story_.hurry.end() ? hurry->second : asking->second;
}

std::optional<access::ActingPerson> Run::taker(const Telling& telling) {
    if (telling.channel->by == resident_alone) return access::ActingPerson{};
    const auto door = cast_.above(telling.spot, cast_.lowest());
    const auto post = cast_.post(telling.channel->by, door.value_or(PlaceId()));
    if (post) ++busy_[*post];
    return post ? cast_.holder(*post) : std::nullopt;
}

// Phone numbers begin with 000, which belongs to nobody.
matter::Reporter Run::reporter(Telling& telling) {
    if (!chance_.percent(telling.channel->named_percent)) return {};
    std::string digits = "000";
    for (int i = 0; i < 8; ++i) digits += static_cast<char>('0' + chance_.between(0, 9));
    return {cast_.person_name(chance_), digits, ""};
}

bool Run::see(Telling& telling) {
    if (telling.seen) {
        const auto version = stage_.county.database.read(
            [&](store::Transaction& tx) { return matter::version_of(tx, *telling.id); });
        if (version == telling.seen->version) return true;
    }
    access::ActingPerson resident;
    resident.kind = access::ActingPerson::Kind::resident;
    resident.receipt_matter = telling.id;
    auto seen = stage_.town.matters().view(stage_.county, resident, *telling.id);
    if (seen)
        telling.seen = std::move(*seen);
    else
        telling.seen.reset();
    return telling.seen.has_value();
}

Instant Run::awake(Instant at, bool office, bool hurried) {
    if (hurried && office) office = false;
    const auto zone = stage_.county.zone;
    const std::int64_t opens = office ? 8 * 60 + 30 : 7 * 60, closes = office ? 17 * 60 + 30 : 21 * 60 + 30;
    for (;;) {
        const Day day = zone.day_of(at);
        const Instant midnight = zone.start_of(day);
        const std::int64_t minute = (at - midnight).count() / micros_per_minute;
        const bool free_day = office && !stage_.county.calendar.is_working(day);
        if (!free_day && minute >= opens && minute < closes) return at;
        const Day next = !free_day && minute < opens ? day : day + 1;
        at = zone.start_of(next) + std::chrono::minutes(opens + chance_.between(0, 59)) +
             std::chrono::seconds(chance_.between(0, 59));
    }
}

void Run::schedule(std::size_t index, const matter::MatterView& seen) {
    Telling& telling = tellings_[index];
    follow_up(telling, seen);
    if (seen.phase == "ended") return;
    const auto choice = choose(telling, seen);
    if (!choice) {
        // Of an affair something may be owed after it counts as closed: a visit, a review.
        if (seen.phase != "closed" || telling.affair) line_.push({stage_.clock.now() + look_again, index});
        return;
    }
    const auto& rule = *choice->rule;
    const std::int64_t pace = rule.by == "reporter" ? 10 : telling.pace_tenths;
    const std::int64_t minutes = chance_.between(rule.after_least, rule.after_most) * pace / 10;
    const auto kind = rule.by == "reporter" ? std::string() : cast_.kind_of(choice->owner);
    const bool office =
        std::find(story_.office_posts.begin(), story_.office_posts.end(), kind) != story_.office_posts.end();
    const Instant at =
        stage_.clock.now() + std::chrono::minutes(minutes) + std::chrono::seconds(chance_.between(1, 59));
    line_.push({awake(at, office, telling.hurried), index});
}

void Run::follow_up(Telling& telling, const matter::MatterView& seen) {
    const auto children = stage_.county.database.read(
        [&](store::Transaction& tx) { return matter::load_children(tx, seen.id); });
    for (const matter::ChildFact& child : children) {
        const auto rules = story_.kinds.find(child.kind);
        const MatterId id(child.subject.id);
        if (rules == story_.kinds.end() || !followed_.insert(id).second) continue;
        Telling next;
        next.text = telling.text;
        next.plan = &plain_;
        next.channel = telling.channel;
        next.rules = &rules->second;
        next.part_rules = &story_.part_rules;
        next.id = id;
        tellings_.push_back(std::move(next));
        line_.push({stage_.clock.now() + look_again, tellings_.size() - 1});
    }
    const Plan& plan = *telling.plan;
    if (plan.again_most == 0 || telling.told_again || (seen.phase != "closed" && seen.phase != "ended"))
        return;
    telling.told_again = true;
    Telling next;
    next.text = telling.text;
    next.plan = telling.plan;
    next.channel = telling.channel;
    next.rules = telling.rules;
    next.part_rules = telling.part_rules;
    next.spot = telling.spot;
    next.subject = telling.subject;
    next.story = telling.story;
    next.done = telling.done;
    next.words = telling.words;
    next.scene = telling.scene;
    next.told_again = true;
    tellings_.push_back(std::move(next));
    const auto after = std::chrono::minutes(chance_.between(plan.again_least, plan.again_most));
    line_.push({awake(stage_.clock.now() + after, false, false), tellings_.size() - 1});
}

void Run::count() {
    for (Telling& telling : tellings_) {
        if (telling.rules != &story_.rules) continue;  // what followed from one is no telling of its own
        if (!telling.id || !see(telling)) continue;
        const auto& seen = telling.seen;
        ++report_.states[seen->state];
        const bool open = seen->phase == "open" || seen->phase == "open_explained";
        const bool unsolved = !seen->ratings.empty() && seen->ratings.back().solved == "no";
        if (open) ++report_.open;
        if (!open && seen->told_at && !unsolved) ++report_.solved;
        if (open && seen->due && *seen->due < end_) ++report_.overdue;
        const auto carded = [](const matter::ClockView& clock) {
            return clock.card == "yellow" || clock.card == "red";
        };
        if (std::any_of(seen->clocks.begin(), seen->clocks.end(), carded)) ++report_.cards;
    }
}

}  // namespace lianxin::demo
