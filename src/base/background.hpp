// base/background.hpp — threads that nobody waits for. What follows the record (the search index) may take
// all that is left of the processors, but not what a request needs: it catches up when people pause.
#pragma once

namespace lianxin {

// The calling thread gives way to the others of the machine from now on.
void work_in_background();

}  // namespace lianxin
