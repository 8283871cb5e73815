// tests/scenarios/scenario_runner.hpp — plays a scenario: a text of requests to the API and the answers
// expected, with literal codes, on a county of one village and on either engine.
//   at 2024-05-06T09:30:00+08:00         the clock stands there from now on
//   as nobody | resident r | owner r [n] | superior r | post KIND@SEAT | desk UNIT | voter N
//   photo NAME                           uploads a picture and keeps its id
//   POST /api/v1/… {json}                $NAME is replaced by what was kept; a line that ends in \ goes on
//   => 201 {json}                        status, and what the answer holds at least
//   keep NAME = /pointer                 from the last answer
//   vacate KIND@SEAT                     the holder of the post leaves; it is kept as "vacant"
//   clocks => N                          what is due happens; how many actions that were
//   message {json}, import => 200 {json} messages of another system, and what became of them
//   messages FILE                        the same from a file; the scenario is skipped where there is none
//   rebuild NAME                         the matter's tables, made again from its entries, are the same
#pragma once

#include <filesystem>
#include <string>

#include "store/database.hpp"

namespace lianxin::scenarios {

void play(const std::filesystem::path& scenario, store::Dialect dialect);

}  // namespace lianxin::scenarios
