#include "matter/form.hpp"

#include <algorithm>
#include <array>
#include <set>

#include "base/text.hpp"
#include "matter/figure.hpp"

namespace lianxin::matter {
namespace {

constexpr std::size_t longest_cell = 300;

bool contains(std::span<const FieldIndex> fields, FieldIndex field) {
    return std::find(fields.begin(), fields.end(), field) != fields.end();
}

bool contains(const std::vector<std::string>& items, const std::string& item) {
    return std::find(items.begin(), items.end(), item) != items.end();
}

const FormContext::LoadedList* loaded_list(const FormContext& context, FieldIndex field) {
    const auto found = std::find_if(context.loaded.begin(), context.loaded.end(),
                                    [&](const auto& list) { return list.field == field; });
    return found == context.loaded.end() ? nullptr : &*found;
}

// Nothing can be named of a list on which nothing stands.
bool asks_for_nothing(const FormContext& context, FieldIndex field) {
    const auto* list = loaded_list(context, field);
    return rule_at(context.fields, field).all && list != nullptr && list->items.empty();
}

// What is there counts as not there when it says nothing.
bool says_nothing(const FieldValue& value) {
    if (const auto* text = std::get_if<TextValue>(&value)) return trim(text->text).empty();
    if (const auto* files = std::get_if<AttachmentsValue>(&value)) return files->files.empty();
    if (const auto* list = std::get_if<ChecklistValue>(&value))
        return list->items.empty() && list->others.empty();
    if (const auto* posts = std::get_if<PostsValue>(&value)) return posts->posts.empty();
    if (const auto* parties = std::get_if<PartiesValue>(&value)) return parties->parties.empty();
    if (const auto* choice = std::get_if<ChoiceValue>(&value)) return choice->choice.empty();
    if (const auto* table = std::get_if<TableValue>(&value)) return table->rows.empty();
    return false;
}

// One field against its rule; every fault is added.
class FieldCheck {
 public:
    FieldCheck(const FormContext& context, FieldIndex field, bool waived, std::vector<FormFault>& faults)
        : context_(context),
          field_(field),
          rule_(rule_at(context.fields, field)),
          waived_(waived),
          faults_(faults) {}

    void check(const FieldValue& value) const {
        switch (rule_.type) {
            case FieldType::text:
                return as<TextValue>(value);
            case FieldType::attachments:
                return as<AttachmentsValue>(value);
            case FieldType::checklist:
                return as<ChecklistValue>(value);
            case FieldType::criteria:
                return as<CriteriaValue>(value);
            case FieldType::posts:
            case FieldType::post:
                return as<PostsValue>(value);
            case FieldType::parties:
            case FieldType::party:
                return as<PartiesValue>(value);
            case FieldType::day:
                return as<Day>(value);
            case FieldType::rating:
                return as<RatingValue>(value);
            case FieldType::choice:
                return as<ChoiceValue>(value);
            case FieldType::number:
                return as<NumberValue>(value);
            case FieldType::measure:
                return as<MeasureValue>(value);
            case FieldType::money:
                return as<MoneyValue>(value);
            case FieldType::table:
                return as<TableValue>(value);
            case FieldType::yes_no:
                return as<bool>(value);
        }
    }

 private:
    void fault(FormRule rule, std::optional<std::int64_t> limit = {}, std::string item = {}) const {
        faults_.push_back({field_, rule, limit, std::move(item), {}});
    }

    template <class Value>
    void as(const FieldValue& value) const {
        if (const auto* typed = std::get_if<Value>(&value))
            look(*typed);
        else
            fault(FormRule::wrong_type);
    }

    void within(std::int64_t measured, FormRule below, FormRule above) const {
        if (rule_.min && measured < *rule_.min && !waived_) fault(below, *rule_.min);
        if (rule_.max && measured > *rule_.max) fault(above, *rule_.max);
    }
    void count(std::size_t number) const {
        within(static_cast<std::int64_t>(number), FormRule::too_few, FormRule::too_many);
    }

    void look(const TextValue& value) const {
        within(static_cast<std::int64_t>(code_points(trim(value.text))), FormRule::too_short,
               FormRule::too_long);
    }

    void look(const AttachmentsValue& value) const {
        count(value.files.size());
        std::set<std::int64_t> seen;
        for (const auto& file : value.files) {
            if (rule_.files == FileKind::photo && file.kind != FileKind::photo)
                fault(FormRule::not_a_photo, {}, std::to_string(file.upload));
            if (!seen.insert(file.upload).second)
                fault(FormRule::listed_twice, {}, std::to_string(file.upload));
        }
    }

