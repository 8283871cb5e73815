// base/background.hpp — threads: what they are called, and those that nobody waits for. What follows the
// record (the search index) may take all that is left of the processors, but not what a request needs: it
// catches up when people pause.
#pragma once

#include <string>

namespace lianxin {

// What `top -H` and a core dump call the calling thread: its first 15 bytes (pthread_setname_np(3)).
void call_this_thread(const std::string& name);

// The calling thread gives way to the others of the machine from now on.
void work_in_background();

}  // namespace lianxin
