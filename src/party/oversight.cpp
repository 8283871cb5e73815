#include "party/oversight.hpp"

#include <algorithm>

#include "access/policy.hpp"

namespace lianxin::party {

std::vector<Selector> overseers(const Offices& offices) {
    std::vector<Selector> found;
    for (const auto& kind : offices.posts.all()) {
        if (!kind.has_right(access::right::oversee)) continue;
        for (const auto& seat : kind.at)
            if (const auto selector = parse_selector(kind.name + "@" + seat.kind, offices))
                found.push_back(*selector);
    }
    std::stable_sort(found.begin(), found.end(),
                     [](const Selector& one, const Selector& other) { return one.level > other.level; });
    return found;
}

}  // namespace lianxin::party
