#include "matter/workflow_pack_reading.hpp"

#include <algorithm>

#include "matter/beginning.hpp"

namespace lianxin::matter {
namespace {

const pack::Table* table_below(const pack::Table& table, std::string_view key) {
    const auto* member = table.find(key);
    return member == nullptr ? nullptr : std::get_if<pack::Table>(&member->value.data);
}

// One rule per member that is a table, named by its key; the rest of it is read later.
template <class Rule>
void declare(const pack::Table& table, std::string_view section, std::vector<Rule>& rules) {
    const auto* below = table_below(table, section);
    if (below == nullptr) return;
    for (const auto& member : below->members) {
        if (!std::holds_alternative<pack::Table>(member.value.data)) continue;
        Rule rule;
        rule.name = member.key;
        rule.at = mark_of(member.at);
        rules.push_back(std::move(rule));
    }
}

template <class Rule>
Rule* named(std::vector<Rule>& rules, const std::string& name) {
    const auto found =
        std::find_if(rules.begin(), rules.end(), [&](const Rule& rule) { return rule.name == name; });
    return found == rules.end() ? nullptr : &*found;
}

}  // namespace

WorkflowReading::WorkflowReading(const pack::Table& document, std::string_view name, pack::Findings& findings)
    : document_(document), findings_(findings) {
    flow_.name = std::string(name);
    flow_.at = mark_of(document.at);
}

void WorkflowReading::collect_machine(const pack::Table& table, std::string_view part_kind) {
    Machine machine;
    machine.name = std::string(part_kind);
    declare(table, "states", machine.states);
    declare(table, "actions", machine.actions);
    const MachineIndex index{static_cast<std::uint16_t>(flow_.machines.size())};
    std::vector<ClockRule> clocks;
    declare(table, "clocks", clocks);
    for (auto& clock : clocks) {
        if (flow_.find_clock(clock.name))
            findings_.error({clock.at.file, clock.at.line, clock.at.column}, "clock_twice",
                            "clock \"" + clock.name + "\" stands in the matter and in a part",
                            "give the part's clock a name of its own");
        clock.machine = index;
        flow_.clocks.push_back(clock);
    }
    if (machine.states.empty())
        findings_.error(table.at, "no_states", "nothing is said of its states",
                        "declare [states] with at least one end");
    flow_.machines.push_back(std::move(machine));
}

void WorkflowReading::collect_names() {
    declare(document_, "fields", flow_.fields);
    declare(document_, "ballots", flow_.ballots);
    declare(document_, "notices", flow_.notices);
    collect_machine(document_, "");
    if (const auto* parts = table_below(document_, "parts"))
        for (const auto& member : parts->members)
            if (const auto* part = std::get_if<pack::Table>(&member.value.data))
                collect_machine(*part, member.key);
}

void WorkflowReading::read_lists(pack::Reader& root) {
    auto lists = root.table_if("lists");
    if (!lists) return;
    for (const auto& name : lists->keys())
        flow_.lists.push_back({name, lists->texts(name), mark_of(lists->at(name))});
}

void WorkflowReading::read_ladder(pack::Reader& root) {
    auto ladder = root.table_if("ladder");
    if (!ladder) return;
    for (const auto& word : ladder->placed_texts("rungs")) {
        const auto rung = selector(word);
        if (!rung) continue;
        if (rung->kind != OwnerSelector::Kind::kind_at)
            wrong(word.at, "bad_rung", "\"" + word.text + "\" is no rung",
                  "a rung is a kind of post at a level: KIND@LEVEL");
        flow_.ladder.push_back(*rung);
    }
}

// What it is about, and what follows from that.
void WorkflowReading::read_about(pack::Reader& root) {
    flow_.about = root.text_or("about", "");
    flow_.post_kind = root.text_or("post_kind", "");
    if (root.has("about") && flow_.about != "post" && flow_.about != "notice" && flow_.about != "matter")
        unknown({flow_.about, root.at("about")}, "thing", {"post", "notice", "matter"});
    if (!flow_.post_kind.empty() && flow_.about != "post")
        wrong(root.at("post_kind"), "post_kind_without_post", "it names a kind of post and is about none",
              "say about = \"post\"");
    flow_.confidential = root.flag("confidential");
    flow_.counted_from = root.text_or("counted_from", "");
    if (root.has("counted_from")) flow_.counted_from_at = mark_of(root.at("counted_from"));
    read_apart(root);
    if (root.has("late")) {
        const auto word = placed(root, "late");
        const auto dot = word.text.find('.');
        flow_.late =
            Workflow::Late{word.text.substr(0, dot),
                           dot == std::string::npos ? "" : word.text.substr(dot + 1), mark_of(word.at)};
        if (flow_.about != "notice")
            wrong(word.at, "late_for_nothing", "it is about no notice that could be over",
                  "say about = \"notice\", or take late away");
    }
}

// Which subkinds are only ever begun for somebody else.
void WorkflowReading::read_on_behalf(pack::Reader& root) {
    if (root.has("on_behalf")) flow_.on_behalf_at = mark_of(root.at("on_behalf"));
    for (const auto& word : root.placed_texts("on_behalf")) {
        flow_.on_behalf.push_back(word.text);
        if (std::find(flow_.subkinds.begin(), flow_.subkinds.end(), word.text) == flow_.subkinds.end())
            unknown(word, "subkind", flow_.subkinds);
    }
}

// What everybody may read of it, and which subkinds nobody hears of.
void WorkflowReading::read_public(pack::Reader& root) {
    flow_.shows = root.texts("shows");
    if (root.has("shows")) flow_.shows_at = mark_of(root.at("shows"));
    for (const auto& word : root.placed_texts("shows"))
        if (const auto shown = flow_.find_field(word.text); shown && rule_at(flow_.fields, *shown).personal)
            wrong(word.at, "personal_in_public",
                  "\"" + word.text + "\" is personal, and everybody reads what is published",
                  "leave it out of shows");
    for (const auto& word : root.placed_texts("unlisted")) {
        flow_.unlisted.push_back(word.text);
        if (std::find(flow_.subkinds.begin(), flow_.subkinds.end(), word.text) == flow_.subkinds.end())
            unknown(word, "subkind", flow_.subkinds);
    }
}

// What is conferred says what its kind lets it say, and nothing personal: whoever is shown it may look it up.
void WorkflowReading::read_certificate(pack::Reader& root) {
    auto declared = root.table_if("certificate");
    if (!declared) return;
    flow_.certificate = Workflow::Certificate{declared->texts("shows"), mark_of(declared->at())};
    for (const auto& word : declared->placed_texts("shows"))
        if (const auto shown = flow_.find_field(word.text); shown && rule_at(flow_.fields, *shown).personal)
            wrong(word.at, "personal_in_public",
                  "\"" + word.text + "\" is personal, and everybody may look a certificate up",
                  "leave it out of shows");
}

// From whom it stands apart: those with a hand in what it is about, and whoever asks, is party to it
// or brought it in.
void WorkflowReading::read_apart(pack::Reader& root) {
    for (const auto& word : root.placed_texts("apart_from")) {
        if (word.text == "parent") {
            flow_.apart_from_parent = true;
            if (flow_.about != "notice" && flow_.about != "matter")
                wrong(word.at, "apart_from_nothing", "it is about no matter it could stand apart from",
                      "say about = \"notice\" or about = \"matter\"");
            continue;
        }
        const auto whom = parse_relation(word.text);
        if (whom == access::Relation::applicant || whom == access::Relation::party_to ||
            whom == access::Relation::reporter || whom == access::Relation::host)
            flow_.apart_from_whom = whom;
        else
            wrong(word.at, "bad_apart", "\"" + word.text + "\" is nothing a kind of matter stands apart from",
                  "write apart_from = \"parent\", \"applicant\", \"party\", \"reporter\" or \"host\"");
    }
}

void WorkflowReading::read_machine(pack::Reader& reader, MachineIndex index) {
    auto& machine = flow_.machines[index.value];
    for (auto& clock : reader.tables("clocks"))
        if (auto* rule = named(flow_.clocks, clock.name())) read_clock(std::move(clock), *rule);
    for (auto& state : reader.tables("states"))
        if (auto* rule = named(machine.states, state.name())) read_state(std::move(state), index, *rule);
    for (auto& action : reader.tables("actions"))
        if (auto* rule = named(machine.actions, action.name())) read_action(std::move(action), index, *rule);
    if (reader.has("start"))
        read_start(reader.table("start"), index);
    else
        wrong(reader.at(), "no_start", "nothing is said of how it begins", "add [start] with to = \"STATE\"");
    tie_clocks(index);
}

// What a clock says of actions is written to the actions too, so that a decision need not search.
void WorkflowReading::tie_clocks(MachineIndex index) {
    auto& machine = flow_.machines[index.value];
    for (std::size_t at = 0; at < flow_.clocks.size(); ++at) {
        const auto& clock = flow_.clocks[at];
        if (clock.machine != index) continue;
        const ClockIndex tied{static_cast<std::uint16_t>(at)};
        for (const auto& name : clock.stopped_by)
            if (const auto action = machine.find_action(name))
                machine.actions[action->value].stops.push_back(tied);
        for (const auto& name : clock.met_by)
            if (const auto action = machine.find_action(name))
                machine.actions[action->value].meets.push_back(tied);
        if (clock.start != ClockStart::action) continue;
        if (const auto action = machine.find_action(clock.started_by))
            machine.actions[action->value].starts.push_back(tied);
    }
}

void WorkflowReading::read_within(pack::Reader& clock, ClockRule& rule) {
    if (!clock.has("within")) return;
    const auto whole = placed(clock, "within");
    rule.within = this->clock(whole);
    const bool of_piece = rule.machine != MachineIndex{};
    if (rule.within && (!of_piece || rule_at(flow_.clocks, *rule.within).machine != MachineIndex{}))
        wrong(whole.at, "within_no_whole", "only the clock of a piece stays within one of the matter",
              "take within away, or name a clock of the matter itself");
}

// Whoever is named to own it is somebody to whom it may be handed on, unless the field says otherwise.
void WorkflowReading::bound_hand_overs() {
    const auto bound = [&](FieldIndex index) {
        auto& field = flow_.fields[index.value];
        if (std::find(reach_is_said_.begin(), reach_is_said_.end(), field.name) == reach_is_said_.end())
            field.reach = Reach::beside;
    };
    for (const auto& machine : flow_.machines)
        for (const auto& action : machine.actions) {
            if (action.owner && action.owner->kind == OwnerSelector::Kind::field) bound(action.owner->field);
            if (action.opens) bound(action.opens->for_each);
        }
}

Workflow WorkflowReading::read() {
    pack::Reader root(document_, flow_.name, findings_);
    collect_names();
    if (const auto name = root.text("name"); name != flow_.name && !name.empty())
        wrong(root.at("name"), "name_differs_from_file",
              "this file is \"" + flow_.name + "\", the workflow says \"" + name + "\"",
              "call both the same");
    (void)root.text_if("extends");
    if (const auto whom = relation(placed(root, "answer_to"))) flow_.answer_to = *whom;
    flow_.answer_to_at = mark_of(root.at("answer_to"));
    flow_.subkinds = root.texts("subkinds");
    read_on_behalf(root);
    read_about(root);
    read_lists(root);
    read_ladder(root);
    for (auto& field : root.tables("fields"))
        if (auto* rule = named(flow_.fields, field.name())) read_field(std::move(field), *rule);
    bounds_fit();
    for (auto& ballot : root.tables("ballots"))
        if (auto* rule = named(flow_.ballots, ballot.name())) read_ballot(std::move(ballot), *rule);
    for (auto& notice : root.tables("notices"))
        if (auto* rule = named(flow_.notices, notice.name())) read_notice(std::move(notice), *rule);
    read_public(root);
    read_certificate(root);
    read_machine(root, MachineIndex{});
    std::uint16_t index = 1;
    for (auto& part : root.tables("parts")) read_machine(part, MachineIndex{index++});
    bound_hand_overs();
    flow_.open_to_residents = beginning_of(flow_, access::ActingPerson{}).for_oneself;
    return std::move(flow_);
}

}  // namespace lianxin::matter
