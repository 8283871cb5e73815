// How long does the optimal proposal of representatives to households take: for a town of 24,000 households
// and 1,756 representatives (limit 1 s), and for ten such towns at once (limit 10 s)?
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <random>

#include "party/assignment.hpp"

namespace {

using lianxin::party::Assignment;
using lianxin::party::AssignmentProblem;

constexpr int groups_of_a_town = 356, representatives_of_a_town = 1756, households_of_a_town = 24'000;
constexpr int groups_of_a_sector = 4;

// One representative in twenty left since the last assignment; households moved in and out of groups.
AssignmentProblem towns(int count, unsigned seed) {
    std::mt19937 random(seed);
    AssignmentProblem problem;
    problem.min_load = 5;
    problem.max_load = 15;
    const int groups = groups_of_a_town * count;
    problem.neighbours.resize(static_cast<std::size_t>(groups));
    for (int a = 0; a < groups; ++a) {
        const int sector = a / groups_of_a_sector * groups_of_a_sector;
        for (int b = sector - groups_of_a_sector; b < sector + 2 * groups_of_a_sector; ++b) {
            if (b >= 0 && b < groups && b != a) problem.neighbours[static_cast<std::size_t>(a)].push_back(b);
        }
    }
    const int representatives = representatives_of_a_town * count, households = households_of_a_town * count;
    std::vector<int> kept;  // those who did not leave
    for (int r = 0; r < representatives; ++r) {
        const auto group = static_cast<std::int32_t>(static_cast<long>(r) * groups / representatives);
        if (random() % 20 == 0) {
            kept.push_back(-1);
            continue;
        }
        kept.push_back(static_cast<int>(problem.representatives.size()));
        problem.representatives.push_back(group);
    }
    for (int h = 0; h < households; ++h) {
        const auto present = static_cast<std::size_t>(static_cast<long>(h) * representatives / households);
        auto group = static_cast<std::int32_t>(static_cast<long>(present) * groups / representatives);
        if (random() % 50 == 0) group = static_cast<std::int32_t>(random() % static_cast<unsigned>(groups));
        problem.households.push_back({group, kept[present]});
    }
    return problem;
}

bool measure(int count, double limit_s) {
    const auto problem = towns(count, 2023);
    const auto begun = std::chrono::steady_clock::now();
    const auto outcome = lianxin::party::propose(problem);
    const std::chrono::duration<double> took = std::chrono::steady_clock::now() - begun;
    const auto* assignment = std::get_if<Assignment>(&outcome);
    if (assignment == nullptr) {
        std::printf("assignment %d x %zu: no assignment fits\n", static_cast<int>(problem.households.size()),
                    problem.representatives.size());
        return false;
    }
    std::printf(
        "assignment %zu x %zu: %.3f s (limit %.0f s); kept %d, new %d, moved %d, outside their group %d, "
        "loads %d..%d\n",
        problem.households.size(), problem.representatives.size(), took.count(), limit_s, assignment->kept,
        assignment->newly_assigned, assignment->moved, assignment->outside_group, assignment->smallest_load,
        assignment->largest_load);
    return took.count() < limit_s;
}

}  // namespace

int main() {
    const bool town = measure(1, 1), ten = measure(10, 10);
    return town && ten ? EXIT_SUCCESS : EXIT_FAILURE;
}
