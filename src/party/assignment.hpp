// party/assignment.hpp — proposes who keeps in touch with which household: a minimum-cost flow, optimal in
// this order: (1) as many present pairs kept as the bounds allow, (2) as many in the own group as possible,
// the rest in neighbouring groups, (3) loads as even as can be (sum of squares). Where no assignment fits, it
// says which group lacks how many. It only proposes: a person looks at it and confirms.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <variant>
#include <vector>

namespace lianxin::party {

// Households and representatives by index; groups by index too.
struct AssignmentProblem {
    struct Household {
        std::int32_t group = 0;
        std::int32_t present = -1;  // index of the representative today; -1: none, or one who left
    };
    std::vector<Household> households;
    std::vector<std::int32_t> representatives;          // group of each
    std::vector<std::vector<std::int32_t>> neighbours;  // of each group: groups next to it
    int min_load = 0;
    int max_load = 0;
    std::int32_t groups() const { return static_cast<std::int32_t>(neighbours.size()); }
};

struct Assignment {
    std::vector<std::int32_t> representative_of;  // per household
    int kept = 0;
    int newly_assigned = 0;  // had nobody
    int moved = 0;           // had somebody else
    int outside_group = 0;
    int smallest_load = 0;
    int largest_load = 0;
    std::int64_t load_squares = 0;
};

// Why there is no assignment, group by group.
struct Shortage {
    std::int32_t group = 0;
    int households_without = 0;        // households that nobody within reach has room for
    int representatives_needed = 0;    // how many more representatives would take them
    int representatives_too_many = 0;  // representatives who cannot reach their least number
    bool operator==(const Shortage&) const = default;
};
struct Infeasible {
    std::vector<Shortage> shortages;  // by group, only groups that lack something
};

[[nodiscard]] std::variant<Assignment, Infeasible> propose(const AssignmentProblem& problem);

}  // namespace lianxin::party
