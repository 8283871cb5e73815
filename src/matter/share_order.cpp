#include "matter/share_order.hpp"

namespace lianxin::matter {

bool is_lower(const Share& share, const Share& bound) {
    const auto own = share.numerator * bound.denominator, asked = bound.numerator * share.denominator;
    return share.of > bound.of || own < asked || (own == asked && bound.more_than && !share.more_than);
}

}  // namespace lianxin::matter
