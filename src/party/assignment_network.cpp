// Built as C++17 (see src/CMakeLists.txt): LEMON 1.3.1 uses allocator members that C++20 removed.
#include "party/assignment_network.hpp"

#include <lemon/network_simplex.h>
#include <lemon/smart_graph.h>

namespace lianxin::party {

Flow cheapest_flow(const FlowNetwork& network) {
    using Graph = lemon::SmartDigraph;
    using Simplex = lemon::NetworkSimplex<Graph, std::int64_t, std::int64_t>;
    Graph graph;
    graph.reserveNode(static_cast<int>(network.supply.size()));
    graph.reserveArc(static_cast<int>(network.arcs.size()));
    for (std::size_t i = 0; i < network.supply.size(); ++i) graph.addNode();
    for (const FlowArc& arc : network.arcs)
        graph.addArc(Graph::nodeFromId(arc.from), Graph::nodeFromId(arc.to));

    Graph::NodeMap<std::int64_t> supply(graph);
    for (std::size_t i = 0; i < network.supply.size(); ++i) {
        supply[Graph::nodeFromId(static_cast<int>(i))] = network.supply[i];
    }
    Graph::ArcMap<std::int64_t> lower(graph), upper(graph), cost(graph);
    for (std::size_t i = 0; i < network.arcs.size(); ++i) {
        const auto arc = Graph::arcFromId(static_cast<int>(i));
        lower[arc] = network.arcs[i].lower;
        upper[arc] = network.arcs[i].upper;
        cost[arc] = network.arcs[i].cost;
    }
    Simplex simplex(graph);
    simplex.supplyMap(supply).lowerMap(lower).upperMap(upper).costMap(cost);
    Flow flow;
    flow.feasible = simplex.run() == Simplex::OPTIMAL;
    if (!flow.feasible) return flow;
    flow.amount.reserve(network.arcs.size());
    for (std::size_t i = 0; i < network.arcs.size(); ++i) {
        flow.amount.push_back(simplex.flow(Graph::arcFromId(static_cast<int>(i))));
    }
    return flow;
}

}  // namespace lianxin::party
