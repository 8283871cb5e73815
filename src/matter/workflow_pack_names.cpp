#include <array>

#include "matter/workflow_pack_reading.hpp"

namespace lianxin::matter {
namespace {

template <class Rule>
std::vector<std::string> names_of(const std::vector<Rule>& rules) {
    std::vector<std::string> names;
    for (const auto& rule : rules) names.push_back(rule.name);
    return names;
}

std::string listed(const std::vector<std::string>& names) {
    std::string text;
    for (const auto& name : names) text += (text.empty() ? "" : ", ") + name;
    return text.empty() ? "none is declared" : "declared are " + text;
}

}  // namespace

Mark mark_of(const pack::Position& position) {
    return {position.file, position.line, position.column};
}

void WorkflowReading::wrong(const pack::Position& at, std::string_view code, std::string message,
                            std::string remedy) {
    findings_.error(at, code, std::move(message), std::move(remedy));
}

void WorkflowReading::unknown(const Placed& word, std::string_view what,
                              const std::vector<std::string>& known) {
    const auto near = pack::nearest(word.text, known);
    wrong(word.at, "unknown_" + std::string(what),
          "there is no " + std::string(what) + " \"" + word.text + "\"",
          near.empty() ? listed(known) : "did you mean \"" + near + "\"?");
}

WorkflowReading::Placed WorkflowReading::placed(pack::Reader& reader, std::string_view key) {
    auto words = reader.placed_texts(key);
    if (words.empty()) return {"", reader.at(key)};
    return words.front();
}

std::optional<FieldIndex> WorkflowReading::field(const Placed& word) {
    auto found = flow_.find_field(word.text);
    if (!found) unknown(word, "field", names_of(flow_.fields));
    return found;
}

std::optional<ClockIndex> WorkflowReading::clock(const Placed& word) {
    auto found = flow_.find_clock(word.text);
    if (!found) unknown(word, "clock", names_of(flow_.clocks));
    return found;
}

std::optional<StateIndex> WorkflowReading::state(const Placed& word, MachineIndex machine) {
    auto found = flow_.machine(machine).find_state(word.text);
    if (!found) unknown(word, "state", names_of(flow_.machine(machine).states));
    return found;
}

std::optional<ActionIndex> WorkflowReading::action(const Placed& word, MachineIndex machine) {
    auto found = flow_.machine(machine).find_action(word.text);
    if (!found) unknown(word, "action", names_of(flow_.machine(machine).actions));
    return found;
}

std::optional<NoticeIndex> WorkflowReading::notice(const Placed& word) {
    auto found = flow_.find_notice(word.text);
    if (!found) unknown(word, "notice", names_of(flow_.notices));
    return found;
}

std::optional<BallotIndex> WorkflowReading::ballot(const Placed& word) {
    auto found = flow_.find_ballot(word.text);
    if (!found) unknown(word, "ballot", names_of(flow_.ballots));
    return found;
}

std::optional<MachineIndex> WorkflowReading::part(const Placed& word) {
    auto found = word.text.empty() ? std::nullopt : flow_.find_machine(word.text);
    if (!found) {
        auto names = names_of(flow_.machines);
        names.erase(names.begin());  // the matter itself is no part
        unknown(word, "part", names);
    }
    return found;
}

std::optional<access::Relation> WorkflowReading::relation(const Placed& word) {
    auto found = parse_relation(word.text);
    if (!found)
        unknown(word, "relation",
                {"reporter", "applicant", "party", "host", "owner", "lead", "co_handler", "superior@owner",
                 "leader", "dispatcher", "oversight", "auditor", "complained_of", "anyone"});
    return found;
}

std::optional<Condition> WorkflowReading::condition(const Placed& word) {
    auto parsed = parse_condition(word.text);
    if (!parsed) {
        wrong(word.at, "bad_condition", "\"" + word.text + "\" is no condition",
              "write red, yellow, told_twice, ballot.passed, FIELD, FIELD = CHOICE, FIELD >= NUMBER, "
              "rating.solved = no, "
              "subkind = NAME or category.FLAG, with \"not \" before what merely holds");
        return {};
    }
    parsed->condition.at = mark_of(word.at);
    if (!parsed->field) return parsed->condition;
    const auto index = field({*parsed->field, word.at});
    if (!index) return {};
    parsed->condition.field = *index;
    const auto type = rule_at(flow_.fields, *index).type;
    const auto subject = parsed->condition.subject;
    const bool rating =
        subject == ConditionSubject::rating_solved || subject == ConditionSubject::rating_grade;
    const bool numeric = type == FieldType::number || type == FieldType::money || type == FieldType::measure;
    const bool fits = subject == ConditionSubject::field_filled || (rating && type == FieldType::rating) ||
                      (subject == ConditionSubject::field_choice && type == FieldType::choice) ||
                      (subject == ConditionSubject::field_number && numeric);
    if (fits) return parsed->condition;
    wrong(word.at, "condition_does_not_fit_field",
          "\"" + word.text + "\" asks what field \"" + *parsed->field + "\" cannot answer",
          "compare a choice with one of its names, a number with a whole number, a rating by .solved or "
          ".grade");
    return {};
}

std::optional<OwnerSelector> WorkflowReading::selector(const Placed& word) {
    auto parsed = parse_selector(word.text);
    if (!parsed) {
        wrong(word.at, "bad_selector", "\"" + word.text + "\" names no owner",
              "write keep, previous, named, next_rung, lead, parent, host, field:NAME, superior@owner, "
              "leader@host, desk@service_item or KIND@LEVEL");
        return {};
    }
    parsed->selector.at = mark_of(word.at);
    if (!parsed->field) return parsed->selector;
    const auto index = field({*parsed->field, word.at});
    if (!index) return {};
    const auto type = rule_at(flow_.fields, *index).type;
    if (type != FieldType::post && type != FieldType::posts) {
        wrong(word.at, "owner_field_is_no_post", "field \"" + *parsed->field + "\" holds no post",
              "name a field of type post or posts");
        return {};
    }
    parsed->selector.field = *index;
    return parsed->selector;
}

std::vector<OwnerSelector> WorkflowReading::selectors(pack::Reader& reader, std::string_view key) {
    std::vector<OwnerSelector> all;
    for (const auto& word : reader.placed_texts(key))
        if (auto one = selector(word)) all.push_back(*one);
    return all;
}

std::vector<FieldIndex> WorkflowReading::fields(pack::Reader& reader, std::string_view key) {
    std::vector<FieldIndex> all;
    for (const auto& word : reader.placed_texts(key))
        if (auto one = field(word)) all.push_back(*one);
    return all;
}

std::vector<ClockIndex> WorkflowReading::clocks(pack::Reader& reader, std::string_view key) {
    std::vector<ClockIndex> all;
    for (const auto& word : reader.placed_texts(key))
        if (auto one = clock(word)) all.push_back(*one);
    return all;
}

}  // namespace lianxin::matter
