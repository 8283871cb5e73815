// matter/prover.hpp — a workflow is proved before it is used: every state reached, from every state an end in
// reach, every open state with an owner that resolves at every place, a clock that leads somewhere and
// something its owner can do; no escalation in a circle; no end without telling whom the workflow answers.
// What cannot be seen from the text alone (which posts exist where, what the law says) comes in as an answer
// to a closed question. Reports everything at once.
#pragma once

#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "calendar/deadline.hpp"
#include "matter/workflow.hpp"

namespace lianxin::matter {

struct WorkflowFault {
    Mark at;
    bool error = true;  // else a warning
    std::string code;   // stable
    std::string message;
    std::string remedy;  // one sentence
};

// Places are taken together when the same kinds of posts stand above them: thousands of places, a handful of
// groups.
class OwnerResolver {
 public:
    virtual ~OwnerResolver() = default;
    [[nodiscard]] virtual std::size_t groups() const = 0;
    [[nodiscard]] virtual std::string name_of(std::size_t group) const = 0;
    // KIND@LEVEL at a place of the group. Selectors that follow another post (superior@owner, leader@host)
    // end at a desk that is never empty and always resolve while their anchor does.
    [[nodiscard]] virtual bool resolves(const OwnerSelector& selector, std::size_t group) const = 0;
};

struct LawBound {
    std::optional<calendar::Period> at_least;
    std::optional<calendar::Period> at_most;
};

struct ProofBasis {
    const OwnerResolver* owners = nullptr;                              // nothing: posts are taken on trust
    std::function<std::optional<LawBound>(std::string_view name)> law;  // empty: the law is taken on trust
    std::function<const Workflow*(std::string_view name)> workflow;  // for open KIND and child:KIND.OUTCOME
};

[[nodiscard]] std::vector<WorkflowFault> prove(const Workflow& workflow, const ProofBasis& basis);

}  // namespace lianxin::matter