    void look(const ChecklistValue& value) const {
        count(value.items.size() + value.others.size());
        const auto* list = loaded_list(context_, field_);
        std::set<std::string> seen;
        for (const auto& item : value.items) {
            if (list == nullptr || !contains(list->items, item)) fault(FormRule::not_on_the_list, {}, item);
            if (!seen.insert(item).second) fault(FormRule::listed_twice, {}, item);
        }
        for (const auto& other : value.others) {
            if (trim(other).empty()) fault(FormRule::required);
            if (list != nullptr && list->only) fault(FormRule::not_on_the_list, {}, other);
        }
        if (list == nullptr || !rule_.all) return;
        for (const auto& item : list->items)
            if (!seen.contains(item)) fault(FormRule::item_missing, {}, item);
    }

    void look(const CriteriaValue& value) const {
        if (!rule_.list) return;
        const auto& items = rule_at(context_.lists, *rule_.list).items;
        std::set<std::string> seen;
        for (const auto& answer : value.answers) {
            if (!contains(items, answer.item)) fault(FormRule::not_on_the_list, {}, answer.item);
            if (!seen.insert(answer.item).second) fault(FormRule::listed_twice, {}, answer.item);
            if (rule_.criteria == CriteriaRule::all && !answer.met)
                fault(FormRule::criterion_not_met, {}, answer.item);
            if (rule_.criteria == CriteriaRule::none && answer.met)
                fault(FormRule::criterion_met, {}, answer.item);
            if (rule_.reason_each && trim(answer.reason).empty())
                fault(FormRule::reason_missing, {}, answer.item);
        }
        for (const auto& item : items)
            if (!seen.contains(item)) fault(FormRule::criterion_unanswered, {}, item);
    }

    void look(const PostsValue& value) const {
        const bool one = rule_.type == FieldType::post;
        if (one && value.posts.size() > 1) fault(FormRule::too_many, 1);
        if (!one) count(value.posts.size());
        std::set<PostId> seen;
        for (const auto post : value.posts)
            if (!seen.insert(post).second) fault(FormRule::listed_twice, {}, post.text());
        if (rule_.lead && !value.lead) fault(FormRule::lead_missing);
        if (value.lead && !seen.contains(*value.lead))
            fault(FormRule::lead_not_among_posts, {}, value.lead->text());
    }

    void look(const PartiesValue& value) const {
        if (rule_.type == FieldType::party && value.parties.size() > 1) fault(FormRule::too_many, 1);
        if (rule_.type == FieldType::parties) count(value.parties.size());
        std::set<PartyId> seen;
        for (const auto party : value.parties)
            if (!seen.insert(party).second) fault(FormRule::listed_twice, {}, party.text());
    }

    void look(const Day& day) const {
        if (rule_.day == DayRule::future && day <= context_.today) fault(FormRule::day_not_in_future);
        if (rule_.day == DayRule::past && day > context_.today) fault(FormRule::day_not_in_past);
        if (rule_.day == DayRule::not_past && day < context_.today) fault(FormRule::day_in_past);
        const auto distance = day > context_.today ? day - context_.today : context_.today - day;
        if (rule_.within_days && distance > *rule_.within_days)
            fault(FormRule::day_too_far, *rule_.within_days);
    }

    void look(const RatingValue& value) const {
        if (value.grade && (*value.grade < 1 || *value.grade > 5)) fault(FormRule::grade_out_of_range);
        if (rule_.max && static_cast<std::int64_t>(code_points(value.why)) > *rule_.max)
            fault(FormRule::too_long, *rule_.max);
    }

    void look(const ChoiceValue& value) const {
        if (!contains(rule_.choices, value.choice)) fault(FormRule::not_on_the_list, {}, value.choice);
    }

