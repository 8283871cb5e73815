// tests/scenarios/scenario_runner.hpp — plays a scenario: a text of requests to the API and the answers
// expected, with literal codes, on a county of one village and on either engine.
//   at INSTANT                the clock stands there from now on
//   as nobody | resident r | owner r [n] | superior r | post KIND@SEAT | desk UNIT | voter N
//   as stand_in KIND@SEAT     whoever stands in there since last; $holder:KIND@SEAT is who holds it
//   as receipt $number $secret   whoever shows this receipt; the server finds out who that is
//   photo NAME                uploads a picture and keeps its id
//   POST /api/v1/… {json}     $NAME is replaced by what was kept; a line that ends in \ goes on
//   => 201 {json}             status, and what the answer holds at least
//   keep NAME = /pointer      from the last answer
//   key NAME                  the next request carries this Idempotency-Key
//   people NAME               $people are from now on those of the place the matter is of
//   vacate KIND@SEAT          the holder of the post leaves, it is kept as "vacant"
//   fill KIND@SEAT            somebody new holds it
//   clocks [of two] => N      what is due happens (two processes at once); how many actions that were
//   calendar off|on DAY DAY NAME   the days announced are corrected
//   recount => N              so many matters were counted again
//   code NAME                 the one-time code that was sent
//   remember NAME, same NAME  the last answer is, byte for byte, the one remembered
//   lacks TEXT                the last answer holds this nowhere
//   hears NAME => yes|no      whether who asks would be told of a matter's changes as they happen
//   message {json}, import => 200 {json}   messages of another system, and what became of them; a message
//                             after an import begins the next file
//   messages FILE             the same from a file; the scenario is skipped where there is none
//   rebuild NAME              the matter's tables, made again from its entries, are the same
//   noted NAME [n] => ACTION  what the latest note to the owner of that part is about
//   due NAME CLOCK [n] => DAY a clock that runs may run to the end of that day; or to an instant
//   ended NAME => KIND.STATE  the matter is of that kind and has come to this end (walked_test.cpp)
#pragma once

#include <filesystem>
#include <string>

#include "store/database.hpp"

namespace lianxin::scenarios {

// On an empty county of the pack; the default is the town with one village.
void play(const std::filesystem::path& scenario, store::Dialect dialect, const std::string& pack = "dayao");

}  // namespace lianxin::scenarios
