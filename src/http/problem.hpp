// http/problem.hpp — RFC 9457 problem details as text, with the members the clients rely on: code, faults,
// incident.
#pragma once

#include <string>
#include <string_view>

#include "http/message.hpp"

namespace lianxin::http {

// Title and messages that are empty are taken from the words, and where there are none, from the code itself.
[[nodiscard]] std::string problem_text(Problem problem, std::string_view language, const ProblemWords& words);
// A short random number to quote and to find the log line by.
[[nodiscard]] std::string new_incident();

}  // namespace lianxin::http
