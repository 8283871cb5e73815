#include "party/assignment.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <functional>
#include <optional>
#include <random>
#include <set>
#include <string>
#include <tuple>
#include <variant>
#include <vector>

#include "party/made_up_people.hpp"

namespace lianxin::party {
namespace {

// What is to be made smallest, in this order: pairs not kept, households outside their group, sum of squared
// loads.
using Worth = std::tuple<int, int, std::int64_t>;

Worth worth_of(const AssignmentProblem& problem, const std::vector<std::int32_t>& representative_of) {
    int lost = 0, outside = 0;
    std::vector<std::int64_t> load(problem.representatives.size(), 0);
    for (std::size_t h = 0; h < problem.households.size(); ++h) {
        const auto r = representative_of[h];
        ++load[static_cast<std::size_t>(r)];
        if (problem.households[h].present >= 0 && problem.households[h].present != r) ++lost;
        if (problem.representatives[static_cast<std::size_t>(r)] != problem.households[h].group) ++outside;
    }
    std::int64_t squares = 0;
    for (const auto n : load) squares += n * n;
    return {lost, outside, squares};
}

bool may_go(const AssignmentProblem& problem, std::size_t h, std::int32_t r) {
    const auto group = problem.households[h].group;
    const auto there = problem.representatives[static_cast<std::size_t>(r)];
    const auto& next = problem.neighbours[static_cast<std::size_t>(group)];
    return there == group || problem.households[h].present == r ||
           std::find(next.begin(), next.end(), there) != next.end();
}

bool within_bounds(const AssignmentProblem& problem, const std::vector<std::int32_t>& representative_of) {
    std::vector<int> load(problem.representatives.size(), 0);
    for (const auto r : representative_of) ++load[static_cast<std::size_t>(r)];
    return std::all_of(load.begin(), load.end(),
                       [&](int n) { return problem.min_load <= n && n <= problem.max_load; });
}

// Tries everything.
std::optional<Worth> best_by_force(const AssignmentProblem& problem) {
    std::optional<Worth> best;
    std::vector<std::int32_t> chosen(problem.households.size(), 0);
    const std::function<void(std::size_t)> go = [&](std::size_t h) {
        if (h == chosen.size()) {
            if (!within_bounds(problem, chosen)) return;
            const auto worth = worth_of(problem, chosen);
            if (!best || worth < *best) best = worth;
            return;
        }
        for (std::int32_t r = 0; r < static_cast<std::int32_t>(problem.representatives.size()); ++r) {
            if (!may_go(problem, h, r)) continue;
            chosen[h] = r;
            go(h + 1);
        }
    };
    go(0);
    return best;
}

AssignmentProblem random_problem(std::mt19937& random) {
    const auto up_to = [&](int n) { return static_cast<int>(random() % static_cast<unsigned>(n + 1)); };
    AssignmentProblem problem;
    const int groups = 1 + up_to(2);
    problem.neighbours.resize(static_cast<std::size_t>(groups));
    for (int a = 0; a < groups; ++a) {
        for (int b = 0; b < groups; ++b) {
            if (a != b && up_to(1) == 0) problem.neighbours[static_cast<std::size_t>(a)].push_back(b);
        }
    }
    for (int r = 0, n = 1 + up_to(3); r < n; ++r) problem.representatives.push_back(up_to(groups - 1));
    for (int h = 0, n = 1 + up_to(6); h < n; ++h) {
        problem.households.push_back(
            {up_to(groups - 1), up_to(static_cast<int>(problem.representatives.size())) - 1});
    }
    problem.min_load = up_to(2);
    problem.max_load = problem.min_load + up_to(3);
    return problem;
}

TEST(AssignmentProposal, is_as_good_as_trying_everything) {
    constexpr unsigned seed = 20230106;
    std::mt19937 random(seed);
    int feasible = 0, infeasible = 0;
    for (int round = 0; round < 600; ++round) {
        const auto problem = random_problem(random);
        const auto best = best_by_force(problem);
        const auto outcome = propose(problem);
        ASSERT_EQ(best.has_value(), std::holds_alternative<Assignment>(outcome))
            << "seed " << seed << " round " << round;
        if (!best) {
            ++infeasible;
            EXPECT_FALSE(std::get<Infeasible>(outcome).shortages.empty())
                << "seed " << seed << " round " << round;
            continue;
        }
        ++feasible;
        const auto& assignment = std::get<Assignment>(outcome);
        ASSERT_TRUE(within_bounds(problem, assignment.representative_of))
            << "seed " << seed << " round " << round;
        for (std::size_t h = 0; h < problem.households.size(); ++h) {
            ASSERT_TRUE(may_go(problem, h, assignment.representative_of[h]))
                << "seed " << seed << " round " << round;
        }
        ASSERT_EQ(worth_of(problem, assignment.representative_of), *best)
            << "seed " << seed << " round " << round;
    }
    EXPECT_GT(feasible, 100);
    EXPECT_GT(infeasible, 100);
}

// One group after another, each beside the next; `per_group` representatives and `households` each.
AssignmentProblem row_of_groups(int groups, int per_group, int households) {
    AssignmentProblem problem;
    problem.min_load = 5;
    problem.max_load = 15;
    problem.neighbours.resize(static_cast<std::size_t>(groups));
    for (int g = 0; g < groups; ++g) {
        if (g > 0) problem.neighbours[static_cast<std::size_t>(g)].push_back(g - 1);
        if (g + 1 < groups) problem.neighbours[static_cast<std::size_t>(g)].push_back(g + 1);
        for (int r = 0; r < per_group; ++r) problem.representatives.push_back(g);
        for (int h = 0; h < households; ++h) problem.households.push_back({g, -1});
    }
    return problem;
}

TEST(AssignmentProposal, changes_nothing_where_nothing_is_wrong) {
    auto problem = row_of_groups(3, 2, 20);
    for (std::size_t h = 0; h < problem.households.size(); ++h)
        problem.households[h].present = static_cast<std::int32_t>(h / 10);
    const auto assignment = std::get<Assignment>(propose(problem));
    EXPECT_EQ(assignment.kept, 60);
    EXPECT_EQ(assignment.moved + assignment.newly_assigned + assignment.outside_group, 0);
}

TEST(AssignmentProposal, gives_the_households_of_one_who_left_to_the_same_group_first_and_evenly) {
    auto problem = row_of_groups(2, 3, 30);
    for (std::size_t h = 0; h < problem.households.size(); ++h)
        problem.households[h].present = static_cast<std::int32_t>(h / 10);
    for (auto& household : problem.households) {
        if (household.present == 2) household.present = -1;  // the third of the first group left
        if (household.present > 2) --household.present;
    }
    problem.representatives.erase(problem.representatives.begin() + 2);
    const auto assignment = std::get<Assignment>(propose(problem));
    EXPECT_EQ(assignment.kept, 50);
    EXPECT_EQ(assignment.newly_assigned, 10);
    EXPECT_EQ(assignment.outside_group, 0) << "15 and 15 still fit within the group";
    EXPECT_EQ(assignment.largest_load, 15);
}

TEST(AssignmentProposal, says_which_group_lacks_how_many) {
    auto problem = row_of_groups(4, 2, 20);
    for (int h = 0; h < 47; ++h)
        problem.households.push_back({0, -1});  // 67 in group 0, whose reach holds 60
    const auto lacking = std::get<Infeasible>(propose(problem));
    ASSERT_EQ(lacking.shortages.size(), 1U);
    EXPECT_EQ(lacking.shortages.front().group, 0);
    EXPECT_GE(lacking.shortages.front().households_without, 7);
    EXPECT_EQ(lacking.shortages.front().representatives_needed,
              (lacking.shortages.front().households_without + 14) / 15);

    auto idle = row_of_groups(1, 3, 12);
    const auto too_many = std::get<Infeasible>(propose(idle));
    ASSERT_EQ(too_many.shortages.size(), 1U);
    EXPECT_EQ(too_many.shortages.front(), (Shortage{0, 0, 0, 1}));
}

TEST(AssignmentProposal, is_the_same_every_time) {
    std::mt19937 random(7);
    auto problem = row_of_groups(20, 4, 50);
    for (auto& household : problem.households) {
        household.present = static_cast<std::int32_t>(random() % problem.representatives.size());
    }
    const auto one = propose(problem), other = propose(problem);
    EXPECT_EQ(std::get<Assignment>(one).representative_of, std::get<Assignment>(other).representative_of);
}

TEST(MadeUpPeople, are_the_same_from_the_same_seed_and_have_phones_of_their_own) {
    MadeUpPeople one(20230101, "000"), other(20230101, "000"), third(2, "000");
    std::set<std::string> phones;
    std::string third_names;
    for (int i = 0; i < 30'000; ++i) {
        ASSERT_EQ(one.name(), other.name());
        third_names += third.name();
        const auto phone = one.phone();
        ASSERT_TRUE(phone.starts_with("000")) << phone;
        ASSERT_EQ(phone.size(), 11U);
        ASSERT_TRUE(phones.insert(phone).second) << "phone " << i << " came twice";
        ASSERT_EQ(phone, other.phone());
    }
    MadeUpPeople again(20230101, "000");
    std::string names;
    for (int i = 0; i < 30'000; ++i) names += again.name();
    EXPECT_NE(names, third_names);
}

TEST(MadeUpPeople, live_in_hamlets_that_differ) {
    MadeUpPeople people(1, "000");
    const auto hamlets = people.hamlets(MadeUpPeople::hamlets_at_most);
    EXPECT_EQ(std::set<std::string>(hamlets.begin(), hamlets.end()).size(), hamlets.size());
}

TEST(Shares, add_up_and_follow_their_weights) {
    EXPECT_EQ(shares(10, {1, 1, 1}), (std::vector<int>{4, 3, 3}));
    EXPECT_EQ(shares(1613, {59, 59}), (std::vector<int>{807, 806}));
    EXPECT_EQ(shares(7, {0, 3, 4}), (std::vector<int>{0, 3, 4}));
    EXPECT_EQ(shares(5, {0, 0}), (std::vector<int>{0, 0}));
    EXPECT_EQ(shares(0, {1, 2}), (std::vector<int>{0, 0}));
}

}  // namespace
}  // namespace lianxin::party
