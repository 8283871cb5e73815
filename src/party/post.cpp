#include "party/post.hpp"

#include <algorithm>

namespace lianxin::party {

bool PostKind::has_right(std::string_view right) const {
    return std::find(rights.begin(), rights.end(), right) != rights.end();
}

bool PostKind::sits_at(const Seat& seat) const {
    return std::find(at.begin(), at.end(), seat) != at.end();
}

const PostKind* PostKinds::find(std::string_view name) const {
    const auto it =
        std::find_if(posts_.begin(), posts_.end(), [&](const PostKind& kind) { return kind.name == name; });
    return it == posts_.end() ? nullptr : &*it;
}

const UnitKind* PostKinds::unit(std::string_view name) const {
    const auto it =
        std::find_if(units_.begin(), units_.end(), [&](const UnitKind& kind) { return kind.name == name; });
    return it == units_.end() ? nullptr : &*it;
}

const PostKind* PostKinds::desk_at(const Seat& seat) const {
    const auto it = std::find_if(posts_.begin(), posts_.end(),
                                 [&](const PostKind& kind) { return kind.desk && kind.sits_at(seat); });
    return it == posts_.end() ? nullptr : &*it;
}

}  // namespace lianxin::party
