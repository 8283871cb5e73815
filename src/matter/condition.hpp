// matter/condition.hpp — what may stand behind `when` and `unless`: one subject, at most one comparison. It
// is a closed small grammar, not an expression language, since what cannot be enumerated cannot be proved.
//   when    := ["not "] NAME | NAME OP VALUE          OP := = != < <= > >=
//   NAME    := red | yellow | anonymous | told_twice | binding | FIELD | subkind | category.FLAG
//            | ballot.passed | ballot.failed | ballot.no_quorum | parts.STATE | FIELD.solved | FIELD.grade
// subkind and a choice are compared with a name (= !=), FIELD.solved with yes, partly or no, FIELD.grade and
// a number with a whole number; everything else holds or does not.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "matter/index.hpp"

namespace lianxin::matter {

enum class ConditionSubject {
    always,
    card_is_yellow,
    card_is_red,
    anonymous,
    told_twice,     // the form asks for something that an earlier return could have named
    binding,        // the part was assigned bindingly
    rating_solved,  // compared with yes, no, partly
    rating_grade,   // compared with 1 … 5
    subkind,        // compared with a name
    category_flag,  // text: the flag's name
    ballot_passed,
    ballot_failed,
    ballot_no_quorum,
    part_ended_as,  // some part ended in the state named by text
    field_filled,   // a field of this form is there (a yes-or-no field: is yes)
    field_number,   // number, money, measure or day's distance compared with a number
    field_choice,   // a choice compared with a name
};

enum class Comparison { is, is_not, less, at_most, more, at_least };

struct Condition {
    ConditionSubject subject = ConditionSubject::always;
    Comparison comparison = Comparison::is;
    FieldIndex field;
    std::string text;  // a name: flag, subkind, choice, part's end state; yes/no/partly
    std::int64_t number = 0;
    Mark at;
};

// The text as a condition, or nothing when it is not of the grammar. A field is named and left to the reader
// to resolve: whether a value is a choice or a number follows from the field's type.
struct ParsedCondition {
    Condition condition;
    std::optional<std::string> field;  // set: `condition.field` is still to be resolved from this name
};
[[nodiscard]] std::optional<ParsedCondition> parse_condition(std::string_view text);
[[nodiscard]] std::string condition_text(const Condition& condition, std::string_view field_name);

}  // namespace lianxin::matter
