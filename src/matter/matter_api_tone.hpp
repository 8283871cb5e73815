// matter/matter_api_tone.hpp — a state's tone over the wire, by its name.
#pragma once

#include <boost/describe/enum.hpp>

#include "matter/tone.hpp"

namespace lianxin::matter {

BOOST_DESCRIBE_ENUM(Tone, under_way, waiting, good, bad, neutral)

}  // namespace lianxin::matter
