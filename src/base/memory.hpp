// base/memory.hpp — what the process does with memory that was freed.
#pragma once

namespace lianxin {

// What is freed goes back to the system within about a second. Left alone, an allocator keeps what a county
// needed while it was opened, or two hundred photos while they came in, for good. For the whole process, once
// at the start; whether it is granted changes no result.
void give_freed_memory_back();

}  // namespace lianxin
