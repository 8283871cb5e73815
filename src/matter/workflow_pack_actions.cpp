#include <algorithm>

#include "matter/workflow_pack_reading.hpp"

namespace lianxin::matter {
namespace {

bool starts_with(std::string_view text, std::string_view prefix) {
    return text.substr(0, prefix.size()) == prefix;
}

struct EffectWord {
    std::string_view word;
    EffectRule::Kind kind;
    bool takes_whom;
};
constexpr EffectWord effect_words[] = {
    {"receipt", EffectRule::Kind::receipt, false},
    {"note", EffectRule::Kind::note, true},
    {"tell", EffectRule::Kind::tell, true},
    {"ask_rating", EffectRule::Kind::ask_rating, false},
    {"publish", EffectRule::Kind::publish, false},
    {"unpublish", EffectRule::Kind::unpublish, false},
    {"appoint", EffectRule::Kind::appoint, true},
    {"dismiss", EffectRule::Kind::dismiss, true},
    {"certificate", EffectRule::Kind::certificate, false},
    {"withdraw_notice", EffectRule::Kind::withdraw_notice, false},
};

constexpr std::string_view guard_hint =
    "guards are in_scope, parts_done, before:CLOCK, notice_over:NOTICE, no_hold:KIND, no_child:KIND, "
    "post_vacant, post_held, "
    "ballot_passed:BALLOT, not_rated, not_bound, known_person, holds_post";
constexpr std::string_view effect_hint =
    "effects are receipt, note WHOM, tell WHOM, ask_rating, publish, unpublish, open KIND, appoint WHOM, "
    "dismiss WHOM, "
    "certificate, withdraw_notice, involve WHOM from FIELD, each with \" when CONDITION\" if need be";

}  // namespace

std::optional<WhoRule> WorkflowReading::who_rule(const Placed& word) {
    WhoRule rule;
    rule.at = mark_of(word.at);
    const std::string_view text = word.text;
    if (text == "engine") {
        rule.kind = WhoRule::Kind::engine;
        return rule;
    }
    if (starts_with(text, "clock:")) {
        rule.kind = WhoRule::Kind::clock;
        const auto index = clock({word.text.substr(6), word.at});
        if (!index) return {};
        rule.clock = *index;
        return rule;
    }
    if (starts_with(text, "child:")) {
        rule.kind = WhoRule::Kind::child;
        const auto dot = text.find('.');
        if (dot == std::string_view::npos) {
            wrong(word.at, "bad_child", "\"" + word.text + "\" names no outcome",
                  "write child:KIND.STATE, an end state of that kind of matter");
            return {};
        }
        rule.child_kind = std::string(text.substr(6, dot - 6));
        rule.outcome = std::string(text.substr(dot + 1));
        return rule;
    }
    if (!parse_relation(text) && text.find('@') != std::string_view::npos) {
        const auto post = selector(word);
        if (!post) return {};
        rule.kind = WhoRule::Kind::post;
        rule.post = *post;
        return rule;
    }
    const auto found = relation(word);
    if (!found) return {};
    rule.relation = *found;
    return rule;
}

std::vector<WhoRule> WorkflowReading::who(pack::Reader& reader, std::string_view key) {
    std::vector<WhoRule> all;
    for (const auto& word : reader.placed_texts(key))
        if (auto one = who_rule(word)) all.push_back(*one);
    return all;
}

std::optional<GuardRule> WorkflowReading::guard_rule(const Placed& word) {
    using Kind = GuardRule::Kind;
    GuardRule rule;
    rule.at = mark_of(word.at);
    const auto colon = word.text.find(':');
    const auto head = word.text.substr(0, colon);
    const Placed tail{colon == std::string::npos ? "" : word.text.substr(colon + 1), word.at};
    const auto plain = [&](Kind kind) {
        rule.kind = kind;
        return rule;
    };
    if (head == "before") {
        const auto index = clock(tail);
        if (!index) return {};
        rule.clock = *index;
        return plain(Kind::before);
    }
    if (head == "notice_over") {
        const auto index = notice(tail);
        if (!index) return {};
        rule.notice = *index;
        return plain(Kind::notice_over);
    }
    if (head == "ballot_passed") {
        const auto index = ballot(tail);
        if (!index) return {};
        rule.ballot = *index;
        return plain(Kind::ballot_passed);
    }
    if ((head == "no_hold" || head == "no_child") && !tail.text.empty()) {
        rule.name = tail.text;
        return plain(head == "no_hold" ? Kind::no_hold : Kind::no_child);
    }
    if (word.text == "in_scope") return plain(Kind::in_scope);
    if (word.text == "parts_done") return plain(Kind::parts_done);
    if (word.text == "post_vacant") return plain(Kind::post_vacant);
    if (word.text == "post_held") return plain(Kind::post_held);
    if (word.text == "not_rated") return plain(Kind::not_rated);
    if (word.text == "not_bound") return plain(Kind::not_bound);
    if (word.text == "known_person") return plain(Kind::known_person);
    if (word.text == "holds_post") return plain(Kind::holds_post);
    wrong(word.at, "unknown_guard", "there is no guard \"" + word.text + "\"", std::string(guard_hint));
    return {};
}

std::vector<GuardRule> WorkflowReading::guards(pack::Reader& reader) {
    std::vector<GuardRule> all;
    for (const auto& word : reader.placed_texts("guards"))
        if (auto one = guard_rule(word)) all.push_back(*one);
    return all;
}

std::optional<EffectRule> WorkflowReading::effect_rule(const Placed& word) {
    EffectRule rule;
    rule.at = mark_of(word.at);
    std::string text = word.text;
    if (const auto when = text.find(" when "); when != std::string::npos) {
        rule.when = condition({text.substr(when + 6), word.at});
        if (!rule.when) return {};
        text = text.substr(0, when);
    }
    const auto space = text.find(' ');
    const auto head = text.substr(0, space);
    const Placed tail{space == std::string::npos ? "" : text.substr(space + 1), word.at};
    if (head == "open" && !tail.text.empty()) {
        rule.kind = EffectRule::Kind::open;
        rule.workflow = tail.text;
        return rule;
    }
    if (head == "involve") return involve_rule(tail, rule);
    for (const auto& known : effect_words) {
        if (head != known.word || known.takes_whom == tail.text.empty()) continue;
        rule.kind = known.kind;
        if (!known.takes_whom) return rule;
        const auto whom = relation(tail);
        if (!whom) return {};
        rule.whom = *whom;
        return rule;
    }
    wrong(word.at, "unknown_effect", "there is no effect \"" + word.text + "\"", std::string(effect_hint));
    return {};
}

// "party from parties": a relation and the field that names the people or posts.
std::optional<EffectRule> WorkflowReading::involve_rule(const Placed& word, EffectRule rule) {
    const auto from = word.text.find(" from ");
    if (from == std::string::npos) {
        wrong(word.at, "unknown_effect", "\"involve " + word.text + "\" names no field",
              "write involve WHOM from FIELD");
        return {};
    }
    const auto whom = relation({word.text.substr(0, from), word.at});
    const auto index = field({word.text.substr(from + 6), word.at});
    if (!whom || !index) return {};
    const auto type = rule_at(flow_.fields, *index).type;
    if (type != FieldType::parties && type != FieldType::party && type != FieldType::posts &&
        type != FieldType::post) {
        wrong(word.at, "involve_names_nobody", "this field names neither people nor posts",
              "name a field of type parties or posts");
        return {};
    }
    rule.kind = EffectRule::Kind::involve;
    rule.whom = *whom;
    rule.field = *index;
    return rule;
}

// Whom a matter concerns from its start: a post named in a field, the owner of what it is about, or whoever
// holds the post it is about.
std::optional<OwnerSelector> WorkflowReading::concern(const Placed& word) {
    if (word.text == "post") {
        OwnerSelector held;
        held.kind = OwnerSelector::Kind::owner_of;
        held.anchor = Anchor::post;
        held.at = mark_of(word.at);
        return held;
    }
    auto whom = selector(word);
    if (!whom) return {};
    const bool parent = whom->kind == OwnerSelector::Kind::owner_of && whom->anchor == Anchor::parent;
    if (parent || whom->kind == OwnerSelector::Kind::field) return whom;
    wrong(word.at, "bad_concern", "\"" + word.text + "\" names nobody a start can concern",
          "write field:NAME of a post, parent, or post");
    return {};
}

std::vector<EffectRule> WorkflowReading::effects(pack::Reader& reader) {
    std::vector<EffectRule> all;
    for (const auto& word : reader.placed_texts("effects"))
        if (auto one = effect_rule(word)) all.push_back(*one);
    return all;
}

void WorkflowReading::read_start(pack::Reader start, MachineIndex machine) {
    Machine::Start rule;
    rule.at = mark_of(start.at());
    if (const auto to = state(placed(start, "to"), machine)) rule.to = *to;
    rule.effects = effects(start);
    if (machine == MachineIndex{}) {  // a part is begun by the action that opens it
        rule.who = who(start, "who");
        rule.needs = fields(start, "needs");
        rule.accepts = fields(start, "accepts");
        rule.guards = guards(start);
        if (start.has("owner")) rule.owner = selector(placed(start, "owner"));
        rule.anonymous = start.flag("anonymous", true);
        rule.service_item = start.flag("service_item");
        for (const auto& word : start.placed_texts("concerns"))
            if (const auto whom = concern(word)) rule.concerns.push_back(*whom);
        (void)start.texts("starts");  // said for the reader: clocks say themselves when they start
    }
    flow_.machines[machine.value].start = std::move(rule);
}

void WorkflowReading::read_action(pack::Reader action, MachineIndex machine, ActionRule& rule) {
    rule.at = mark_of(action.at());
    for (const auto& word : action.placed_texts("from"))
        if (const auto from = state(word, machine)) rule.from.push_back(*from);
    if (!action.has("from"))
        wrong(action.at(), "action_without_from", "an action starts from somewhere",
              "say from which states: from = [\"…\"]");
    read_where_to(action, machine, rule);
    rule.who = who(action, "who");
    if (!action.has("who"))
        wrong(action.at(), "action_without_who", "nobody is named who may do this",
              "say who: who = [\"owner\"]");
    rule.needs = fields(action, "needs");
    rule.accepts = fields(action, "accepts");
    read_reaches(action, rule);
    rule.guards = guards(action);
    rule.effects = effects(action);
    if (action.has("owner")) rule.owner = selector(placed(action, "owner"));
    read_consequences(action, machine, rule);
    read_follow_ups(action, machine, rule);
}

void WorkflowReading::read_where_to(pack::Reader& action, MachineIndex machine, ActionRule& rule) {
    const bool branches = action.has("to_when");
    if (action.has("to") == branches)
        wrong(action.at(), "action_goes_nowhere", "an action goes to a state, stays, or goes by conditions",
              "give one of to = \"STATE\", to = \"same\" or to_when = [{ when = \"…\", to = \"…\" }]");
    if (action.has("to")) {
        const auto to = placed(action, "to");
        if (to.text != "same") rule.to = state(to, machine);
    }
    for (auto& branch : action.list_of_tables("to_when")) {
        Branch way;
        if (const auto when = condition(placed(branch, "when"))) way.when = *when;
        if (const auto to = state(placed(branch, "to"), machine)) way.to = *to;
        way.effects = effects(branch);
        rule.to_when.push_back(std::move(way));
    }
}

void WorkflowReading::read_consequences(pack::Reader& action, MachineIndex machine, ActionRule& rule) {
    rule.binding = action.flag("binding");
    if (auto opens = action.table_if("opens")) {
        const auto kind = part(placed(*opens, "part"));
        const auto each = field(placed(*opens, "for_each"));
        if (kind && each) rule.opens = PartOpening{*kind, *each};
        if (each && rule_at(flow_.fields, *each).type != FieldType::posts)
            wrong(opens->at("for_each"), "parts_without_posts", "a part is opened for each post",
                  "name a field of type posts");
        if (each && std::find(rule.needs.begin(), rule.needs.end(), *each) == rule.needs.end())
            wrong(opens->at("for_each"), "field_not_needed", "the posts are not asked for",
                  "put the field into this action's needs");
    }
    if (action.has("opens_ballot")) rule.opens_ballot = ballot(placed(action, "opens_ballot"));
    if (action.has("closes_ballot")) rule.closes_ballot = ballot(placed(action, "closes_ballot"));
    if (action.has("opens_notice")) rule.opens_notice = notice(placed(action, "opens_notice"));
    if (action.has("restarts_notice")) rule.restarts_notice = notice(placed(action, "restarts_notice"));
    if (action.has("extends")) rule.extends = clock(placed(action, "extends"));
    if (rule.extends && rule_at(flow_.clocks, *rule.extends).extensions == 0)
        wrong(action.at("extends"), "clock_not_extensible", "this clock allows no extension",
              "give the clock extensions and extend_by");
    rule.restarts = clocks(action, "restarts");
    for (const auto& word : action.placed_texts("card")) {
        if (word.text == "yellow")
            rule.card.push_back(Card::yellow);
        else if (word.text == "red")
            rule.card.push_back(Card::red);
        else
            unknown(word, "card", {"yellow", "red"});
    }
    read_apart(action, machine, rule);
}

// In other hands than a step, or than those whom a field names.
void WorkflowReading::read_apart(pack::Reader& action, MachineIndex machine, ActionRule& rule) {
    constexpr std::string_view prefix = "field:";
    rule.apart_from_owner = action.flag("apart_from_owner");
    for (const auto& word : action.placed_texts("apart_from")) {
        if (!word.text.starts_with(prefix)) {
            if (const auto other = this->action(word, machine)) rule.apart_from.push_back(*other);
            continue;
        }
        const auto named = field({word.text.substr(prefix.size()), word.at});
        if (!named) continue;
        const auto type = rule_at(flow_.fields, *named).type;
        if (type == FieldType::post || type == FieldType::posts || type == FieldType::party ||
            type == FieldType::parties)
            rule.apart_from_named.push_back(*named);
        else
            wrong(word.at, "names_nobody", "\"" + word.text + "\" names nobody to stand apart from",
                  "name a field of posts or of people, or a step");
    }
}

void WorkflowReading::read_follow_ups(pack::Reader& action, MachineIndex machine, ActionRule& rule) {
    if (auto limit = action.table_if("limit")) {
        LimitRule counted;
        const auto per = limit->text("per");
        counted.max = limit->integer("max", 1, 99);
        if (const auto then = this->action(placed(*limit, "then"), machine)) counted.then = *then;
        auto tally = flow_.find_tally(per);
        if (!tally) {
            flow_.tallies.push_back(per);
            tally = TallyIndex{static_cast<std::uint16_t>(flow_.tallies.size() - 1)};
        }
        counted.tally = *tally;
        rule.limit = counted;
    }
    for (auto& next : action.list_of_tables("then")) {
        FollowUp follow;
        if (const auto when = condition(placed(next, "when"))) follow.when = *when;
        const auto does = this->action(placed(next, "do"), machine);
        if (!does) continue;
        follow.action = *does;
        rule.then.push_back(std::move(follow));
    }
}

}  // namespace lianxin::matter
