#include <algorithm>
#include <set>

#include "matter/decide.hpp"

namespace lianxin::matter {
namespace {

// Every selector that one action, or what follows from it, may come to.
class Collector {
 public:
    Collector(const Workflow& workflow, const MatterState& matter, const Form& form) : workflow_(workflow) {
        for (const auto& part : matter.parts) {
            note_post(part.owner);
            if (part.previous) note_post(*part.previous);
        }
        if (matter.host) note_post(*matter.host);
        for (const auto& [field, value] : form.entries())
            if (const auto* posts = std::get_if<PostsValue>(&value))
                for (const auto post : posts->posts) note_post(post);
        OwnerSelector superior;
        superior.kind = OwnerSelector::Kind::superior_of;
        ask(superior);
    }

    void walk(MachineIndex machine, ActionIndex index) {
        if (!walked_.insert({machine.value, index.value}).second) return;
        const auto& rules = workflow_.machine(machine);
        const auto& rule = rules.action(index);
        who(rule.who);
        if (rule.owner) ask(*rule.owner);
        if (rule.to) state(rules, *rule.to);
        for (const auto& branch : rule.to_when) state(rules, branch.to);
        if (rule.limit) walk(machine, rule.limit->then);
        for (const auto& next : rule.then) walk(machine, next.action);
    }

    void begin() {
        const auto& machine = workflow_.matter();
        who(machine.start.who);
        if (machine.start.owner) ask(*machine.start.owner);
        state(machine, machine.start.to);
    }

    void who(const std::vector<WhoRule>& rules) {
        for (const auto& rule : rules)
            if (rule.kind == WhoRule::Kind::post) ask(rule.post);
    }

    [[nodiscard]] std::vector<OwnerQuestion> questions() && { return std::move(questions_); }

 private:
    void note_post(PostId post) {
        if (post != PostId() && std::find(known_.begin(), known_.end(), post) == known_.end())
            known_.push_back(post);
    }

    void state(const Machine& machine, StateIndex index) {
        for (const auto& selector : machine.state(index).owner) ask(selector);
    }

    void ask(const OwnerSelector& selector) {
        using Kind = OwnerSelector::Kind;
        if (selector.kind == Kind::kind_at || selector.kind == Kind::desk_of_item)
            return put(selector, PostId());
        if (selector.kind != Kind::superior_of && selector.kind != Kind::leader_of) return;
        for (const auto post : known_) put(selector, post);
    }

    void put(const OwnerSelector& selector, PostId from) {
        const bool asked =
            std::any_of(questions_.begin(), questions_.end(), [&](const OwnerQuestion& question) {
                return question.from == from && question.selector.same_as(selector);
            });
        if (!asked) questions_.push_back({selector, from});
    }

    const Workflow& workflow_;
    std::vector<PostId> known_;
    std::set<std::pair<std::uint16_t, std::uint16_t>> walked_;
    std::vector<OwnerQuestion> questions_;
};

bool sets_off(const ActionRule& rule, StateIndex state, const Trigger& trigger) {
    return std::find(rule.from.begin(), rule.from.end(), state) != rule.from.end() &&
           std::any_of(rule.who.begin(), rule.who.end(), [&](const WhoRule& who) {
               return who.kind == WhoRule::Kind::child && who.child_kind == trigger.child_kind &&
                      who.outcome == trigger.outcome;
           });
}

}  // namespace

std::vector<OwnerQuestion> owner_questions(const Workflow& workflow, const MatterState& matter,
                                           const Action& action, const Form& form) {
    Collector collector(workflow, matter, form);
    const auto* part = matter.part(action.part);
    if (part == nullptr) {
        collector.begin();
    } else if (action.action) {
        collector.walk(part->machine, *action.action);
    } else if (action.trigger.kind == Trigger::Kind::child) {
        // What waits here for the end of another matter, whichever it comes to be: it may lead on.
        const auto& rules = workflow.machine(part->machine);
        for (std::size_t at = 0; at < rules.actions.size(); ++at)
            if (sets_off(rules.actions[at], part->state, action.trigger))
                collector.walk(part->machine, ActionIndex{static_cast<std::uint16_t>(at)});
    } else {
        // No action in particular: what `available` asks, who may do what from where each part stands.
        for (const auto& each : matter.parts)
            for (const auto& rule : workflow.machine(each.machine).actions)
                if (std::find(rule.from.begin(), rule.from.end(), each.state) != rule.from.end())
                    collector.who(rule.who);
    }
    return std::move(collector).questions();
}

}  // namespace lianxin::matter
