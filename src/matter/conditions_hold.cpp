#include "matter/conditions_hold.hpp"

#include <algorithm>

namespace lianxin::matter {
namespace {

bool compare(std::int64_t left, Comparison comparison, std::int64_t right) {
    switch (comparison) {
        case Comparison::is:
            return left == right;
        case Comparison::is_not:
            return left != right;
        case Comparison::less:
            return left < right;
        case Comparison::at_most:
            return left <= right;
        case Comparison::more:
            return left > right;
        case Comparison::at_least:
            return left >= right;
    }
    return false;
}

const char* word_of(Solved solved) {
    switch (solved) {
        case Solved::yes:
            return "yes";
        case Solved::partly:
            return "partly";
        case Solved::no:
            return "no";
    }
    return "";
}

std::optional<std::int64_t> number_of(const Form& form, FieldIndex field) {
    const auto* value = form.find(field);
    if (value == nullptr) return {};
    if (const auto* number = std::get_if<NumberValue>(value)) return number->number;
    if (const auto* money = std::get_if<MoneyValue>(value)) return money->fen;
    if (const auto* measure = std::get_if<MeasureValue>(value)) return measure->scaled;
    return {};
}

bool filled(const Form& form, FieldIndex field) {
    const auto* value = form.find(field);
    if (value == nullptr) return false;
    const auto* answer = std::get_if<bool>(value);
    return answer == nullptr || *answer;
}

// The ballot's outcome just counted, else the latest on record.
std::optional<BallotOutcome> ballot_outcome(const Facts& facts, const Circumstances& circumstances) {
    if (circumstances.ballot) return circumstances.ballot;
    const BallotFact* latest = nullptr;
    for (const auto& ballot : facts.ballots)
        if (ballot.outcome && (latest == nullptr || ballot.round > latest->round)) latest = &ballot;
    return latest == nullptr ? std::nullopt : latest->outcome;
}

bool some_part_ended_as(const Facts& facts, const Circumstances& circumstances, const std::string& state) {
    const auto& parts = circumstances.matter->parts;
    return std::any_of(parts.begin(), parts.end(), [&](const PartState& part) {
        return part.no > 0 && part.ended &&
               facts.workflow.machine(part.machine).state(part.state).name == state;
    });
}

// Compared with a name, or merely true: equality decides either way.
bool plainly(const Facts& facts, const Circumstances& circumstances, const Condition& condition) {
    switch (condition.subject) {
        case ConditionSubject::card_is_yellow:
            return circumstances.card == Card::yellow;
        case ConditionSubject::card_is_red:
            return circumstances.card == Card::red;
        case ConditionSubject::anonymous:
            return facts.matter.anonymous;
        case ConditionSubject::told_twice:
            return circumstances.told_twice;
        case ConditionSubject::binding:
            return circumstances.part != nullptr && circumstances.part->bound;
        case ConditionSubject::subkind:
            return facts.matter.subkind == condition.text;
        case ConditionSubject::category_flag:
            return std::find(facts.category_flags.begin(), facts.category_flags.end(), condition.text) !=
                   facts.category_flags.end();
        case ConditionSubject::ballot_passed:
            return ballot_outcome(facts, circumstances) == BallotOutcome::passed;
        case ConditionSubject::ballot_failed:
            return ballot_outcome(facts, circumstances) == BallotOutcome::failed;
        case ConditionSubject::ballot_no_quorum:
            return ballot_outcome(facts, circumstances) == BallotOutcome::no_quorum;
        case ConditionSubject::part_ended_as:
            return some_part_ended_as(facts, circumstances, condition.text);
        case ConditionSubject::field_filled:
            return filled(facts.form, condition.field);
        default:
            return true;
    }
}

}  // namespace

bool is_waived(const FieldRule& field, const std::vector<std::string>& category_flags,
               std::string_view subkind) {
    return std::any_of(field.unless.begin(), field.unless.end(), [&](const Condition& condition) {
        const bool equal = condition.comparison == Comparison::is;
        if (condition.subject == ConditionSubject::subkind) return (subkind == condition.text) == equal;
        return condition.subject == ConditionSubject::category_flag &&
               (std::find(category_flags.begin(), category_flags.end(), condition.text) !=
                category_flags.end()) == equal;
    });
}

bool holds(const Facts& facts, const Circumstances& circumstances, const Condition& condition) {
    switch (condition.subject) {
        case ConditionSubject::rating_solved: {
            const auto* rating = facts.form.find_as<RatingValue>(condition.field);
            return rating != nullptr &&
                   (word_of(rating->solved) == condition.text) == (condition.comparison == Comparison::is);
        }
        case ConditionSubject::rating_grade: {
            const auto* rating = facts.form.find_as<RatingValue>(condition.field);
            return rating != nullptr && rating->grade &&
                   compare(*rating->grade, condition.comparison, condition.number);
        }
        case ConditionSubject::field_number: {
            const auto number = number_of(facts.form, condition.field);
            return number && compare(*number, condition.comparison, condition.number);
        }
        case ConditionSubject::field_choice: {
            const auto* choice = facts.form.find_as<ChoiceValue>(condition.field);
            return choice != nullptr &&
                   (choice->choice == condition.text) == (condition.comparison == Comparison::is);
        }
        default:
            return plainly(facts, circumstances, condition) == (condition.comparison != Comparison::is_not);
    }
}

}  // namespace lianxin::matter
