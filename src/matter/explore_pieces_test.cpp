// What goes wrong with what several have in hand at once, and with what must be there before a step: pieces
// without one who leads or left open behind an answer, one person in two parts, papers nobody looked at.
#include "matter/explore_within_test.hpp"

namespace lianxin::matter::testing {

// Several get a piece each, and one of them leads.
void Exploration::check_leads_pieces(const Standing& before, const PartState& part, const Action& action,
                                     const Form& form) {
    const auto& rule = machine_of(part).action(*action.action);
    if (!rule.opens) return;
    auto several = form;
    PostsValue posts{{first_unit, second_unit}, {}};
    if (rule_at(flow_.fields, rule.opens->for_each).lead) posts.lead = first_unit;
    several.set(rule.opens->for_each, posts);
    for (const auto& who : rule.who)
        for (const auto& hand : hands(before, &part, who)) {
            const auto answer = decided(before, hand, several, action);
            if (!answer) continue;
            const auto& parts = answer->after.parts;
            const auto leads = std::count_if(parts.begin(), parts.end(), [&](const PartState& each) {
                return each.machine == rule.opens->machine && !each.ended && each.lead;
            });
            if (leads != 1) harms.insert("of the pieces that \"" + rule.name + "\" opens none leads");
        }
}

void Exploration::note_pieces(std::size_t from, std::size_t to, const PartState& whole,
                              const Decision& decision) {
    const bool answers = is_answer(flow_.matter().state(whole.state));
    if (answers && from != SIZE_MAX) leads_to_answer_.insert(from);
    if (std::none_of(decision.moves.begin(), decision.moves.end(),
                     [](const PartMove& move) { return move.cancelled; }))
        return;
    const auto& step = flow_.matter().action(decision.steps.front().action).name;
    if (answers)
        harms.insert("\"" + step + "\" leaves pieces open behind it");
    else if (!whole.ended)
        pieces_left_.emplace(to, step);
}

// Pieces end unfinished when the matter goes on without them: then it does not come to its answer by itself,
// but only once it could be given out anew, or as what was explained.
void Exploration::judge_pieces() {
    std::vector<std::vector<std::size_t>> on(all_.size());
    for (const auto& [from, to] : edges_) on[from].push_back(to);
    const auto state_at = [&](std::size_t at) { return all_[at].matter.parts.front().state; };
    const auto stops = [&](StateIndex state) {
        const auto& machine = flow_.matter();
        return machine.state(state).counts_as == CountsAs::open_explained || machine.state(state).parts ||
               std::any_of(machine.actions.begin(), machine.actions.end(),
                           [&](const ActionRule& rule) { return rule.opens && among(rule.from, state); });
    };
    for (const auto& [first, step] : pieces_left_) {
        std::set<std::size_t> seen{first};
        std::deque<std::size_t> open{first};
        for (; !open.empty(); open.pop_front()) {
            if (leads_to_answer_.contains(open.front()))
                harms.insert("\"" + step + "\" leaves pieces open behind it");
            for (const auto to : on[open.front()])
                if (!stops(state_at(to)) && seen.insert(to).second) open.push_back(to);
        }
    }
}

// Who gets it in hand is named beside another, and both may be the same post.
void Exploration::check_one_post_twice(const Standing& before, const PartState& part, const Action& action,
                                       const Form& form) {
    const auto& rule = machine_of(part).action(*action.action);
    if (!rule.owner || rule.owner->kind != OwnerSelector::Kind::field) return;
    for (const auto other : rule.needs) {
        if (other == rule.owner->field || rule_at(flow_.fields, other).type != FieldType::post) continue;
        auto same = form;
        same.set(rule.owner->field, PostsValue{{second_unit}, {}});
        same.set(other, PostsValue{{second_unit}, {}});
        for (const auto& who : rule.who)
            for (const auto& hand : hands(before, &part, who))
                if (decided(before, hand, same, action))
                    harms.insert("\"" + rule.name + "\" names one post twice");
    }
}

// A service is given when somebody looked whether all its papers are there.
void Exploration::check_papers(const Standing& after, const Decision& decision) {
    const auto& fields = flow_.fields;
    const bool told_once = std::any_of(fields.begin(), fields.end(), [](const FieldRule& field) {
        return field.once && field.list_source == "service_item.materials";
    });
    if (!flow_.matter().start.service_item || !told_once) return;
    for (const auto& step : decision.steps) {
        if (step.part != 0) continue;
        const auto& rule = flow_.matter().action(step.action);
        const bool gives = std::any_of(rule.needs.begin(), rule.needs.end(), [&](FieldIndex field) {
            return rule_at(fields, field).list_source == "service_item.steps";
        });
        const bool looked = std::any_of(after.asked.begin(), after.asked.end(), [&](FieldIndex field) {
            return is_every_paper(rule_at(fields, field));
        });
        if (gives && !looked)
            harms.insert("\"" + rule.name + "\" is done and nobody looked whether all papers are there");
    }
}

}  // namespace lianxin::matter::testing
