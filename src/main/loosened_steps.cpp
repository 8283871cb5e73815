#include "main/loosened_steps.hpp"

#include <algorithm>
#include <set>

#include "matter/prover_report.hpp"

namespace lianxin {
namespace {

using pack::List;
using pack::Table;

// Posts by name may be added to whoever takes a step; these are the hands that it is taken from by intent.
constexpr std::string_view hands[] = {"owner", "host", "lead", "co_handler", "engine"};
constexpr std::string_view by_clock = "clock:";

constexpr KeptKey action_keys[] = {
    {"", "needs", Keep::words},          {"", "guards", Keep::words},
    {"", "reaches", Keep::words},        {"", "apart_from", Keep::words},
    {"", "apart_from_owner", Keep::set}, {"", "effects", Keep::effects},
    {"", "card", Keep::words},           {"", "binding", Keep::set},
    {"", "opens_ballot", Keep::kept},    {"", "closes_ballot", Keep::kept},
    {"", "opens_notice", Keep::kept},    {"", "restarts_notice", Keep::kept},
    {"limit", "max", Keep::most},
};

bool is_outsider(std::string_view who) {
    const auto relation = matter::parse_relation(who);
    return relation && matter::is_outside(*relation);
}

bool is_office(const Table& action) {
    const auto who = words_of(action, "who");
    return !std::all_of(who.begin(), who.end(), is_outsider);
}

std::vector<const Table*> tables_of(const Table& table, std::string_view key) {
    const auto* value = value_of(table, key);
    const auto* list = value == nullptr ? nullptr : std::get_if<List>(&value->data);
    std::vector<const Table*> found;
    if (list != nullptr)
        for (const auto& each : *list)
            if (const auto* inner = std::get_if<Table>(&each.data)) found.push_back(inner);
    return found;
}

std::set<std::string> targets_of(const Table& action) {
    std::set<std::string> targets;
    if (const auto to = word_of(action, "to"); !to.empty() && to != "same") targets.insert(to);
    for (const auto* branch : tables_of(action, "to_when")) targets.insert(word_of(*branch, "to"));
    return targets;
}

void hold_follow_ups(const Table& base, const Table& own, const std::string& path, Losses& losses) {
    const auto kept = tables_of(own, "then");
    for (const auto* was : tables_of(base, "then")) {
        const auto when = word_of(*was, "when"), act = word_of(*was, "do");
        if (!std::any_of(kept.begin(), kept.end(), [&](const Table* is) {
                return word_of(*is, "do") == act && word_of(*is, "when") == when;
            }))
            losses.push_back({path + ".then." + act, "`" + act + "` no longer follows when " + when});
    }
}

// Who may take it that could not, of those in whose hands the matter is, or of those outside where nobody
// was.
void hold_hands(const Table& base, const Table& own, const std::string& path, Losses& losses) {
    const auto was = words_of(base, "who");
    for (const auto& who : words_of(own, "who")) {
        const bool by_hand = std::find(std::begin(hands), std::end(hands), who) != std::end(hands) ||
                             (is_outsider(who) && !has_outsider(was));
        if ((by_hand || who.starts_with(by_clock)) && !is_among(was, who))
            losses.push_back({path + ".who." + who, "`" + path + "` is for `" + who + "`, too"});
    }
}

void hold_clocks_turned(const Table& base, const Table& own, const std::string& path, Losses& losses) {
    constexpr KeptKey keys[] = {{"", "restarts", Keep::words}, {"", "extends", Keep::same}};
    hold_all(keys, base, own, path, losses);
    if (is_office(own)) hold({"", "restarts", Keep::no_new}, base, own, path, losses);
}

// What one step does that another does not, wherever either leads.
void hold_step(const Table& base, const Table& own, const std::string& path, Losses& losses) {
    hold_all(action_keys, base, own, path, losses);
    if (table_of(base, "limit") != nullptr && table_of(own, "limit") == nullptr)
        losses.push_back({path + ".limit", "`" + path + "` has no limit any more"});
    hold_follow_ups(base, own, path, losses);
    hold_hands(base, own, path, losses);
    hold_clocks_turned(base, own, path, losses);
    const auto owner = word_of(base, "owner");
    if (!owner.empty() && owner != "keep" && word_of(own, "owner") == "keep")
        losses.push_back({path + ".owner", "`" + path + "` leaves it with whoever has it"});
}

bool loses_nothing(const Table& base, const Table& own) {
    Losses losses;
    hold_step(base, own, "", losses);
    return losses.empty();
}

// A machine of the base and what was made of it.
class Steps {
 public:
    Steps(const Table& base, const Table& own, const std::string& path, Losses& losses)
        : base_actions_(in(base, "actions")),
          own_actions_(in(own, "actions")),
          base_states_(in(base, "states")),
          own_states_(in(own, "states")),
          path_(under(path, "actions")),
          losses_(losses) {}

