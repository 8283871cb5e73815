#include "http/route_tree.hpp"

namespace lianxin::http {

void Api::Step::add(const Route& route) {
    Step* step = this;
    Leaf leaf{&route, {}};
    std::string_view pattern = route.pattern;
    require(pattern.starts_with('/'), "a pattern begins with a slash");
    pattern.remove_prefix(1);
    for (;;) {
        const std::size_t end = std::min(pattern.find('/'), pattern.size());
        const std::string_view segment = pattern.substr(0, end);
        if (segment.starts_with('{') && segment.ends_with("...}")) {
            leaf.names.emplace_back(segment.substr(1, segment.size() - 5));
            require(step->rest_leaves.emplace(route.method, std::move(leaf)).second, "a route is given once");
            return;
        }
        std::unique_ptr<Step>& next =
            segment.starts_with('{') ? step->any : step->literals[std::string(segment)];
        if (segment.starts_with('{')) leaf.names.emplace_back(segment.substr(1, segment.size() - 2));
        if (!next) next = std::make_unique<Step>();
        step = next.get();
        if (end == pattern.size()) break;
        pattern.remove_prefix(end + 1);
    }
    require(step->leaves.emplace(route.method, std::move(leaf)).second, "a route is given once");
}

bool Api::Step::find(std::string_view path, Found& found) const {
    const std::size_t end = std::min(path.find('/'), path.size());
    const std::string_view segment = path.substr(0, end);
    const auto go_on = [&](const Step& next) {
        if (end < path.size()) return next.find(path.substr(end + 1), found);
        if (next.leaves.empty()) return false;
        found.leaves = &next.leaves;
        return true;
    };
    if (const auto literal = literals.find(segment); literal != literals.end() && go_on(*literal->second))
        return true;
    if (any && !segment.empty()) {
        found.values.push_back(segment);
        if (go_on(*any)) return true;
        found.values.pop_back();
    }
    if (rest_leaves.empty()) return false;
    found.values.push_back(path);
    found.leaves = &rest_leaves;
    return true;
}

}  // namespace lianxin::http
