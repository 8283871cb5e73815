// matter/form.hpp — what was filled in, and everything that is wrong with it at once. Values are typed
// already (the API turns JSON into them); what is checked here is what the workflow's fields say: bounds,
// lists, reasons, days.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "access/access.hpp"
#include "base/time.hpp"
#include "matter/field.hpp"
#include "matter/index.hpp"

namespace lianxin::matter {

struct TextValue {
    std::string text;
    bool operator==(const TextValue&) const = default;
};
struct AttachmentsValue {
    struct File {
        std::int64_t upload = 0;
        FileKind kind = FileKind::any;
        bool operator==(const File&) const = default;
    };
    std::vector<File> files;
    bool operator==(const AttachmentsValue&) const = default;
};
struct ChecklistValue {
    std::vector<std::string> items;   // keys of the list
    std::vector<std::string> others;  // in words: what the list does not know
    bool operator==(const ChecklistValue&) const = default;
};
struct CriteriaValue {
    struct Answer {
        std::string item;
        bool met = false;
        std::string reason;
        bool operator==(const Answer&) const = default;
    };
    std::vector<Answer> answers;
    bool operator==(const CriteriaValue&) const = default;
};
struct PostsValue {
    std::vector<PostId> posts;
    std::optional<PostId> lead;
    bool operator==(const PostsValue&) const = default;
};
struct PartiesValue {
    std::vector<PartyId> parties;
    bool operator==(const PartiesValue&) const = default;
};
enum class Solved { yes, partly, no };
struct RatingValue {
    Solved solved = Solved::yes;
    std::optional<int> grade;  // 1 … 5
    std::string why;
    bool operator==(const RatingValue&) const = default;
};
struct ChoiceValue {
    std::string choice;
    bool operator==(const ChoiceValue&) const = default;
};
struct NumberValue {
    std::int64_t number = 0;
    bool operator==(const NumberValue&) const = default;
};
struct MeasureValue {
    std::int64_t scaled = 0;  // by 1000
    std::string unit;
    bool operator==(const MeasureValue&) const = default;
};
struct MoneyValue {
    std::int64_t fen = 0;
    bool operator==(const MoneyValue&) const = default;
};
// Cells stand in the order of the field's columns; an empty one says nothing.
struct TableValue {
    using Cell = std::variant<std::monostate, std::string, std::int64_t, Day>;
    using Row = std::vector<Cell>;
    std::vector<Row> rows;
    bool operator==(const TableValue&) const = default;
};
// post: PostsValue of one; party: PartiesValue of one.
using FieldValue =
    std::variant<TextValue, AttachmentsValue, ChecklistValue, CriteriaValue, PostsValue, PartiesValue, Day,
                 RatingValue, ChoiceValue, NumberValue, MeasureValue, MoneyValue, TableValue, bool>;

class Form {
 public:
    void set(FieldIndex field, FieldValue value);
    [[nodiscard]] const FieldValue* find(FieldIndex field) const;
    template <class Value>
    [[nodiscard]] const Value* find_as(FieldIndex field) const {
        const auto* value = find(field);
        return value == nullptr ? nullptr : std::get_if<Value>(value);
    }
    struct Entry {
        FieldIndex field;
        FieldValue value;
        bool operator==(const Entry&) const = default;
    };
    [[nodiscard]] const std::vector<Entry>& entries() const { return entries_; }  // by field
    [[nodiscard]] bool empty() const { return entries_.empty(); }
    bool operator==(const Form&) const = default;

 private:
    std::vector<Entry> entries_;
};

enum class FormRule {
    required,       // needed and not there (an empty text counts as not there)
    not_asked_for,  // the action does not take this field
    wrong_type,
    too_short,  // limit: code points
    too_long,
    too_few,  // limit: count
    too_many,
    not_a_photo,
    not_on_the_list,  // item: the key
    item_missing,     // item: the key; a checklist that must be complete is not
    listed_twice,
    criterion_unanswered,  // item: the criterion
    criterion_not_met,
    criterion_met,
    reason_missing,
    lead_missing,
    lead_not_among_posts,
    day_not_in_future,
    day_not_in_past,
    day_in_past,
    day_too_far,  // limit: days
    grade_out_of_range,
    too_small,  // limit: the least
    too_large,
    wrong_unit,
    cell_missing,  // item: row and column, "2.amount"
    cell_too_small,
    cell_too_long,
    sum_too_large,        // a table's column of figures together; limit: the most
    above_other,          // more than another field says; limit: how much that is
    below_other,          // less than what another field says already; limit: how much that is
    not_after_other,      // limit: the day of the other
    not_before_other,     // a day that another one is later than already; limit: that day
    not_unit_of_other,    // item: the unit of the other
    not_one_of_other,     // item: what the rows of the other begin with
    same_hands_as_other,  // the other names the same post, or one that the same person holds
    day_past_deadline,    // later than a clock it is to be in time for; limit: that clock's last day
    short_of_other,       // less than what it must have come up to by now; limit: how much that is
    below_share,          // too small a part of the other; limit: the least that would do
    above_share,          // the other would be too small a part of it; limit: how much that is
    must_be_yes,
};
[[nodiscard]] const char* name_of(FormRule rule);  // stable, the API's code

struct FormFault {
    FieldIndex field;
    FormRule rule = FormRule::required;
    std::optional<std::int64_t> limit;
    std::string item;
    std::optional<FieldIndex> other = {};  // the field it is held against
    bool operator==(const FormFault&) const = default;
};

// What earlier forms of the matter said in a field that is held against another, or another against it.
struct Figure {
    FieldIndex field;
    std::int64_t last = 0;
    std::int64_t together = 0;
    std::vector<std::string> names = {};  // the unit, or what the rows begin with
    std::vector<PostId> posts = {};
    std::vector<PartyId> people = {};
    bool operator==(const Figure&) const = default;
};

// Somebody who holds a post that is named, where it must be in other hands than another.
struct PostHolder {
    PostId post;
    PartyId person;
};

// What the rules are measured against.
struct FormContext {
    const std::vector<FieldRule>& fields;
    const std::vector<CriteriaList>& lists;
    // Keys of a checklist that was loaded with the matter; a checklist without one takes items in words only.
    struct LoadedList {
        FieldIndex field;
        std::vector<std::string> items;
        bool only = false;  // it is all there is to ask for: nothing in words beside it
    };
    std::span<const LoadedList> loaded;
    Day today;
    std::span<const Figure> figures = {};
    std::span<const PostHolder> holders = {};
    std::span<const FieldIndex> reaches = {};  // what must have come up to what it is held against
    std::string_view subkind = {};             // of the matter
};

// Every fault, by field. `waived` are needed fields whose minimum does not hold for this matter (their
// `unless`).
[[nodiscard]] std::vector<FormFault> check_form(const FormContext& context, const Form& form,
                                                std::span<const FieldIndex> needs,
                                                std::span<const FieldIndex> accepts,
                                                std::span<const FieldIndex> waived);

}  // namespace lianxin::matter
