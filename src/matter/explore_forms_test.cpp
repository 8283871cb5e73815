// Who could act, and with what form: one hand of every sort, one answer per outcome a form can have.
#include <utility>

#include "matter/explore_within_test.hpp"

namespace lianxin::matter::testing {
namespace {

Day day_after(Instant now, int days) {
    return Zone{}.day_of({now.micros + days * micros_per_day});
}

// What is later than another day is one day later than all others are; today is in time for whatever is not
// late yet.
int days_ahead(const FieldRule& field) {
    if (!field.in_time_of.empty()) return 0;
    const std::int64_t days = field.bound ? 8 : 7;
    return static_cast<int>(std::min(days, field.within_days.value_or(days)));
}

// What is enough of the other, where that says the least it may.
std::int64_t least_share(const std::vector<FieldRule>& fields, const FieldRule& field) {
    std::int64_t least = 0;
    if (field.bound)
        for (const auto& [subkind, share] : field.bound->shares)
            least = std::max(least, share.least(rule_at(fields, field.bound->field).min.value_or(1)));
    return least;
}

}  // namespace

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
            return lead == nullptr ? std::vector<Hand>{} : std::vector{post(lead->leader())};
        }
        case Relation::superior_of_owner: {
            const auto above = part == nullptr ? std::nullopt : Town::superior(part->owner);
            return above ? std::vector{post(*above)} : std::vector<Hand>{};
        }
        default:
            return {Hand{{who.relation}, {}, somebody(who.relation)}};
    }
}

// Another field must name somebody else than this one does.
bool Exploration::is_held_apart(const FieldRule& field) const {
    return std::any_of(flow_.fields.begin(), flow_.fields.end(), [&](const FieldRule& other) {
        return other.bound && other.bound->kind == BoundKind::apart_from &&
               rule_at(flow_.fields, other.bound->field).name == field.name;
    });
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
            return field.all ? ChecklistValue{{"a", "b"}, {}} : ChecklistValue{{"a"}, {}};
        case FieldType::criteria: {
            CriteriaValue criteria;
            for (const auto& item : rule_at(flow_.lists, *field.list).items)
                criteria.answers.push_back({item, field.criteria != CriteriaRule::none, "so"});
            return criteria;
        }
        case FieldType::posts:
        case FieldType::post: {
            const auto one = is_held_apart(field)                           ? leading
                             : part != nullptr && part->owner == first_unit ? second_unit
                                                                            : first_unit;
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
            return day_after(now, field.day == DayRule::past ? 0 : days_ahead(field));
        case FieldType::rating:
            return RatingValue{Solved::yes, 5, {}};
        case FieldType::choice:
            return ChoiceValue{field.choices.front()};
        case FieldType::number:
            return NumberValue{std::max(least, least_share(flow_.fields, field))};
        case FieldType::measure:
            return MeasureValue{std::max<std::int64_t>(least, 1), field.units.front()};
        case FieldType::money:
            return MoneyValue{std::max({least, least_share(flow_.fields, field), std::int64_t{1}})};
        case FieldType::yes_no:
            return true;
        case FieldType::table: {
            TableValue table;
            for (std::int64_t i = 0; i < std::max<std::int64_t>(least, 1); ++i) {
                TableValue::Row row(field.columns.size());
                row.front() = std::string(static_cast<std::size_t>(i + 1), 'x');
                if (field.columns.front().type != ColumnType::text) row.front() = std::int64_t{1};
                table.rows.push_back(row);
            }
            return table;
        }
    }
    return TextValue{"x"};
}

// Enough to have come up to whatever was promised.
FieldValue Exploration::enough(const FieldRule& field, const PartState* part, Instant now) const {
    auto value = answer(field, part, now);
    if (auto* money = std::get_if<MoneyValue>(&value)) money->fen = plenty;
    if (auto* number = std::get_if<NumberValue>(&value)) number->number = plenty;
    if (auto* measure = std::get_if<MeasureValue>(&value)) measure->scaled = plenty;
    return value;
}

// One answer per outcome the condition can have.
std::vector<FieldValue> Exploration::variants(const FieldRule& field, const Condition& condition,
                                              const PartState* part, Instant now) const {
    switch (condition.subject) {
        case ConditionSubject::rating_solved:
            return {RatingValue{Solved::yes, 5, {}}, RatingValue{Solved::partly, 3, {}},
                    RatingValue{Solved::no, 1, {}}, RatingValue{Solved::no, 4, {}}};
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
            if (field.type == FieldType::yes_no && !field.must_be_yes) return {true, false};
            return {answer(field, part, now)};
    }
}

// Whom a step stands apart from may be anybody who would own it there: nobody of them is named, or all fields
// name one each. Whoever is named more leaves no more to own it, and it is all one which field names whom.
std::vector<Form> Exploration::named_in_turn(const Form& plain, const std::vector<FieldIndex>& needs) const {
    std::vector<std::pair<Form, PostId>> named{{plain, PostId()}};
    for (const auto field : naming_) {
        if (!among(needs, field)) continue;
        for (const auto& [form, last] : std::exchange(named, {}))
            for (const auto post : names_) {
                if (post <= last) continue;
                named.emplace_back(form, post);
                named.back().first.set(field, PostsValue{{post}, {}});
            }
    }
    std::vector<Form> all{plain};
    for (const auto& [form, last] : named)
        if (last != PostId()) all.push_back(form);
    return all;
}

std::vector<Form> Exploration::forms(const std::vector<FieldIndex>& needs,
                                     const std::vector<FieldIndex>& accepts,
                                     const std::vector<const Condition*>& conditions, const PartState* part,
                                     Instant now, const std::vector<FieldIndex>& reaches) const {
    Form plain;
    for (const auto field : needs) plain.set(field, answer(rule_at(flow_.fields, field), part, now));
    for (const auto field : reaches) plain.set(field, enough(rule_at(flow_.fields, field), part, now));
    auto all = named_in_turn(plain, needs);
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
    for (const auto field : accepts) {
        if (!rule_at(flow_.fields, field).bound || among(reaches, field)) continue;
        Form filled = plain;
        filled.set(field, answer(rule_at(flow_.fields, field), part, now));
        all.push_back(filled);
    }
    return all;
}

}  // namespace lianxin::matter::testing
