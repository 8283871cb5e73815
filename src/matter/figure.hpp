// matter/figure.hpp — fields held against each other: no more votes than people present, no later meeting
// that was before, no progress in another unit than was promised, no milestone that nobody planned. A table
// counts by the sum of its column of figures, and is named by the first column of its rows. What the other
// field says is taken from the same form, else from the last one that said it; what was said before is loaded
// with the matter.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "matter/form.hpp"

namespace lianxin::matter {

enum class FigureSort { number, money, day };
// Nothing: its values are no figures. Of a table the one column of money, else the one of numbers.
[[nodiscard]] std::optional<FigureSort> figure_sort(const FieldRule& rule);
[[nodiscard]] std::optional<std::int64_t> figure_of(const FieldRule& rule, const FieldValue& value);
// Whom it names, by post or by name.
void name_people(Figure& figure, const FieldValue& value);
// The unit of a quantity; what the rows of a table begin with.
[[nodiscard]] std::vector<std::string> names_of(const FieldValue& value);

// Never wraps round: beyond the largest number stands the largest number.
[[nodiscard]] std::int64_t added(std::int64_t one, std::int64_t other);

// What the form fills in of a field and of the one it is held against is looked at, whichever of them it is;
// where neither this form nor an earlier one says the other, nothing can be said. What must be reached is
// looked at whether or not the form fills it in.
void check_bounds(const FormContext& context, const Form& form, std::vector<FormFault>& faults);

}  // namespace lianxin::matter
