// http/route_tree.hpp — the routes by segment: a literal goes before a {name}, and a {name...} takes what is
// left.
#pragma once

#include <array>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "http/api.hpp"

namespace lianxin::http {

struct Api::Step {
    struct Leaf {
        const Route* route;
        std::vector<std::string> names;  // of the parameters, in order
    };
    std::map<std::string, std::unique_ptr<Step>, std::less<>> literals;
    std::unique_ptr<Step> any;
    std::map<Method, Leaf> leaves, rest_leaves;  // rest: routes ending in {name...}

    void add(const Route& route);
    struct Found {
        const std::map<Method, Leaf>* leaves = nullptr;
        std::vector<std::string_view> values;
    };
    [[nodiscard]] bool find(std::string_view path, Found& found) const;
};

}  // namespace lianxin::http
