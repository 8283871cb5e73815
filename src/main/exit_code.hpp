// main/exit_code.hpp — what the program says to the shell, one code per kind of ending.
#pragma once

#include <string>

#include "base/result.hpp"

namespace lianxin {

enum class ExitCode {
    done = 0,
    refused = 1,    // the work was understood and a rule forbids it (findings in a pack, a receipt that does
                    // not verify)
    usage = 2,      // the command line itself
    bad_input = 3,  // a file is missing, unreadable or malformed
    fault = 4,      // disk, database or network; also what was lost and has to be put back
    schema = 5,     // the stored data is of another version
    bug = 70,       // a promise of our own code was broken
};

// Ends a command: one sentence that says what to do, and the kind of ending it is.
struct Ending : Fault {
    Ending(ExitCode code_in, const std::string& sentence) : Fault(sentence), code(code_in) {}
    ExitCode code;
};

}  // namespace lianxin
