// matter/field.hpp — what an action asks of whoever takes it: typed fields with their bounds, declared once
// per workflow and named by its actions. A form is drawn, checked and stored from the same rule.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "matter/ballot.hpp"
#include "matter/condition.hpp"
#include "matter/index.hpp"

namespace lianxin::matter {

enum class FieldType {
    text,         // min, max code points
    attachments,  // of photo or file; min, max count
    checklist,    // what is missing, against a list loaded with the matter; further items in words
    criteria,     // each criterion of a list answered, with a reason
    posts,        // several posts, one of them leading
    post,
    parties,
    party,
    day,     // after today, or not; within a period from today
    rating,  // solved yes, no or partly; grade 1 … 5; why
    choice,
    number,
    measure,  // a quantity in one of the field's units; it is counted
    money,    // in fen
    yes_no,
    table,  // rows of the declared columns: milestones, payments, people named in words
};

enum class ColumnType { text, number, money, day };
struct ColumnRule {
    std::string name;
    ColumnType type = ColumnType::text;
};

enum class FileKind { any, photo };
enum class CriteriaRule { answered, all, none };     // all must be met; none may be met; each merely answered
enum class DayRule { any, future, past, not_past };  // after today; today or before; today or later

// A field is held against what another one says (figure.hpp).
enum class BoundKind {
    at_most,     // a figure, never more than the other: votes in favour, than those present
    after,       // a day, later than the other
    unit_of,     // a quantity, in the unit of the other
    one_of,      // a text, what a row of the other begins with
    apart_from,  // posts, others than the other's, and in the hands of other people
};
struct ShareOfOther {
    std::string subkind;  // of the matter; empty: of every one that is not named
    Share share;
};
struct FieldBound {
    FieldIndex field;
    BoundKind kind = BoundKind::at_most;
    bool together = false;  // at_most: all that was filled in here so far is counted together
    Mark at;
    std::vector<ShareOfOther> shares = {};  // at_most: and no less than this of the other
};

// Which posts a field may name (matter/reach.hpp).
enum class Reach {
    any,
    beside,   // those to whom whoever fills it in may hand on: sideways and down
    beneath,  // those at a place which whoever fills it in leads or dispatches for, or below it
};

struct FieldRule {
    std::string name;
    FieldType type = FieldType::text;
    std::optional<std::int64_t> min;  // code points, count, number, fen, scaled quantity: by type
    std::optional<std::int64_t> max;
    bool told = false;                // shown to whom the workflow answers
    bool personal = false;            // sealed and never shown in public
    bool once = false;                // a checklist: everything is to be named the first time
    bool all = false;                 // a checklist: nothing on the list may be left out
    bool but_last = false;            // a checklist: all but the last, which is what the end brings
    bool must_be_yes = false;         // yes_no: what is claimed with it is true, or it is not claimed
    std::vector<Condition> unless;    // the minimum does not hold when one of them does
    std::optional<FieldBound> bound;  // what it is held against
    // By type:
    FileKind files = FileKind::any;
    CriteriaRule criteria = CriteriaRule::answered;
    bool reason_each = false;
    std::optional<ListIndex> list;  // criteria
    std::string list_source;        // checklist: "service_item.materials", "service_item.steps"
    std::string post_kind;          // post, posts: of this kind only; empty: any
    Reach reach = Reach::any;       // post, posts: of these only
    std::string right;              // post, posts: only with this right over the matter's place; empty: any
    bool lead = false;              // posts: exactly one leads
    std::string lives_at;           // party, parties: only who lives at the matter's place of that level
    Mark lives_at_at;
    DayRule day = DayRule::any;
    std::optional<std::int64_t> within_days;  // day: at most so far from today
    std::vector<ClockIndex> in_time_of;       // day: no later than these say, as far as they run
    std::vector<std::string> choices;
    std::string measure_kind;                 // measure: sums never mix kinds
    std::vector<std::string> units;           // measure: one of these
    std::vector<ColumnRule> columns;          // table
    bool distinct = false;                    // table: no two rows begin with the same
    std::optional<std::int64_t> sum_at_most;  // table: its column of figures together
    Mark at;
};

// A closed list of criteria, each by its key; the words stand in the pack.
struct CriteriaList {
    std::string name;
    std::vector<std::string> items;
    Mark at;
};

}  // namespace lianxin::matter
