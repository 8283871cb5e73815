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

Day end_of_term(Day from, int months) {
    const int counted = from.year() * 12 + static_cast<int>(from.month()) - 1 + months;
    const auto month = static_cast<unsigned>(counted % 12) + 1;
    // From the 31st on, a term ends on the first day of the month after one that is too short.
    const Day first = Day::of(counted / 12, month, 1);
    const Day next = month == 12 ? Day::of(counted / 12 + 1, 1, 1) : Day::of(counted / 12, month + 1, 1);
    return std::min(first + static_cast<int>(from.day_of_month() - 1), next);
}

}  // namespace lianxin::party
