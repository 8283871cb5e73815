#include <algorithm>
#include <charconv>
#include <map>

#include "matter/figure.hpp"
#include "matter/period_words.hpp"
#include "matter/workflow_pack_reading.hpp"

namespace lianxin::matter {
namespace {

constexpr std::int64_t longest_text = 5'000;
constexpr std::int64_t most_files = 9;
constexpr std::int64_t most_items = 50;
constexpr std::int64_t most_named = 50;
constexpr std::int64_t most_times = 999;

bool starts_with(std::string_view text, std::string_view prefix) {
    return text.substr(0, prefix.size()) == prefix;
}

}  // namespace

std::string WorkflowReading::law_named(pack::Reader& reader, std::string_view key) {
    const auto name = reader.text_or(key, "");
    return starts_with(name, "law.") ? name.substr(4) : name;
}

std::optional<calendar::Period> WorkflowReading::period_if(pack::Reader& reader, std::string_view key) {
    if (!reader.has(key)) return {};
    return period(reader, key);
}

calendar::Period WorkflowReading::period(pack::Reader& reader, std::string_view key) {
    const auto word = reader.text(key);
    auto parsed = parse_period(word);
    if (!parsed && reader.has(key))
        wrong(reader.at(key), "bad_period", "\"" + word + "\" is no period",
              "write a number and working days, days, hours or minutes: \"10 working days\"");
    if (parsed && parsed->amount == 0)
        wrong(reader.at(key), "bad_period", "\"" + word + "\" leaves nobody any time", "write at least 1");
    return parsed.value_or(calendar::Period{1, calendar::Unit::working_day});
}

void WorkflowReading::read_field(pack::Reader field, FieldRule& rule) {
    rule.at = mark_of(field.at());
    rule.type = field.choice<FieldType>("type", {{"text", FieldType::text},
                                                 {"attachments", FieldType::attachments},
                                                 {"checklist", FieldType::checklist},
                                                 {"criteria", FieldType::criteria},
                                                 {"posts", FieldType::posts},
                                                 {"post", FieldType::post},
                                                 {"parties", FieldType::parties},
                                                 {"party", FieldType::party},
                                                 {"day", FieldType::day},
                                                 {"rating", FieldType::rating},
                                                 {"choice", FieldType::choice},
                                                 {"number", FieldType::number},
                                                 {"measure", FieldType::measure},
                                                 {"money", FieldType::money},
                                                 {"table", FieldType::table},
                                                 {"bool", FieldType::yes_no}});
    rule.min = field.integer_if("min");
    rule.max = field.integer_if("max");
    if (rule.min && rule.max && *rule.min > *rule.max)
        wrong(field.at("max"), "bounds_cross", "min is greater than max", "let min be at most max");
    rule.told = field.flag("told");
    rule.personal = field.flag("personal");
    rule.must_be_yes = field.flag("must_be_yes");
    if (rule.must_be_yes && rule.type != FieldType::yes_no)
        wrong(field.at("must_be_yes"), "is_no_yes_or_no", "\"" + rule.name + "\" takes no yes or no",
              "make it a field of type bool, or leave must_be_yes out");
    read_bound(field, rule);
    for (const auto& word : field.placed_texts("unless"))
        if (const auto one = condition(word)) rule.unless.push_back(*one);
    read_field_by_type(field, rule);
}

void WorkflowReading::read_posts(pack::Reader& field, FieldRule& rule) {
    rule.post_kind = field.text_or("kind", "");
    rule.lead = field.integer_or("lead", 0, 0, 1) == 1;
    // As it was written before there was more than one answer: a county keeps what its matters run under.
    const bool beneath = field.has("beneath") && field.flag("beneath");
    if (beneath || field.has("reach")) reach_is_said_.push_back(rule.name);
    rule.reach = field.choice<Reach>(
        "reach", {{"any", Reach::any}, {"beside", Reach::beside}, {"beneath", Reach::beneath}},
        beneath ? Reach::beneath : Reach::any);
    if (rule.type == FieldType::posts && !rule.max) rule.max = most_named;
    rule.right = field.text_or("right", "");
}

// "in_time_of": the clocks that a day must be in time for. On their last day there must be a day to name.
void WorkflowReading::read_in_time(pack::Reader& field, FieldRule& rule) {
    rule.in_time_of = clocks(field, "in_time_of");
    if (!rule.in_time_of.empty() && rule.day == DayRule::future)
        wrong(field.at("in_time_of"), "no_day_in_time",
              "on the last day of what it is to be in time for no later day is left",
              "write day = \"not_past\"");
}

// "resident@group": who lives at the matter's place of that level.
void WorkflowReading::read_parties(pack::Reader& field, FieldRule& rule) {
    if (rule.type == FieldType::parties && !rule.max) rule.max = most_named;
    if (!field.has("who")) return;
    constexpr std::string_view resident = "resident@";
    const auto word = placed(field, "who");
    if (!starts_with(word.text, resident) || word.text.size() == resident.size())
        return wrong(word.at, "bad_party", "\"" + word.text + "\" is nobody who could be chosen here",
                     "write who = \"resident@LEVEL\"");
    rule.lives_at = word.text.substr(resident.size());
    rule.lives_at_at = mark_of(word.at);
}

void WorkflowReading::read_field_by_type(pack::Reader& field, FieldRule& rule) {
    switch (rule.type) {
        case FieldType::text:
            if (!rule.max) rule.max = longest_text;
            break;
        case FieldType::attachments:
            rule.files = field.choice<FileKind>("of", {{"photo", FileKind::photo}, {"file", FileKind::any}},
                                                FileKind::any);
            if (!rule.max) rule.max = most_files;
            break;
        case FieldType::checklist:
            read_checklist(field, rule);
            if (!rule.max) rule.max = most_items;
            break;
        case FieldType::criteria:
            read_criteria(field, rule);
            break;
        case FieldType::posts:
        case FieldType::post:
            read_posts(field, rule);
            break;
        case FieldType::parties:
        case FieldType::party:
            read_parties(field, rule);
            break;
        case FieldType::day: {
            rule.day = field.choice<DayRule>("day",
                                             {{"any", DayRule::any},
                                              {"future", DayRule::future},
                                              {"past", DayRule::past},
                                              {"not_past", DayRule::not_past}},
                                             DayRule::any);
            read_in_time(field, rule);
            if (!field.has("within")) break;
            rule.within_days = days_within(field.text("within"));
            if (rule.within_days.value_or(0) == 0)
                wrong(field.at("within"), "bad_distance", "this is no distance",
                      "write \"90 days\", \"6 months\" or \"1 year\"");
            break;
        }
        case FieldType::choice:
            rule.choices = field.texts("of");
            if (rule.choices.empty())
                wrong(field.at("of"), "no_choices", "a choice needs something to choose from",
                      "list the choices: of = [\"…\", \"…\"]");
            break;
        case FieldType::measure:
            read_units(field, rule);
            break;
        case FieldType::table:
            read_columns(field, rule);
            break;
        case FieldType::rating:
        case FieldType::number:
        case FieldType::money:
        case FieldType::yes_no:
            break;
    }
}

void WorkflowReading::read_criteria(pack::Reader& field, FieldRule& rule) {
    const auto word = placed(field, "of");
    const auto name = starts_with(word.text, "criteria.") ? word.text.substr(9) : word.text;
    rule.list = find_by_name<ListTag>(flow_.lists, name);
    std::vector<std::string> known;
    for (const auto& list : flow_.lists) known.push_back(list.name);
    if (!rule.list) unknown({name, word.at}, "list", known);
    if (rule.list && rule_at(flow_.lists, *rule.list).items.empty())
        wrong(word.at, "list_is_empty", "nothing stands on list \"" + name + "\"",
              "name its criteria, or take the field away");
    const bool all = field.flag("all");
    const bool none = field.flag("none");
    if (all && none)
        wrong(field.at("none"), "all_and_none", "criteria cannot all be met and none be met",
              "keep all or none");
    rule.criteria = all ? CriteriaRule::all : none ? CriteriaRule::none : CriteriaRule::answered;
    rule.reason_each = field.flag("reason_each");
}

void WorkflowReading::read_checklist(pack::Reader& field, FieldRule& rule) {
    rule.list_source = field.text_or("of", "");
    rule.once = field.flag("once");
    rule.all = field.flag("all");
    rule.but_last = field.flag("but_last");
    if (!rule.list_source.empty() && rule.list_source != "service_item.materials" &&
        rule.list_source != "service_item.steps")
        unknown({rule.list_source, field.at("of")}, "list", {"service_item.materials", "service_item.steps"});
}

void WorkflowReading::read_units(pack::Reader& field, FieldRule& rule) {
    rule.measure_kind = field.text_or("kind", rule.name);
    rule.units = field.texts("units");
    if (rule.units.empty())
        wrong(field.at("units"), "no_units", "a quantity has a unit",
              "list the units it may have: units = [\"m\", \"mu\"]");
}

void WorkflowReading::read_columns(pack::Reader& field, FieldRule& rule) {
    static const std::map<std::string, ColumnType, std::less<>> types = {{"text", ColumnType::text},
                                                                         {"number", ColumnType::number},
                                                                         {"money", ColumnType::money},
                                                                         {"day", ColumnType::day}};
    if (!rule.max) rule.max = most_items;
    rule.sum_at_most = field.integer_if("sum_at_most");
    rule.distinct = field.flag("distinct");
    if (auto columns = field.table_if("columns"))
        for (const auto& name : columns->keys()) {
            const auto type = types.find(columns->text(name));
            if (type == types.end())
                wrong(columns->at(name), "unknown_column", "a column holds text, number, money or day",
                      "write one of these words");
            else
                rule.columns.push_back({name, type->second});
        }
    if (rule.sum_at_most && !figure_sort(rule))
        wrong(field.at("sum_at_most"), "sum_of_nothing",
              "no column of the table, or more than one, could be summed",
              "give it one column of money, or one of numbers");
    if (rule.columns.empty())
        wrong(field.at("columns"), "no_columns", "a table has columns",
              "name them: columns = { what = \"text\", on = \"day\" }");
}

void WorkflowReading::read_clock(pack::Reader clock, ClockRule& rule) {
    rule.at = mark_of(clock.at());
    read_clock_limit(clock, rule);
    const auto starts = clock.text_or("starts", "state");
    if (starts == "state")
        rule.start = ClockStart::state;
    else if (starts == "receipt")
        rule.start = ClockStart::receipt;
    else if (starts == "opening" || starts == "dispatch")
        rule.start = ClockStart::opening;
    else if (starts_with(starts, "action:")) {
        rule.start = ClockStart::action;
        rule.started_by = starts.substr(7);
        (void)action({rule.started_by, clock.at("starts")}, rule.machine);
    } else {
        wrong(clock.at("starts"), "bad_start", "\"" + starts + "\" starts no clock",
              "write receipt, opening or action:NAME, or leave it out");
    }
    for (const auto& word : clock.placed_texts("stops"))
        if (action(word, rule.machine)) rule.stopped_by.push_back(word.text);
    for (const auto& word : clock.placed_texts("met_by"))
        if (action(word, rule.machine)) rule.met_by.push_back(word.text);
    rule.due = clock.text("due");
    if (!rule.due.empty()) (void)action({rule.due, clock.at("due")}, rule.machine);
    rule.again = period_if(clock, "again");
    rule.extensions = clock.integer_or("extensions", 0, 0, 9);
    rule.extend_by = period_if(clock, "extend_by");
    if ((rule.extensions > 0) != rule.extend_by.has_value())
        wrong(clock.at(), "extension_half_said", "extensions and extend_by belong together",
              "give both or neither");
    if (rule.limit == ClockLimit::item && rule.start != ClockStart::receipt)
        wrong(clock.at("limit"), "promise_runs_from_receipt", "a promised time runs from the receipt",
              "write starts = \"receipt\"");
    read_within(clock, rule);
    read_schedule(clock, rule);
    rule.law = law_named(clock, "law");
    rule.extend_law = law_named(clock, "extend_law");
}

void WorkflowReading::read_schedule(pack::Reader& clock, ClockRule& rule) {
    const bool schedule = rule.limit == ClockLimit::schedule;
    if (clock.has("until")) read_until(clock, rule.every);
    if (!schedule && clock.has("until"))
        wrong(clock.at("until"), "until_without_schedule", "only what comes again and again has an end",
              "take until away, or write limit = \"every …\"");
    if (schedule && (rule.again || rule.extensions > 0))
        wrong(clock.at(), "schedule_is_no_limit", "a schedule comes again by itself and is not extended",
              "take again, extensions and extend_by away");
    if (schedule == rule.met_by.empty())
        wrong(clock.at(), "schedule_half_said",
              "a schedule, and only that, is met by an action in every stretch",
              "give both limit = \"every 3 months\" and met_by = [\"ACTION\"], or neither");
}

// "8 times", or the last day on which it may come.
void WorkflowReading::read_until(pack::Reader& clock, calendar::Recurrence& every) {
    const auto* value = clock.value("until");
    if (const auto* day = std::get_if<Day>(&value->data)) {
        every.until = *day;
        return;
    }
    const auto* word = std::get_if<std::string>(&value->data);
    std::int64_t times = 0;
    const auto [rest, error] = word == nullptr
                                   ? std::from_chars_result{nullptr, std::errc::invalid_argument}
                                   : std::from_chars(word->data(), word->data() + word->size(), times);
    const bool counted = error == std::errc{} && times >= 1 && times <= most_times;
    if (counted && std::string_view(rest) == (times == 1 ? " time" : " times"))
        every.times = times;
    else
        wrong(clock.at("until"), "bad_until", "this is no end of a schedule",
              "write how often it comes (\"8 times\") or its last day (2027-12-31)");
}

void WorkflowReading::read_clock_limit(pack::Reader& clock, ClockRule& rule) {
    const auto word = clock.text("limit");
    if (word == "table") {
        rule.limit = ClockLimit::table;
    } else if (word == "service_item.deadline") {
        rule.limit = ClockLimit::item;
    } else if (starts_with(word, "field:")) {
        rule.limit = ClockLimit::field;
        if (const auto index = field({word.substr(6), clock.at("limit")})) {
            rule.field = *index;
            if (rule_at(flow_.fields, *index).type != FieldType::day)
                wrong(clock.at("limit"), "limit_is_no_day", "a clock runs until a day",
                      "name a field of type day");
        }
    } else if (starts_with(word, "notice:")) {
        rule.limit = ClockLimit::notice;
        if (const auto index = notice({word.substr(7), clock.at("limit")})) rule.notice = *index;
    } else if (starts_with(word, "every ")) {
        rule.limit = ClockLimit::schedule;
        const auto every = calendar::Recurrence::parse(word.substr(6));
        if (!every)
            wrong(clock.at("limit"), "bad_schedule", "\"" + word + "\" is no schedule",
                  "write a number and days, weeks, months or years: \"every 3 months\"");
        rule.every = every.value_or(calendar::Recurrence{});
    } else {
        rule.period = period(clock, "limit");
    }
}

}  // namespace lianxin::matter
