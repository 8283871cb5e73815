// matter/superiors_pack.hpp — every post's superiors lead up and end: proved for every post at every place of
// a pack's territory. In a circle nobody stands outside, so what climbs would climb for ever.
#pragma once

#include "pack/pack.hpp"
#include "party/party_pack.hpp"
#include "place/place_pack.hpp"

namespace lianxin::matter {

void prove_superiors(const pack::Pack& pack, const place::PlacesPlan& places, const party::PostsPlan& posts,
                     pack::Findings& findings);

}  // namespace lianxin::matter
