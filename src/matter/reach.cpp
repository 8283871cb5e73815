#include "matter/reach.hpp"

#include <algorithm>

namespace lianxin::matter {
namespace {

template <class Id>
bool among(const std::vector<Id>& ids, Id id) {
    return std::find(ids.begin(), ids.end(), id) != ids.end();
}

bool sits_within(const Sitting& one, const Sitting& other) {
    return !other.way.empty() && among(one.way, other.way.front());
}

}  // namespace

bool stands_over(const Sitting& one, const Sitting& other) {
    if (one.post == other.post) return false;
    if (among(other.above, one.post)) return true;
    return one.in_charge && sits_within(other, one) && !among(one.above, other.post);
}

bool stands_beneath(const Sitting& one, const Sitting& other) {
    return among(one.above, other.post) || (other.gives_work && sits_within(one, other));
}

bool may_receive(Reach reach, const Sitting& giver, const Sitting& receiver) {
    if (reach == Reach::any) return true;
    if (stands_over(receiver, giver)) return false;
    if (reach == Reach::beneath) return giver.gives_work && sits_within(receiver, giver);
    const bool beside = !giver.above.empty() && among(receiver.above, giver.above.front());
    return receiver.post != giver.post && (beside || stands_beneath(receiver, giver));
}

}  // namespace lianxin::matter
