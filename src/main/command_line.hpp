// main/command_line.hpp — every subcommand with its --help; what it does is one function each in
// commands.hpp.
#pragma once

#include "main/exit_code.hpp"

namespace lianxin {

// Answers go to standard output, complaints to standard error.
[[nodiscard]] ExitCode run_command_line(int argc, char** argv);

}  // namespace lianxin
