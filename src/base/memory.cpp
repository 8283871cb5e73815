#include "base/memory.hpp"

#ifdef LIANXIN_JEMALLOC
#include <jemalloc/jemalloc.h>
#endif
#include <sys/types.h>

namespace lianxin {

// Sanitizers bring an allocator of their own.
#ifdef LIANXIN_JEMALLOC
namespace {

template <class Value>
void tell_allocator(const char* what, Value value) {
    (void)::mallctl(what, nullptr, nullptr, &value, sizeof value);
}

}  // namespace

// jemalloc(3), "MALLCTL NAMESPACE": pages decay while somebody allocates, or by a thread of its own.
void give_freed_memory_back() {
    constexpr ssize_t milliseconds = 1000;
    tell_allocator("arena.0.dirty_decay_ms", milliseconds);
    tell_allocator("arenas.dirty_decay_ms", milliseconds);
    tell_allocator("arena.0.muzzy_decay_ms", ssize_t{0});
    tell_allocator("arenas.muzzy_decay_ms", ssize_t{0});
    tell_allocator("background_thread", true);
}
#else
void give_freed_memory_back() {}
#endif

}  // namespace lianxin