    void hold_each() {
        for (const auto& [name, was] : tables(base_actions_)) {
            const auto* is = table_of(own_actions_, name);
            const auto who = words_of(*was, "who");
            if (is != nullptr) {
                hold_step(*was, *is, at(name), losses_);
                hold_where_it_leads(name, *was, *is);
                if (has_outsider(who)) hold_for_outsiders(name, *was, *is);
            } else if (has_outsider(who) || std::any_of(who.begin(), who.end(), [](const auto& each) {
                           return each.starts_with(by_clock) || each == "engine";
                       })) {
                lose(at(name), "`" + name + "` is not there");
            }
        }
        for (const auto& [name, is] : tables(own_actions_))
            if (is_office(*is)) hold_ways(name, *is);
        hold_ways_round();
    }

 private:
    using Named = std::pair<std::string, const Table*>;

    static const Table& in(const Table& machine, std::string_view key) {
        static const Table none;
        const auto* found = table_of(machine, key);
        return found == nullptr ? none : *found;
    }
    static std::vector<Named> tables(const Table& table) {
        std::vector<Named> all;
        for (const auto& member : table.members)
            if (const auto* inner = std::get_if<Table>(&member.value.data))
                all.emplace_back(member.key, inner);
        return all;
    }
    [[nodiscard]] std::string at(const std::string& action) const { return path_ + "." + action; }
    [[nodiscard]] bool is_base(const std::string& state) const { return base_states_.find(state) != nullptr; }
    void lose(std::string path, std::string what) { losses_.push_back({std::move(path), std::move(what)}); }

    // A step of its own may come between; what was there already is not come to in another way.
    [[nodiscard]] bool leads_elsewhere(const std::string& was, const std::string& is) const {
        return !was.empty() && is != was && (is.empty() || is == "same" || is_base(is));
    }
    void hold_where_it_leads(const std::string& name, const Table& was, const Table& is) {
        const auto to = word_of(was, "to");
        const auto branches = tables_of(is, "to_when");
        const auto own = word_of(is, "to");
        if (branches.empty() && leads_elsewhere(to, own))
            lose(at(name) + ".to", "`" + name + "` leads to `" + own + "` and led to `" + to + "`");
        for (const auto* branch : branches)
            if (leads_elsewhere(to, word_of(*branch, "to")))
                lose(at(name) + ".to",
                     "`" + name + "` leads to `" + word_of(*branch, "to") + "` and led to `" + to + "`");
        for (const auto* before : tables_of(was, "to_when")) hold_branch(name, *before, branches);
    }
    void hold_branch(const std::string& name, const Table& was, const std::vector<const Table*>& branches) {
        const auto when = word_of(was, "when");
        for (const auto* is : branches) {
            if (word_of(*is, "when") != when) continue;
            const auto path = at(name) + ".to_when." + when;
            if (leads_elsewhere(word_of(was, "to"), word_of(*is, "to")))
                lose(path, "`" + name + "` leads to `" + word_of(*is, "to") + "` when " + when +
                               " and led to `" + word_of(was, "to") + "`");
            hold({"", "effects", Keep::effects}, was, *is, path, losses_);
        }
    }

    void hold_for_outsiders(const std::string& name, const Table& was, const Table& is) {
        const auto path = at(name);
        const auto who = words_of(is, "who"), from = words_of(is, "from");
        for (const auto& each : words_of(was, "who"))
            if (is_outsider(each) && !is_among(who, each))
                lose(path + ".who." + each, "`" + name + "` is no longer for `" + each + "`");
        for (const auto& state : words_of(was, "from"))
            if (own_states_.find(state) != nullptr && !is_among(from, state))
                lose(path + ".from." + state, "`" + name + "` cannot be taken in `" + state + "`");
        const auto needs = words_of(is, "needs"), accepts = words_of(is, "accepts");
        for (const auto& field : words_of(was, "accepts"))
            if (!is_among(needs, field) && !is_among(accepts, field))
                lose(path + ".accepts." + field, "`" + name + "` takes no `" + field + "`");
    }

    [[nodiscard]] std::vector<const Table*> base_steps(const std::string& from, const std::string& to) const {
        std::vector<const Table*> found;
        for (const auto& [name, action] : tables(base_actions_))
            if (is_office(*action) && targets_of(*action).contains(to) &&
                (from.empty() || is_among(words_of(*action, "from"), from)))
                found.push_back(action);
        return found;
    }
    [[nodiscard]] static bool covered(const std::vector<const Table*>& base, const Table& own) {
        return std::any_of(base.begin(), base.end(),
                           [&](const Table* each) { return loses_nothing(*each, own); });
    }
    // Where the office comes from one state of the base to another, a step of the base does so, and asks no
    // more.
    void hold_ways(const std::string& name, const Table& is) {
        const auto* was = table_of(base_actions_, name);
        const bool moved = was != nullptr && targets_of(*was) != targets_of(is);
        for (const auto& from : words_of(is, "from"))
            for (const auto& to : targets_of(is)) {
                if (from == to || moved || !is_base(from) || !is_base(to)) continue;
                if (was != nullptr && is_among(words_of(*was, "from"), from)) continue;
                const auto steps = base_steps(from, to);
                if (covered(steps, is)) continue;
                lose(was == nullptr ? at(name) : at(name) + ".from." + from,
                     "`" + name + "` leads from `" + from + "` to `" + to +
                         (steps.empty() ? "`, as nothing of the office did"
                                        : "` with less than what led there"));
            }
        if (was != nullptr) return;
        static const Table nothing;
        constexpr KeptKey keys[] = {{"", "restarts", Keep::no_new}, {"", "extends", Keep::same}};
        Losses turned;
        hold_all(keys, nothing, is, at(name), turned);
        for (auto& each : turned) lose(at(name), std::move(each.what));
    }

