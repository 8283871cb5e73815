// matter/prover_named.hpp — whom fields name that a step stands apart from, for the walk through the hands a
// matter passes (prover_hands.cpp): everybody in the owner lists concerned is named in turn, as whoever fills
// it in may.
#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <optional>
#include <set>
#include <vector>

#include "matter/prover_report.hpp"

namespace lianxin::matter {

using Hand = std::uint8_t;
inline constexpr std::size_t named_at_most = 3;
using NamedAs = std::array<Hand, named_at_most>;  // by field; filled with `nobody` before

class PeopleNamed {
 public:
    // `beside`: who may be named besides those in the lists. `seat`: who KIND@LEVEL is.
    PeopleNamed(const ProofOf& proof, std::vector<Hand> beside, Hand nobody,
                const std::function<Hand(const OwnerSelector&)>& seat);
    [[nodiscard]] bool are_kept_from_owning(const NamedAs& at, StateIndex state, Hand hand) const;
    [[nodiscard]] bool are_kept_from(const NamedAs& at, const ActionRule& action, Hand hand) const;
    // Nothing: no step stands apart from whom this field names.
    [[nodiscard]] std::optional<Hand> in(const NamedAs& at, FieldIndex field) const;
    // Nobody of those whom no step out of that state asks for any more, unless they are named anew before.
    void forget(NamedAs& at, StateIndex state) const;
    // Every way in which what is filled in may name them; whom it gives the work to is not who has it. Either
    // nobody of those who could own it is, or every field names one: whoever is named more leaves no more to
    // own it, and it is all one which field names whom.
    [[nodiscard]] std::vector<NamedAs> after(const NamedAs& at, const ActionRule& action, Hand owner) const;

 private:
    [[nodiscard]] bool are(const NamedAs& at, const std::vector<FieldIndex>& fields, Hand hand) const;

    const ProofOf& proof_;
    Hand nobody_;
    std::vector<FieldIndex> fields_;
    std::vector<Hand> beside_;
    std::set<Hand> hands_;
    std::vector<std::vector<bool>> counts_;           // by field and state
    std::vector<std::vector<FieldIndex>> kept_from_;  // by state
};

// By state: whether some way from there comes to what asks for it before it comes about anew.
using IsStep = std::function<bool(const ActionRule&)>;
[[nodiscard]] std::vector<bool> counts_from(const Machine& machine, const IsStep& asks, const IsStep& anew);

// … what asks for whoever took that step last.
[[nodiscard]] std::vector<bool> hand_counts_from(const Machine& machine, ActionIndex step);

// Every KIND@LEVEL that decides who owns or acts.
[[nodiscard]] std::vector<const OwnerSelector*> seats_asked_for(const ProofOf& proof);

}  // namespace lianxin::matter
