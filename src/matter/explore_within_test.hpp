// matter/explore_within_test.hpp — what the pieces of the exploration share among themselves: its few fixed
// posts, its calendar, and how a question is put to the engine from where a matter stands.
#pragma once

#include <algorithm>
#include <vector>

#include "matter/explore_test.hpp"

namespace lianxin::matter::testing {

using access::Relation;

inline constexpr PostId root{1}, leading{2}, asked_first{10}, first_unit{11}, second_unit{12};

// Whoever is this to the matter; what earlier forms said of a figure.
inline PartyId somebody(Relation relation) {
    return PartyId(5000 + static_cast<int>(relation));
}
inline constexpr PartyId housemate{4000};
inline constexpr std::int64_t plenty = 1'000'000'000'000;

// What an earlier form said: more than any figure is held to, but where one must be a share of it, no more
// than the least answer is enough of.
inline std::int64_t said_before(const Workflow& flow, FieldIndex field) {
    const auto& rule = rule_at(flow.fields, field);
    if (rule.type == FieldType::day) return 0;
    const bool shared = std::any_of(flow.fields.begin(), flow.fields.end(), [&](const FieldRule& other) {
        return other.bound && other.bound->field == field && !other.bound->shares.empty();
    });
    return shared ? rule.min.value_or(1) : plenty;
}

inline bool is_outsider(const WhoRule& who) {
    return who.kind == WhoRule::Kind::relation &&
           (who.relation == Relation::reporter || who.relation == Relation::applicant ||
            who.relation == Relation::party_to || who.relation == Relation::anyone);
}

inline bool is_good_end(const StateRule& state) {
    return state.end && (state.ends_as == EndsAs::closed || state.ends_as == EndsAs::settled);
}

// What was asked for came about, or whoever asked was told what did.
inline bool is_answer(const StateRule& state) {
    return state.end ? is_good_end(state) : state.counts_as == CountsAs::closed;
}

// Nothing on the list of a service's papers may be left out.
inline bool is_every_paper(const FieldRule& field) {
    return field.all && field.list_source == "service_item.materials";
}

inline ActionIndex action_at(std::size_t at) {
    return ActionIndex{static_cast<std::uint16_t>(at)};
}

template <class T>
bool among(const std::vector<T>& items, const T& item) {
    return std::find(items.begin(), items.end(), item) != items.end();
}

inline const calendar::WorkingCalendar& working_days() {
    static const auto calendar = calendar::WorkingCalendar::china();
    return calendar;
}

template <class Answer, class Ask>
Answer Exploration::ask(const Standing& at, const Hand& hand, const Form& form, const OwnerTable& owners,
                        Ask ask_it) const {
    const Relations actor{hand.relations, hand.posts, hand.party};
    Facts facts{flow_,  at.matter, actor, form, at.notices, at.ballots, at.children, owners,         limits_,
                lists_, {},        {},    true, true,       {},         at.now,      working_days(), Zone{}};
    if (flow_.apart_from_whom) facts.apart = {somebody(*flow_.apart_from_whom)};
    if (flow_.apart_from_whom) facts.housemates = {housemate};
    facts.asker.by_another = by_another_;
    // The post it is about is as its beginning asks for it.
    const auto& asked = flow_.matter().start.guards;
    facts.post_vacant = std::none_of(asked.begin(), asked.end(), [](const GuardRule& guard) {
        return guard.kind == GuardRule::Kind::post_held;
    });
    std::vector<Figure> figures;
    for (const auto field : at.said) figures.push_back({field, said_before(flow_, field), 0});
    facts.figures = figures;
    std::vector<NamedHands> named_hands;
    for (const auto field : naming_) {
        const auto* now = form.find_as<PostsValue>(field);
        const auto before = at.named.find(field);
        if (now == nullptr && before == at.named.end()) continue;
        const auto post = now != nullptr ? now->posts.front() : before->second;
        named_hands.push_back({field, {{post}, {PartyId(1000 + post.value())}}, {}});
    }
    facts.named_hands = named_hands;
    return ask_it(facts);
}

}  // namespace lianxin::matter::testing
