// matter/reach.hpp — to whom somebody may give what they have. Work goes down, or sideways to a post beneath
// the giver's own superior; it never goes to somebody who stands over the giver (that is raising it) and
// never back into the giver's own hands. One rule for decisions, for the forms that offer whom to choose and
// for the prover, which asks it of the posts that a pack seats.
#pragma once

#include <vector>

#include "access/access.hpp"
#include "matter/field.hpp"

namespace lianxin::matter {

// A post as far as giving asks.
struct Sitting {
    PostId post;
    std::vector<PlaceId> way;   // its place first, then those around it
    std::vector<PostId> above;  // its line, nearest first
    bool gives_work = false;    // it leads or dispatches for its place
    bool in_charge = false;     // … or oversees it, and is no post of a unit
};

// Above in the line, or in charge of a place in which the other sits and not below it.
[[nodiscard]] bool stands_over(const Sitting& one, const Sitting& other);
// In the line below, or at a place for which the other gives work.
[[nodiscard]] bool stands_beneath(const Sitting& one, const Sitting& other);
[[nodiscard]] bool may_receive(Reach reach, const Sitting& giver, const Sitting& receiver);

}  // namespace lianxin::matter
