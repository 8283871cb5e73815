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
    // The first few places of a group by name, and how many there are.
    [[nodiscard]] virtual std::vector<std::string> names_of(std::size_t group) const = 0;
    [[nodiscard]] virtual std::size_t places_in(std::size_t group) const = 0;
    // Whether there is such a post at all: else it is misspelt.
    [[nodiscard]] virtual bool known(const OwnerSelector& selector) const = 0;
    // Whether places of that kind have a page of their own, on which something can stand.
    [[nodiscard]] virtual bool has_board(std::string_view /*level*/) const { return true; }
    // Whether somebody holds posts of that kind in their own right: a desk is everybody's who sits there.
    [[nodiscard]] virtual bool is_held(std::string_view /*post_kind*/) const { return true; }
    // Whether there are places of that kind.
    [[nodiscard]] virtual bool has_level(std::string_view /*level*/) const { return true; }
    // How many levels below the root KIND@LEVEL sits at a place of the group; nothing: nobody is there.
    [[nodiscard]] virtual std::optional<std::size_t> depth(const OwnerSelector& /*selector*/,
                                                           std::size_t /*group*/) const {
        return {};
    }
    // Who KIND@LEVEL is at a place of the group; empty: nobody. Where two selectors find the same post, or
    // posts that are the same person's, they have the same name.
    [[nodiscard]] virtual std::string hand(const OwnerSelector& selector, std::size_t group) const = 0;
    // Where posts of that kind sit on the way up from a place of the group, whether somebody there or above
    // leads or dispatches for the place.
    [[nodiscard]] virtual bool led(const std::string& post_kind, std::size_t group) const = 0;
    // Whether KIND@SEAT, or a post of that kind, has somebody to hand on to at a place of the group: a post
    // of that kind, or any when it is empty. Nothing where nobody there could hand it on.
    [[nodiscard]] virtual std::optional<bool> hands_on(const std::string& /*giver*/,
                                                       const std::string& /*post_kind*/,
                                                       std::size_t /*group*/) const {
        return {};
    }
    // Whether some post there, or above it, has that right.
    [[nodiscard]] virtual bool has_right(const std::string& /*right*/, std::size_t /*group*/) const {
        return true;
    }
    // Whom nobody stands above.
    [[nodiscard]] virtual std::string top(std::size_t group) const = 0;
};

struct LawBound {
    std::optional<calendar::Period> at_least;
    std::optional<calendar::Period> at_most;
    std::optional<Share> quorum = {}, majority = {};  // of a ballot, at least
};

// What an entry of law.toml binds. A workflow must say so of itself, too: who is told of a deadline depends
// on it, and a matter keeps the workflow it was begun under.
struct LawBinding {
    enum class Of { clock, extension, notice, apart, ballot };
    std::string law;
    std::string kind;  // of matter; "*": every kind that has such a clock or notice
    Of of = Of::clock;
    std::string name;  // apart: ACTION.STEP, and whoever did STEP does not do ACTION
};

struct ProofBasis {
    std::optional<Day> today;               // nothing: what has ended by some day may still come
    const OwnerResolver* owners = nullptr;  // nothing: posts are taken on trust
    std::function<std::optional<LawBound>(std::string_view name)> law;  // empty: the law is taken on trust
    std::vector<LawBinding> bindings;
    std::function<const Workflow*(std::string_view name)> workflow;  // for open KIND and child:KIND.OUTCOME
    std::function<bool(std::string_view name)>
        unread;  // declared, and itself not to be read: nothing is known
    std::function<std::vector<const Workflow*>()>
        all;  // what one kind says of another, from the other's side
};

[[nodiscard]] std::vector<WorkflowFault> prove(const Workflow& workflow, const ProofBasis& basis);

}  // namespace lianxin::matter
