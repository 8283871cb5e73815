#include "party/assignment.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <utility>

#include "base/result.hpp"
#include "party/assignment_network.hpp"

namespace lianxin::party {
namespace {

// Households of one group that have the same representative today are alike to the optimum: they flow as one
// class, which keeps the network at some tens of thousands of arcs for a whole county.
struct HouseholdClass {
    std::int32_t group = 0;
    std::int32_t present = -1;
    std::vector<std::int32_t> households;
};

std::vector<HouseholdClass> classes_of(const AssignmentProblem& problem) {
    std::map<std::pair<std::int32_t, std::int32_t>, HouseholdClass> classes;
    for (std::size_t i = 0; i < problem.households.size(); ++i) {
        const auto& household = problem.households[i];
        auto& alike = classes[{household.group, household.present}];
        alike.group = household.group;
        alike.present = household.present;
        alike.households.push_back(static_cast<std::int32_t>(i));
    }
    std::vector<HouseholdClass> list;
    for (auto& [key, alike] : classes) list.push_back(std::move(alike));
    return list;
}

// What each step costs; a higher aim outweighs everything the lower ones can add up to.
struct Costs {
    std::int64_t moved = 0;
    std::int64_t outside_group = 0;
    bool balance = true;
    std::int64_t lacking =
        0;  // per household without anybody and per place left free below a least load; 0: not allowed
};

Costs lexicographic_costs(const AssignmentProblem& problem) {
    const auto households = static_cast<std::int64_t>(problem.households.size());
    const auto most = static_cast<std::int64_t>(problem.max_load);
    // The sum of squares is at most households × max_load.
    const std::int64_t outside = households * most + 1;
    const std::int64_t moved = households * outside + households * most + 1;
    return {moved, outside, true, 0};
}

// Nodes: one per class, one pool per group (whoever is not kept is taken from its pool), one per
// representative, the sink.
class Builder {
 public:
    Builder(const AssignmentProblem& problem, const std::vector<HouseholdClass>& classes, const Costs& costs)
        : problem_(problem), classes_(classes), costs_(costs) {
        const auto count = classes.size() + problem.neighbours.size() + problem.representatives.size() + 1;
        network_.supply.assign(count, 0);
        for (std::size_t c = 0; c < classes.size(); ++c) add_class(c);
        for (std::size_t r = 0; r < problem.representatives.size(); ++r) add_representative(r);
        network_.supply.back() = -static_cast<std::int64_t>(problem.households.size());
    }
    [[nodiscard]] const FlowNetwork& network() const { return network_; }
    [[nodiscard]] std::int32_t pool(std::int32_t group) const {
        return static_cast<std::int32_t>(classes_.size()) + group;
    }
    [[nodiscard]] std::int32_t representative(std::size_t r) const {
        return pool(problem_.groups()) + static_cast<std::int32_t>(r);
    }
    [[nodiscard]] std::int32_t sink() const { return static_cast<std::int32_t>(network_.supply.size()) - 1; }

 private:
    void add(std::int32_t from, std::int32_t to, std::int64_t upper, std::int64_t cost,
             std::int64_t lower = 0) {
        if (upper > 0) network_.arcs.push_back({from, to, lower, upper, cost});
    }
    void add_class(std::size_t c) {
        const auto& alike = classes_[c];
        const auto node = static_cast<std::int32_t>(c);
        const auto size = static_cast<std::int64_t>(alike.households.size());
        network_.supply[c] = size;
        std::int64_t leaving = 0;
        if (alike.present >= 0) {
            const auto r = static_cast<std::size_t>(alike.present);
            const bool outside = problem_.representatives[r] != alike.group;
            add(node, representative(r), size, outside ? costs_.outside_group : 0);
            leaving = costs_.moved;
        }
        add(node, pool(alike.group), size, leaving);
        for (const auto next : problem_.neighbours[static_cast<std::size_t>(alike.group)]) {
            add(node, pool(next), size, leaving + costs_.outside_group);
        }
        if (costs_.lacking > 0) add(node, sink(), size, costs_.lacking);
    }
    void add_representative(std::size_t r) {
        const auto node = representative(r);
        add(pool(problem_.representatives[r]), node, problem_.max_load, 0);
        if (costs_.lacking > 0) {
            // The least load is wished for, not demanded: leaving a place of it free has its price.
            add(node, sink(), problem_.min_load, -costs_.lacking);
        } else {
            add(node, sink(), problem_.min_load, 0, problem_.min_load);
        }
        if (!costs_.balance) {
            add(node, sink(), problem_.max_load - problem_.min_load, 0);
            return;
        }
        // The k-th household adds k² − (k−1)² = 2k − 1 to the sum of squares; rising, so they fill in order.
        for (int k = problem_.min_load + 1; k <= problem_.max_load; ++k) add(node, sink(), 1, 2 * k - 1);
    }