    void look(const NumberValue& value) const {
        within(value.number, FormRule::too_small, FormRule::too_large);
    }
    void look(const MoneyValue& value) const { within(value.fen, FormRule::too_small, FormRule::too_large); }
    void look(const MeasureValue& value) const {
        if (!contains(rule_.units, value.unit)) return fault(FormRule::wrong_unit, {}, value.unit);
        within(value.scaled, FormRule::too_small, FormRule::too_large);
    }
    // The first column says what a row is about; the others may stay empty.
    void look(const TableValue& value) const {
        count(value.rows.size());
        for (std::size_t row = 0; row < value.rows.size(); ++row) {
            if (value.rows[row].size() != rule_.columns.size()) return fault(FormRule::wrong_type);
            for (std::size_t at = 0; at < rule_.columns.size(); ++at) look_at(value.rows[row], row, at);
        }
        if (rule_.distinct) look_at_names(value);
        const auto sum = rule_.sum_at_most ? figure_of(rule_, value) : std::nullopt;
        if (sum && *sum > *rule_.sum_at_most) fault(FormRule::sum_too_large, *rule_.sum_at_most);
    }
    // What is named twice is not two.
    void look_at_names(const TableValue& value) const {
        std::set<std::string> seen;
        for (const auto& name : names_of(value))
            if (!name.empty() && !seen.insert(name).second) fault(FormRule::listed_twice, {}, name);
    }
    void look_at(const TableValue::Row& row, std::size_t number, std::size_t at) const {
        const auto& cell = row[at];
        const auto& column = rule_.columns[at];
        const auto where = std::to_string(number + 1) + "." + column.name;
        const auto* text = std::get_if<std::string>(&cell);
        const bool empty =
            std::holds_alternative<std::monostate>(cell) || (text != nullptr && trim(*text).empty());
        if (empty) {
            if (at == 0) fault(FormRule::cell_missing, {}, where);
            return;
        }
        if (text != nullptr && code_points(*text) > longest_cell)
            fault(FormRule::cell_too_long, static_cast<std::int64_t>(longest_cell), where);
        const auto* amount = std::get_if<std::int64_t>(&cell);
        if (amount != nullptr && *amount < 0) fault(FormRule::cell_too_small, 0, where);
    }
    void look(const bool& yes) const {
        if (rule_.must_be_yes && !yes && !waived_) fault(FormRule::must_be_yes);
    }

    const FormContext& context_;
    FieldIndex field_;
    const FieldRule& rule_;
    bool waived_;
    std::vector<FormFault>& faults_;
};

}  // namespace

void Form::set(FieldIndex field, FieldValue value) {
    const auto at =
        std::lower_bound(entries_.begin(), entries_.end(), field,
                         [](const Entry& entry, FieldIndex wanted) { return entry.field < wanted; });
    if (at != entries_.end() && at->field == field)
        at->value = std::move(value);
    else
        entries_.insert(at, Entry{field, std::move(value)});
}

const FieldValue* Form::find(FieldIndex field) const {
    for (const auto& entry : entries_)
        if (entry.field == field) return &entry.value;
    return nullptr;
}

// In the order of the rules, each called as the API calls it.
constexpr std::array form_rule_names = {"required",
                                        "not_asked_for",
                                        "wrong_type",
                                        "too_short",
                                        "too_long",
                                        "too_few",
                                        "too_many",
                                        "not_a_photo",
                                        "not_on_the_list",
                                        "item_missing",
                                        "listed_twice",
                                        "criterion_unanswered",
                                        "criterion_not_met",
                                        "criterion_met",
                                        "reason_missing",
                                        "lead_missing",
                                        "lead_not_among_posts",
                                        "day_not_in_future",
                                        "day_not_in_past",
                                        "day_in_past",
                                        "day_too_far",
                                        "grade_out_of_range",
                                        "too_small",
                                        "too_large",
                                        "wrong_unit",
                                        "cell_missing",
                                        "cell_too_small",
                                        "cell_too_long",
                                        "sum_too_large",
                                        "above_other",
                                        "below_other",
                                        "not_after_other",
                                        "not_before_other",
                                        "not_unit_of_other",
                                        "not_one_of_other",
                                        "same_hands_as_other",
                                        "day_past_deadline",
                                        "short_of_other",
                                        "below_share",
                                        "above_share",
                                        "must_be_yes"};
static_assert(form_rule_names.size() == static_cast<std::size_t>(FormRule::must_be_yes) + 1);

const char* name_of(FormRule rule) {
    return form_rule_names.at(static_cast<std::size_t>(rule));
}

std::vector<FormFault> check_form(const FormContext& context, const Form& form,
                                  std::span<const FieldIndex> needs, std::span<const FieldIndex> accepts,
                                  std::span<const FieldIndex> waived) {
    std::vector<FormFault> faults;
    for (const auto field : needs) {
        const auto* value = form.find(field);
        if ((value == nullptr || says_nothing(*value)) && !contains(waived, field) &&
            !asks_for_nothing(context, field))
            faults.push_back({field, FormRule::required, {}, {}, {}});
    }
    for (const auto& [field, value] : form.entries()) {
        if (!contains(needs, field) && !contains(accepts, field)) {
            faults.push_back({field, FormRule::not_asked_for, {}, {}, {}});
        } else if (!says_nothing(value)) {
            FieldCheck(context, field, contains(waived, field), faults).check(value);
        }
    }
    check_bounds(context, form, faults);
    std::stable_sort(faults.begin(), faults.end(),
                     [](const FormFault& a, const FormFault& b) { return a.field < b.field; });
    return faults;
}

}  // namespace lianxin::matter