    // States of the pack's own are no way round what the base asks: from one state of the base by way of them
    // the office comes to no other that it did not come to, and ends nothing with less.
    void hold_ways_round() {
        std::set<std::pair<std::string, std::string>> said;
        for (const auto& [start, state] : tables(base_states_))
            for (const auto& via : own_states_from(start))
                for (const auto& [name, is] : tables(own_actions_)) {
                    if (!is_office(*is) || !is_among(words_of(*is, "from"), via)) continue;
                    for (const auto& to : targets_of(*is))
                        if (is_base(to) && to != start && leads_round(start, to, *is) &&
                            said.insert({name, via}).second)
                            lose(at(name) + ".from." + via, "`" + name + "` leads from `" + start +
                                                                "` by way of `" + via + "` to `" + to +
                                                                "` with less than what led there");
                }
    }
    [[nodiscard]] bool leads_round(const std::string& start, const std::string& to, const Table& is) const {
        if (base_steps(start, to).empty()) return true;
        const auto* state = table_of(base_states_, to);
        const bool answers =
            state != nullptr && (state->find("end") != nullptr || state->find("counts_as") != nullptr);
        return answers && !covered(base_steps("", to), is);
    }
    [[nodiscard]] std::set<std::string> own_states_from(const std::string& start) const {
        std::set<std::string> reached;
        std::vector<std::string> next{start};
        while (!next.empty()) {
            const auto from = next.back();
            next.pop_back();
            for (const auto& [name, is] : tables(own_actions_)) {
                if (!is_office(*is) || !is_among(words_of(*is, "from"), from)) continue;
                for (const auto& to : targets_of(*is))
                    if (!is_base(to) && reached.insert(to).second) next.push_back(to);
            }
        }
        return reached;
    }

    const Table& base_actions_;
    const Table& own_actions_;
    const Table& base_states_;
    const Table& own_states_;
    std::string path_;
    Losses& losses_;
};

using Words = std::set<std::string>;

// "field:target" in a field's bound or a clock's limit.
Words bounding_fields(const Table& document) {
    constexpr std::string_view named = "field:";
    Words found;
    for (const auto* pattern : {"fields.*", "clocks.*"})
        each_table(document, document, pattern, "", [&](const Table& rule, const Table&, const std::string&) {
            for (const auto* key : {"at_most", "unit_of", "after", "limit"})
                if (const auto word = word_of(rule, key); word.starts_with(named))
                    found.insert(word.substr(named.size()));
        });
    return found;
}

Words named_by_notices(const Table& document, std::string_view key) {
    Words found;
    each_table(document, document, "notices.*", "",
               [&](const Table& notice, const Table&, const std::string&) {
                   for (auto& word : words_of(notice, key)) found.insert(std::move(word));
               });
    return found;
}

bool waits_for_notice(const Table& step) {
    const auto guards = words_of(step, "guards");
    return std::any_of(guards.begin(), guards.end(),
                       [](const std::string& guard) { return guard.starts_with("notice_over:"); });
}

bool asks_for(const Table* step, const std::string& field) {
    return step != nullptr &&
           (is_among(words_of(*step, "needs"), field) || is_among(words_of(*step, "accepts"), field));
}

}  // namespace

bool has_outsider(const std::vector<std::string>& who) {
    return std::any_of(who.begin(), who.end(), is_outsider);
}

void hold_steps(const Table& base, const Table& own, const std::string& path, Losses& losses) {
    Steps(base, own, path, losses).hold_each();
}

void hold_what_bounds(const Table& base, const Table& own, Losses& losses) {
    const auto bounding = bounding_fields(base), hung = named_by_notices(base, "shows");
    const auto blocked = named_by_notices(base, "blocks");
    const auto* before = table_of(base, "actions");
    each_table(own, own, "actions.*", "", [&](const Table& step, const Table&, const std::string& path) {
        const auto name = path.substr(path.rfind('.') + 1);
        const auto* was = before == nullptr ? nullptr : table_of(*before, name);
        const bool decides = blocked.contains(name) || waits_for_notice(step);
        if (!is_office(step)) return;
        for (const auto* key : {"needs", "accepts"})
            for (const auto& field : words_of(step, key))
                if ((bounding.contains(field) || (decides && hung.contains(field))) && !asks_for(was, field))
                    losses.push_back(
                        {under(under(path, key), field), "`" + name + "` fills in `" + field + "` anew"});
    });
}

}  // namespace lianxin