    const AssignmentProblem& problem_;
    const std::vector<HouseholdClass>& classes_;
    const Costs& costs_;
    FlowNetwork network_;
};

// Deals the households of each class out to the representatives as the flow says.
std::vector<std::int32_t> deal(const AssignmentProblem& problem, const std::vector<HouseholdClass>& classes,
                               const Builder& builder, const Flow& flow) {
    std::vector<std::int32_t> representative_of(problem.households.size(), -1);
    std::vector<std::size_t> dealt(classes.size(), 0);
    std::vector<std::vector<std::int32_t>> waiting(problem.neighbours.size());
    const auto first_pool = builder.pool(0);
    const auto first_representative = builder.representative(0);
    const auto& arcs = builder.network().arcs;
    for (std::size_t a = 0; a < arcs.size(); ++a) {
        if (arcs[a].from >= first_pool) continue;
        const auto c = static_cast<std::size_t>(arcs[a].from);
        for (std::int64_t n = 0; n < flow.amount[a]; ++n) {
            const auto household = classes[c].households[dealt[c]++];
            if (arcs[a].to >= first_representative) {
                representative_of[static_cast<std::size_t>(household)] = arcs[a].to - first_representative;
            } else {
                waiting[static_cast<std::size_t>(arcs[a].to - first_pool)].push_back(household);
            }
        }
    }
    std::vector<std::size_t> taken(waiting.size(), 0);
    for (std::size_t a = 0; a < arcs.size(); ++a) {
        if (arcs[a].from < first_pool || arcs[a].from >= first_representative) continue;
        const auto group = static_cast<std::size_t>(arcs[a].from - first_pool);
        for (std::int64_t n = 0; n < flow.amount[a]; ++n) {
            const auto household = waiting[group][taken[group]++];
            representative_of[static_cast<std::size_t>(household)] = arcs[a].to - first_representative;
        }
    }
    return representative_of;
}

Assignment measured(const AssignmentProblem& problem, std::vector<std::int32_t> representative_of) {
    Assignment assignment;
    std::vector<int> load(problem.representatives.size(), 0);
    for (std::size_t h = 0; h < problem.households.size(); ++h) {
        const auto& household = problem.households[h];
        const auto r = representative_of[h];
        require(r >= 0, "a feasible flow gives every household somebody");
        ++load[static_cast<std::size_t>(r)];
        if (household.present < 0)
            ++assignment.newly_assigned;
        else if (household.present == r)
            ++assignment.kept;
        else
            ++assignment.moved;
        if (problem.representatives[static_cast<std::size_t>(r)] != household.group)
            ++assignment.outside_group;
    }
    for (const int n : load) assignment.load_squares += static_cast<std::int64_t>(n) * n;
    if (!load.empty()) {
        const auto [least, most] = std::minmax_element(load.begin(), load.end());
        assignment.smallest_load = *least;
        assignment.largest_load = *most;
    }
    assignment.representative_of = std::move(representative_of);
    return assignment;
}

// Solves the softened problem, in which lacking has a price, and reads off where the lack is. Crossing a
// border costs a little, so that the lack is shown where it arises.
Infeasible explain(const AssignmentProblem& problem, const std::vector<HouseholdClass>& classes) {
    const auto households = static_cast<std::int64_t>(problem.households.size());
    const Costs costs{0, 1, false, households + 1};
    const Builder builder(problem, classes, costs);
    const Flow flow = cheapest_flow(builder.network());
    require(flow.feasible, "the softened problem always has a solution");
    std::map<std::int32_t, Shortage> by_group;
    std::vector<std::int64_t> load(problem.representatives.size(), 0);
    const auto first_representative = builder.representative(0);
    const auto& arcs = builder.network().arcs;
    for (std::size_t a = 0; a < arcs.size(); ++a) {
        if (arcs[a].to != builder.sink() || flow.amount[a] == 0) continue;
        if (arcs[a].from >= first_representative) {
            load[static_cast<std::size_t>(arcs[a].from - first_representative)] += flow.amount[a];
        } else {
            by_group[classes[static_cast<std::size_t>(arcs[a].from)].group].households_without +=
                static_cast<int>(flow.amount[a]);
        }
    }
    for (std::size_t r = 0; r < load.size(); ++r) {
        if (load[r] < problem.min_load) ++by_group[problem.representatives[r]].representatives_too_many;
    }
    Infeasible infeasible;
    for (auto& [group, shortage] : by_group) {
        shortage.group = group;
        shortage.representatives_needed =
            problem.max_load > 0 ? (shortage.households_without + problem.max_load - 1) / problem.max_load
                                 : 0;
        infeasible.shortages.push_back(shortage);
    }
    return infeasible;
}

}  // namespace

std::variant<Assignment, Infeasible> propose(const AssignmentProblem& problem) {
    require(0 <= problem.min_load && problem.min_load <= problem.max_load, "load bounds are in order");
    const auto classes = classes_of(problem);
    if (problem.households.empty() && problem.representatives.empty()) return Assignment{};
    const Costs costs = lexicographic_costs(problem);
    const Builder builder(problem, classes, costs);
    const Flow flow = cheapest_flow(builder.network());
    if (!flow.feasible) return explain(problem, classes);
    return measured(problem, deal(problem, classes, builder, flow));
}

}  // namespace lianxin::party
