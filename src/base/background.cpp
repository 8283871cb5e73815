#include "base/background.hpp"

#include <pthread.h>
#include <sys/resource.h>
#include <unistd.h>

namespace lianxin {

void call_this_thread(const std::string& name) {
    constexpr std::size_t longest = 15;
    (void)::pthread_setname_np(::pthread_self(), name.substr(0, longest).c_str());
}

// On Linux niceness belongs to the thread (setpriority(2), "C library/kernel differences"). Whether it is
// granted changes no result.
void work_in_background() {
    constexpr int niceness = 15;
    (void)::setpriority(PRIO_PROCESS, static_cast<id_t>(::gettid()), niceness);
}

}  // namespace lianxin
